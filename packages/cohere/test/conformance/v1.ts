import type { CohereV1StreamEvent } from '@interlingua/cohere'
import type {
  ConnectionSettings,
  ProviderUnderTest,
  Scenario,
  ScriptedEvent,
  ScriptedToolCall,
} from '@interlingua/conformance'
import type { Model, ToolDefinition } from '@interlingua/core'
import { recordings } from '../recording.ts'
import { eventsOf, type StreamedAnswer } from '../v1/answer.ts'
import { failures } from './failures.ts'

const city = { type: 'object', properties: { city: { type: 'string' } } }
const tools: ToolDefinition[] = [
  { name: 'weather', parameters: city },
  { name: 'news', parameters: city },
]
const text = 'Grüße 👩‍👩‍👧,\n\nread “Dune” [DONE] \u2028 日本'
const meta = { billed_units: { input_tokens: 5, output_tokens: 7 }, tokens: { input_tokens: 501, output_tokens: 7 } }
const billed = { inputTokens: 5, outputTokens: 7 }
const at = text.indexOf('“Dune”')

const cited: StreamedAnswer = {
  text,
  generation_id: 'cited',
  finish_reason: 'COMPLETE',
  documents: [{ id: 'doc_0', text: 'Dune is a book.' }],
  citations: [{ start: at, end: at + 6, text: '“Dune”', document_ids: ['doc_0'] }],
  meta,
}
const planned: StreamedAnswer = {
  text: 'I will look up both.',
  generation_id: 'planned',
  finish_reason: 'COMPLETE',
  tool_calls: [
    { name: 'weather', parameters: { city: 'Zürich' } },
    { name: 'news', parameters: { city: 'Oslo' } },
  ],
  meta,
}
const cut: StreamedAnswer = { text: 'Read', generation_id: 'cut', finish_reason: 'MAX_TOKENS', meta }
const failed = { ...cited, finish_reason: 'ERROR' }

const scenarios: Scenario[] = [
  {
    name: 'text with citations',
    stream: eventsOf(cited, 8).map(of),
    answer: cited,
    expected: {
      id: 'cited',
      content: text,
      finishReason: 'stop',
      citations: [{ text: '“Dune”', verified: true, sources: [{ type: 'document', id: 'doc_0' }] }],
      usage: { inputTokens: 501, outputTokens: 7, billed },
    },
    history: { role: 'CHATBOT', message: text },
  },
  {
    name: 'a plan and two tools',
    stream: eventsOf(planned, 9).map(of),
    answer: planned,
    options: { tools },
    expected: {
      plan: planned.text,
      finishReason: 'tool_calls',
      toolCalls: [
        { name: 'weather', args: { city: 'Zürich' } },
        { name: 'news', args: { city: 'Oslo' } },
      ],
      usage: { billed },
    },
  },
  {
    name: 'a limit',
    stream: eventsOf(cut, 1).map(of),
    answer: cut,
    expected: { content: 'Read', finishReason: 'length', usage: { billed } },
  },
  {
    name: 'a failure inside the answer',
    stream: [
      ...eventsOf(cited, 8).slice(0, -1).map(of),
      { data: { event_type: 'stream-end', is_finished: true, finish_reason: 'ERROR', response: failed } },
    ],
    answer: failed,
    expected: { content: text, usage: { billed }, error: { code: 'server', retryable: true } },
  },
  ...recordings('api.cohere.com/v1/chat', 'ndjson')
    .filter(({ status, body }) => status === 200 && body.length < 8_000)
    .slice(0, 1)
    .map(({ name, body }) => ({ name: `recorded: ${name}`, stream: body, expected: {} })),
]

/** Cohere's v1 chat, reached in one way or another. */
export function cohereV1(name: string, createModel: (settings: ConnectionSettings) => Model): ProviderUnderTest {
  return {
    name,
    createModel,
    framing: 'lines',
    contentType: 'application/stream+json',
    scenarios,
    failures,
    streamText,
    streamToolCalls,
  }
}

function* streamText(pieces: Iterable<string>): Generator<ScriptedEvent> {
  yield of({ is_finished: false, event_type: 'stream-start', generation_id: 'x' })
  let length = 0
  for (const piece of pieces) {
    length += piece.length
    yield of({ is_finished: false, event_type: 'text-generation', text: piece })
  }
  yield end({ text: 'x'.repeat(Math.min(length, 1)), meta })
}

function* streamToolCalls(calls: readonly ScriptedToolCall[]): Generator<ScriptedEvent> {
  const is_finished = false
  const event_type = 'tool-calls-chunk'
  yield of({ is_finished, event_type: 'stream-start', generation_id: 'x' })
  for (const [index, { name, pieces }] of calls.entries()) {
    yield of({ is_finished, event_type, tool_call_delta: { index, name } })
    for (const piece of pieces) yield of({ is_finished, event_type, tool_call_delta: { index, parameters: piece } })
  }
  const tool_calls = calls.map(({ name }) => ({ name, parameters: {} }))
  yield of({ is_finished, event_type: 'tool-calls-generation', text: '', tool_calls })
  yield end({ text: '', tool_calls, meta })
}

function end(answer: Omit<StreamedAnswer, 'finish_reason'>): ScriptedEvent {
  const response = { ...answer, finish_reason: 'COMPLETE' } as const
  return of({ is_finished: true, event_type: 'stream-end', finish_reason: 'COMPLETE', response })
}

function of(event: CohereV1StreamEvent): ScriptedEvent {
  return { data: event }
}
