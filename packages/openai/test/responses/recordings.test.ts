import { isDeepStrictEqual } from 'node:util'
import type { OpenAIResponsesCallResponse } from '@interlingua/openai'
import { describe, expect, test } from 'vitest'
import { fetchOf } from '../wire-bytes.ts'
import { fetchJson, transports } from './model.ts'
import {
  type Event,
  eventsIn,
  type Item,
  recorded,
  type Recording,
  recordings,
  type WholeResponse,
} from './recording.ts'
import { sentFor } from './sent.ts'

const streams = recordings('sse')
const bodies = recordings('json')

/** What the pieces of a stream say when they are added up by hand, without the wholes that it repeats. */
function addUp(events: readonly Event[]) {
  const texts = { content: '', thinking: '', refusal: '' }
  const calls = new Map<number, { id: string; name: string; raw: string }>()
  for (const { type, delta = '', item, output_index: at = 0 } of events) {
    if (type === 'response.output_text.delta') texts.content += delta
    if (type === 'response.reasoning_summary_text.delta') texts.thinking += delta
    if (type === 'response.refusal.delta') texts.refusal += delta
    if (type === 'response.output_item.added' && item?.type === 'function_call') {
      calls.set(at, { id: item.call_id ?? '', name: item.name ?? '', raw: '' })
    }
    const call = calls.get(at)
    if (type === 'response.function_call_arguments.delta' && call) call.raw += delta
  }
  return { ...texts, calls: [...calls.values()] }
}

/** What the whole response at the end of a stream says, read by hand. */
function readWhole({ output }: WholeResponse) {
  const texts = { content: '', thinking: '', refusal: '' }
  const calls: { id: string; name: string; raw: string }[] = []
  for (const item of output) {
    for (const part of partsIn(item, 'content')) {
      if (part['type'] === 'output_text') texts.content += String(part['text'])
      if (part['type'] === 'refusal') texts.refusal += String(part['refusal'])
    }
    for (const part of partsIn(item, 'summary')) texts.thinking += String(part['text'])
    if (item.type === 'function_call') {
      calls.push({ id: item.call_id ?? '', name: item.name ?? '', raw: String(item['arguments']) })
    }
  }
  return { ...texts, calls }
}

function partsIn(item: Item, name: string): Record<string, unknown>[] {
  const list = item[name]
  return Array.isArray(list) ? list : []
}

function wholeOf(events: readonly Event[]): WholeResponse {
  const whole = events.at(-1)?.response
  if (whole === undefined) throw new TypeError('expected a response at the end')
  return whole
}

function said({ content, thinking, refusal, toolCalls }: OpenAIResponsesCallResponse) {
  return { content, thinking, refusal, calls: toolCalls.map(({ id, name, raw }) => ({ id, name, raw })) }
}

/** What a stream and a whole answer have in common. */
function essence(response: OpenAIResponsesCallResponse) {
  const { id, model, message, items, content, thinking, refusal, toolCalls, citations } = response
  const { usage, cost, finishReason, warnings, logprobs } = response
  return {
    id,
    model,
    message,
    items,
    content,
    thinking,
    refusal,
    toolCalls,
    citations,
    usage,
    cost,
    finishReason,
    warnings,
    logprobs,
  }
}

function expectEnd({ usage, finishReason, id, model }: OpenAIResponsesCallResponse, whole: WholeResponse): void {
  expect({ id, model }).toEqual({ id: whole.id, model: whole.model })
  const {
    input_tokens: input,
    output_tokens: output,
    input_tokens_details: from,
    output_tokens_details: to,
  } = whole.usage
  const { inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0, reasoningTokens = 0 } = usage
  expect(cacheReadTokens).toBe(from.cached_tokens)
  expect(cacheWriteTokens).toBe(from.cache_write_tokens ?? 0)
  expect(reasoningTokens).toBe(to.reasoning_tokens)
  expect(inputTokens + cacheReadTokens + cacheWriteTokens).toBe(input)
  expect(outputTokens + reasoningTokens).toBe(output)
  const calls = whole.output.some(({ type }) => type === 'function_call')
  const unified = whole.status === 'incomplete' ? 'length' : calls ? 'tool_calls' : 'stop'
  expect(finishReason).toEqual({ unified, raw: whole.incomplete_details?.reason ?? 'completed' })
}

