import {
  type CohereStreamEvent,
  type MessageEndEvent,
  type WireCitation,
  type WireContent,
  type WireResponse,
  type WireUsage,
} from '@interlingua/cohere'
import type { Usage } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { recorded, type Recording, recordings } from './recording.ts'
import { fetchOf } from './wire-bytes.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const chat = 'api.cohere.com/v2/chat'
  const modelOf = ({ model, body, status, headers }: Recording) => {
    const { 'content-encoding': _, ...plain } = headers
    return createCohere({ apiKey: 'key', fetch: fetchOf([body], { status, headers: plain }) })(model)
  }

  /** The events of a body, read by the plainest means. */
  function eventsIn(body: Uint8Array): CohereStreamEvent[] {
    const lines = new TextDecoder().decode(body).split('\n')
    const data = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice('data: '.length))
    expect(data.at(-1)).toBe('[DONE]')
    return data.slice(0, -1).map((text) => JSON.parse(text) as CohereStreamEvent)
  }

  /** What the events say when they are added up by hand. */
  function addUp(events: readonly CohereStreamEvent[]) {
    const texts = { content: '', thinking: '', plan: '' }
    const calls: { id: string; name: string; raw: string }[] = []
    const citations: WireCitation[] = []
    let end: MessageEndEvent['delta'] = { finish_reason: 'ERROR' }
    for (const event of events) {
      if (event.type === 'content-start' || event.type === 'content-delta') {
        texts.content += event.delta.message.content.text ?? ''
        texts.thinking += event.delta.message.content.thinking ?? ''
      } else if (event.type === 'tool-plan-delta') {
        texts.plan += event.delta.message.tool_plan
      } else if (event.type === 'tool-call-start') {
        const { id, function: called } = event.delta.message.tool_calls
        calls.push({ id, name: called.name, raw: called.arguments })
      } else if (event.type === 'tool-call-delta') {
        // Cohere never interleaves calls.
        const call = calls.at(-1)
        if (call) call.raw += event.delta.message.tool_calls.function.arguments
      } else if (event.type === 'citation-start') {
        citations.push(event.delta.message.citations)
      } else if (event.type === 'message-end') {
        end = event.delta
      }
    }
    return { ...texts, calls, citations, end }
  }

  describe.skipIf(!recorded)('every recorded stream', () => {
    test.each(recordings(chat, 'sse').map((recording) => [recording.name, recording] as const))(
      '%s',
      async (_, recording) => {
        const events = eventsIn(recording.body)
        const expected = addUp(events)
        const stream = modelOf(recording).stream('Hi')
        const seen: unknown[] = []
        const read = async (): Promise<void> => {
          for await (const [chunk] of stream) seen.push(chunk.event)
        }
        const failed = expected.end.finish_reason === 'ERROR'
        if (failed)
          await expect(read()).rejects.toMatchObject({
            message: expect.stringContaining(expected.end.error ?? 'an error'),
          })
        else await read()

        expect(seen).toEqual(events)
        const { content, thinking, message, toolCalls, citations, usage, finishReason, id } = stream.partial
        expect(content).toBe(expected.content)
        expect(thinking).toBe(expected.thinking)
        expect(message.plan ?? '').toBe(expected.plan)
        expect(toolCalls.map((call) => ({ id: call.id, name: call.name, raw: call.raw }))).toEqual(expected.calls)
        for (const call of toolCalls) expect(call.args).toEqual(call.raw === '' ? {} : JSON.parse(call.raw))
        expect(citations.map(({ start, end, text }) => ({ start, end, text }))).toEqual(
          expected.citations.map((citation) => ({ start: citation.start, end: citation.end, text: citation.text })),
        )
        for (const { start, end, text } of citations) expect(content.slice(start, end)).toBe(text)
        expect(finishReason.raw).toBe(expected.end.finish_reason)
        expect(events[0]).toMatchObject({ type: 'message-start', id })
        expectUsage(usage, expected.end.usage)
      },
    )
  })

  describe.skipIf(!recorded)('every recorded answer', () => {
    test.each(recordings(chat, 'json').map((recording) => [recording.name, recording] as const))(
      '%s',
      async (_, recording) => {
        const body = JSON.parse(new TextDecoder().decode(recording.body)) as WireResponse
        const answer = modelOf(recording).call('Hi')
        if (recording.status >= 400) {
          const failure = JSON.parse(new TextDecoder().decode(recording.body)) as { message: string }
          const code = recording.status === 404 ? 'not_found' : 'invalid_request'
          await expect(answer).rejects.toMatchObject({
            code,
            status: recording.status,
            message: expect.stringContaining(failure.message),
          })
          return
        }
        const response = await answer
        const parts = body.message.content ?? []
        const textOf = (part: WireContent): string => (part.type === 'text' ? part.text : '')
        const thinkingOf = (part: WireContent): string => (part.type === 'thinking' ? part.thinking : '')
        expect(response.raw).toEqual(body)
        expect(response.id).toBe(body.id)
        expect(response.content).toBe(parts.map(textOf).join(''))
        expect(response.thinking).toBe(parts.map(thinkingOf).join(''))
        expect(response.message.plan).toBe(body.message.tool_plan)
        expect(
          response.toolCalls.map(({ id, name, raw }) => ({ id, type: 'function', function: { name, arguments: raw } })),
        ).toEqual(body.message.tool_calls ?? [])
        expect(response.citations.map(({ text }) => text)).toEqual(
          (body.message.citations ?? []).map(({ text }) => text),
        )
        expect(response.finishReason.raw).toBe(body.finish_reason)
        expect(response.requestId).toBe(recording.headers['x-debug-trace-id'])
        expectUsage(response.usage, body.usage)
      },
    )
  })

  /** The buckets add up to what was reported, and what is billed is as it was reported. */
  function expectUsage(usage: Usage, wire: WireUsage = {}): void {
    const { billed_units: billed = {}, tokens = {}, cached_tokens: cached } = wire
    expect(usage.billed?.inputTokens).toBe(billed.input_tokens)
    expect(usage.billed?.outputTokens).toBe(billed.output_tokens)
    expect(usage.cacheReadTokens).toBe(cached)
    expect(usage.imageTokens).toBe(tokens.image_tokens)
    expect(sum(usage.inputTokens, usage.cacheReadTokens)).toBe(tokens.input_tokens)
    expect(sum(usage.outputTokens, usage.reasoningTokens)).toBe(tokens.output_tokens)
  }

  function sum(whole: number | undefined, part = 0): number | undefined {
    return whole === undefined ? undefined : whole + part
  }
})
