import {
  type CohereV1StreamEvent,
  type CohereV1CallResponse,
  createCohere,
  type WireV1Citation,
  type WireV1Document,
  type WireV1Response,
  type WireV1ToolCall,
} from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { recorded, type Recording, recordings } from '../recording.ts'
import { transports } from '../transport.ts'
import { fetchOf } from '../wire-bytes.ts'
import { fetchAnswer } from './lines.ts'

const chat = 'api.cohere.com/v1/chat'
const byName = (kind: 'ndjson' | 'json') =>
  recordings(chat, kind).map((recording) => [recording.name, recording] as const)
const textOf = ({ body }: Recording): string => new TextDecoder().decode(body)

/** The events of a body, read by the plainest means. */
function eventsIn(recording: Recording): CohereV1StreamEvent[] {
  const lines = textOf(recording).split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as CohereV1StreamEvent)
}

/** What the events say when they are added up by hand, without what the last one repeats. */
function addUp(events: readonly CohereV1StreamEvent[]) {
  const texts = { content: '', plan: '' }
  const pieces: { name: string; raw: string }[] = []
  const calls: WireV1ToolCall[] = []
  const citations: WireV1Citation[] = []
  const documents: WireV1Document[] = []
  for (const event of events) {
    if (event.event_type === 'text-generation') texts.content += event.text
    if (event.event_type === 'tool-calls-chunk') {
      texts.plan += event.text ?? ''
      const { name, parameters = '' } = event.tool_call_delta ?? {}
      if (name !== undefined) pieces.push({ name, raw: '' })
      const call = pieces.at(-1)
      if (call) call.raw += parameters
    }
    if (event.event_type === 'tool-calls-generation') calls.push(...event.tool_calls)
    if (event.event_type === 'citation-generation') citations.push(...event.citations)
    if (event.event_type === 'search-results') documents.push(...(event.documents ?? []))
  }
  return { ...texts, pieces, calls, citations, documents }
}

function endOf(events: readonly CohereV1StreamEvent[]): Extract<CohereV1StreamEvent, { event_type: 'stream-end' }> {
  const end = events.at(-1)
  if (end?.event_type !== 'stream-end') throw new TypeError('expected a stream-end')
  return end
}

/** What an answer and its stream have in common, tool arguments as values: the model's spacing is in the stream only. */
function essence(response: CohereV1CallResponse) {
  const { id, content, message, toolCalls, citations, usage, finishReason, documents, searchQueries } = response
  const calls = toolCalls.map(({ id: callId, name, args }) => ({ id: callId, name, args }))
  return { id, content, plan: message.plan, calls, citations, usage, finishReason, documents, searchQueries }
}

describe.skipIf(!recorded).each(transports)('over the $transport transport', ({ createCohereV1 }) => {
  const modelOf = (recording: Recording) => {
    const { 'content-encoding': _, ...headers } = recording.headers
    const fetch = fetchOf([recording.body], { status: recording.status, headers })
    return createCohereV1({ apiKey: 'key', fetch })(recording.model ?? 'a-model')
  }

  describe('every recorded stream', () => {
    test.each(byName('ndjson'))('%s', async (_, recording) => {
      const events = eventsIn(recording)
      const expected = addUp(events)
      const end = endOf(events)
      const stream = modelOf(recording).stream('Hi')
      const seen: unknown[] = []
      const tools: unknown[] = []
      for await (const [chunk, tool] of stream) {
        seen.push(chunk.event)
        if (tool) tools.push({ name: tool.name, parameters: tool.args })
      }
      const response = await stream.response()

      expect(seen).toEqual(events)
      expect(response.content).toBe(expected.content)
      expect(response.message.plan ?? '').toBe(expected.plan)
      expect(response.content || expected.plan).toBe(end.response.text)
      expect(tools).toEqual(expected.calls)
      expect(response.toolCalls.map(({ name, raw }) => ({ name, raw }))).toEqual(expected.pieces)
      expect(response.toolCalls.map(({ name, args }) => ({ name, parameters: args }))).toEqual(expected.calls)
      expect(new Set(response.toolCalls.map(({ id }) => id)).size).toBe(expected.calls.length)
      expect(response.citations.map(({ start, end: stop, text }) => ({ start, end: stop, text }))).toEqual(
        expected.citations.map(({ start, end: stop, text }) => ({ start, end: stop, text })),
      )
      for (const [index, { start, end: stop, text, sources }] of response.citations.entries()) {
        expect(response.content.slice(start, stop)).toBe(text)
        expect(sources.map(({ id }) => id)).toEqual(expected.citations[index]?.document_ids)
        expect(sources.map(({ data }) => data)).toEqual(
          sources.map(({ id }) => expected.documents.find((document) => document['id'] === id)),
        )
      }
      const cited = new Set(expected.citations.flatMap(({ document_ids }) => document_ids))
      expect(stream.partial.documents).toBe(response.documents)
      expect(response.documents).toEqual(end.response.documents ?? [])
      expect(response.documents).toEqual(expected.documents.filter(({ id = '' }) => cited.has(id)))
      expect(response.finishReason).toEqual({
        unified: expected.calls.length > 0 ? 'tool_calls' : 'stop',
        raw: end.finish_reason,
      })
      expect(events[0]).toMatchObject({ event_type: 'stream-start', generation_id: response.id })
      expectUsage(response, end.response)
      const notices = end.response.meta?.warnings ?? []
      expect(response.warnings.map(({ message }) => message)).toEqual(notices)
    })

    test.each(byName('ndjson'))('%s: the answer that its last event repeats is the same', async (_, recording) => {
      const { response: answer, finish_reason } = endOf(eventsIn(recording))
      const fetch = fetchAnswer({ ...answer, finish_reason })
      const called = await createCohereV1({ apiKey: 'key', fetch })(recording.model ?? 'a-model').call('Hi')
      const streamed = await modelOf(recording).stream('Hi').response()
      expect(essence(called)).toEqual(essence(streamed))
      expect(called.raw).toEqual({ ...answer, finish_reason })
    })
  })

  describe('every recorded answer', () => {
    test.each(byName('json'))('%s', async (_, recording) => {
      const answer = modelOf(recording).call('Hi')
      if (recording.status >= 400) {
        const { message } = JSON.parse(textOf(recording)) as { message: string }
        await expect(answer).rejects.toMatchObject({
          code: 'invalid_request',
          status: recording.status,
          message: expect.stringContaining(message),
        })
        return
      }
      const body = JSON.parse(textOf(recording)) as WireV1Response
      const response = await answer
      expect(response.raw).toEqual(body)
      expect(response.id).toBe(body.generation_id)
      expect(response.content).toBe(body.text)
      expect(response.finishReason).toEqual({ unified: 'stop', raw: body.finish_reason })
      expect(response.requestId).toBe(recording.headers['x-debug-trace-id'])
      expectUsage(response, body)
    })
  })
})

function expectUsage({ usage }: CohereV1CallResponse, { meta }: WireV1Response): void {
  expect(meta?.tokens?.input_tokens).toBeGreaterThan(0)
  expect(usage).toEqual({
    inputTokens: meta?.tokens?.input_tokens,
    outputTokens: meta?.tokens?.output_tokens,
    billed: { inputTokens: meta?.billed_units?.input_tokens, outputTokens: meta?.billed_units?.output_tokens },
  })
}

test.skipIf(!recorded)('there are recordings of v1', () => {
  expect(byName('ndjson').length).toBeGreaterThan(10)
  expect(byName('json').length).toBeGreaterThan(5)
  expect(createCohere({ api: 'v1', apiKey: 'key' })('a-model').provider).toBe('cohere')
})