describe.skipIf(!recorded).each(transports)('over the $transport transport', ({ modelOver }) => {
  const modelOf = ({ text, headers, status, provider }: Recording) =>
    modelOver(fetchOf(text, { headers, status }), provider)

  describe('every recorded stream', () => {
    test.each(streams)('%s', async (_, recording) => {
      const events = eventsIn(recording)
      const whole = wholeOf(events)
      const stream = modelOf(recording).stream('Hi')
      const kept: unknown[] = []
      for await (const [chunk] of stream) kept.push(chunk.event)
      const response = await stream.response()
      expect(isDeepStrictEqual([...new Set(kept)], events)).toBe(true)
      expect(said(response)).toEqual(addUp(events))
      expect(said(response)).toEqual(readWhole(whole))
      expect(response.items).toEqual(whole.output)
      expect(response.warnings).toEqual([])
      expectEnd(response, whole)
    })

    test.each(streams)('%s: the whole response at its end reads the same', async (_, recording) => {
      const whole = wholeOf(eventsIn(recording))
      const streamed = await modelOf(recording).stream('Hi').response()
      const called = await modelOver(fetchJson(whole), recording.provider).call('Hi')
      expect(essence(streamed)).toEqual(essence(called))
    })

    test.each(streams)('%s: a server that sends nothing but the end reads the same', async (_, recording) => {
      const events = eventsIn(recording)
      const ends = [events[0], events.at(-1)].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
      const streamed = await modelOver(fetchOf(ends), recording.provider).stream('Hi').response()
      expect(essence(streamed)).toEqual(essence(await modelOf(recording).stream('Hi').response()))
    })

    test.each(streams)('%s: what it said goes back as it came', async (_, recording) => {
      const { output, status } = wholeOf(eventsIn(recording))
      const { message } = await modelOf(recording).stream('Hi').response()
      const { input, warnings } = await sentFor(
        [{ role: 'user', content: 'Hi' }, message, { role: 'user', content: 'Go on' }],
        recording.provider,
      )
      // Reasoning that was cut led to nothing, and would be refused.
      const isCut = status === 'incomplete' && output.at(-1)?.type === 'reasoning'
      const calls = output.filter(({ type }) => type === 'function_call')
      expect(input).toEqual([
        { role: 'user', content: 'Hi' },
        ...(isCut ? [] : output),
        ...calls.map(({ call_id }) => ({ type: 'function_call_output', call_id, output: expect.any(String) })),
        { role: 'user', content: 'Go on' },
      ])
      // That results are missing is told, too.
      expect(warnings.length).toBe(calls.length + (isCut ? 1 : 0))
    })
  })

  describe('every recorded answer', () => {
    test.each(bodies)('%s', async (_, recording) => {
      const answer = modelOf(recording).call('Hi')
      if (recording.status >= 400) {
        const error = JSON.parse(recording.text) as { error: string | { message: string } }
        const message = typeof error.error === 'string' ? error.error : error.error.message
        await expect(answer).rejects.toMatchObject({
          status: recording.status,
          message: expect.stringContaining(message),
        })
        return
      }
      const whole = JSON.parse(recording.text) as WholeResponse
      const response = await answer
      expect(response.raw).toEqual(whole)
      expect(said(response)).toEqual(readWhole(whole))
      expect(response.items).toEqual(whole.output)
      expectEnd(response, whole)
      const { input } = await sentFor([{ role: 'user', content: 'Hi' }, response.message], recording.provider)
      expect(input.slice(1, 1 + whole.output.length)).toEqual(whole.output)
    })
  })
})

test.skipIf(!recorded)('there are recordings', () => {
  expect(streams.length).toBeGreaterThan(80)
  expect(bodies.length).toBeGreaterThan(10)
})
