import type { CohereStreamEvent, WireResponse } from '@interlingua/cohere'
import type {
  ConnectionSettings,
  ProviderUnderTest,
  Scenario,
  ScriptedEvent,
  ScriptedToolCall,
} from '@interlingua/conformance'
import type { Model, ToolDefinition } from '@interlingua/core'
import { eventsOf } from '../answer.ts'
import { recordings } from '../recording.ts'
import { failures } from './failures.ts'

/** Ends every recorded stream. */
const done: ScriptedEvent = { data: '[DONE]' }

const text = 'Grüße 👩‍👩‍👧,\n\nread “Dune” [DONE] data: \u2028 日本'
const city = { type: 'object', properties: { city: { type: 'string' } } }
const tools: ToolDefinition[] = [
  { name: 'weather', parameters: city },
  { name: 'news', parameters: city },
]
const callOf = (name: string, args: string) =>
  ({ id: `${name}_1`, type: 'function', function: { name, arguments: args } }) as const
const usage = { billed_units: { input_tokens: 5, output_tokens: 7 }, tokens: { input_tokens: 501, output_tokens: 7 } }
const billed = { inputTokens: 5, outputTokens: 7 }

const cited: WireResponse = {
  id: 'cited',
  finish_reason: 'COMPLETE',
  message: {
    role: 'assistant',
    content: [{ type: 'text', text }],
    citations: [
      {
        start: text.indexOf('“Dune”'),
        end: text.indexOf('“Dune”') + 6,
        text: '“Dune”',
        type: 'TEXT_CONTENT',
        sources: [{ type: 'document', id: 'doc:0', document: { id: 'doc:0', text: 'Dune is a book.' } }],
      },
    ],
  },
  usage,
}
const thought: WireResponse = {
  id: 'thought',
  finish_reason: 'MAX_TOKENS',
  message: {
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'Hm, 日本?' },
      { type: 'text', text: 'Read' },
    ],
  },
  usage: { ...usage, tokens: { ...usage.tokens, reasoning_tokens: 4 }, cached_tokens: 100 },
}
const planned: WireResponse = {
  id: 'planned',
  finish_reason: 'TOOL_CALL',
  message: {
    role: 'assistant',
    tool_plan: 'I will look up both.',
    tool_calls: [callOf('weather', '{"city":"Zürich"}'), callOf('news', '{"city":"Oslo"}')],
  },
  usage,
}
const silent: WireResponse = { id: 'silent', finish_reason: 'COMPLETE', message: { role: 'assistant' }, usage }

const planEvents = eventsOf(planned, 9)
const ofCall = (index: number) => planEvents.filter((event) => 'index' in event && event.index === index)
const [first, second] = [ofCall(0), ofCall(1)]

const scenarios: Scenario[] = [
  {
    name: 'text with citations',
    stream: named(eventsOf(cited, 8)),
    answer: cited,
    expected: {
      id: 'cited',
      content: text,
      finishReason: 'stop',
      citations: [{ text: '“Dune”', verified: true, sources: [{ type: 'document', id: 'doc:0' }] }],
      usage: { inputTokens: 501, outputTokens: 7, billed },
    },
    history: cited.message,
  },
  {
    name: 'thinking, and a limit',
    stream: named(eventsOf(thought, 4)),
    answer: thought,
    expected: {
      content: 'Read',
      thinking: 'Hm, 日本?',
      finishReason: 'length',
      usage: { inputTokens: 401, cacheReadTokens: 100, outputTokens: 3, reasoningTokens: 4, billed },
    },
    history: thought.message,
  },
  {
    name: 'a plan and two tools',
    stream: named(planEvents),
    answer: planned,
    options: { tools },
    expected: {
      plan: 'I will look up both.',
      finishReason: 'tool_calls',
      toolCalls: [
        { id: 'weather_1', name: 'weather', args: { city: 'Zürich' } },
        { id: 'news_1', name: 'news', args: { city: 'Oslo' } },
      ],
      usage: { billed },
    },
    history: planned.message,
  },
  {
    name: 'interleaved tools',
    stream: named([
      ...planEvents.filter(({ type }) => type === 'message-start' || type === 'tool-plan-delta'),
      ...first.flatMap((event, index) => [event, ...second.slice(index, index + 1)]),
      ...second.slice(first.length),
      ...planEvents.slice(-1),
    ]),
    answer: planned,
    options: { tools },
    expected: { toolCalls: [{ args: { city: 'Zürich' } }, { args: { city: 'Oslo' } }] },
  },
  {
    name: 'nothing said',
    stream: named(eventsOf(silent, 1)),
    answer: silent,
    expected: { content: '', finishReason: 'stop' },
  },
  {
    name: 'a failure inside the answer',
    stream: named([
      ...planEvents.slice(0, 4),
      // As recorded from a server whose model wrote an invalid tool call.
      {
        type: 'message-end',
        delta: {
          finish_reason: 'ERROR',
          usage,
          error: 'your request resulted in an invalid tool generation.',
          error_type: 'INVALID_TOOL_GENERATION',
        },
      },
    ]),
    expected: { plan: planned.message.tool_plan ?? '', usage: { billed }, error: { code: 'server', retryable: true } },
  },
  ...recordings('api.cohere.com/v2/chat', 'sse')
    .filter(({ status, body }) => status === 200 && body.length < 5_000)
    .slice(0, 1)
    .map(({ name, body }) => ({ name: `recorded: ${name}`, stream: body, expected: {} })),
]

/** Cohere's v2 chat, reached in one way or another. */
export function cohereV2(name: string, createModel: (settings: ConnectionSettings) => Model): ProviderUnderTest {
  return { name, createModel, scenarios, failures, streamText, streamToolCalls }
}

function* streamText(pieces: Iterable<string>): Generator<ScriptedEvent> {
  yield of({ type: 'message-start', id: 'x', delta: { message: { role: 'assistant', content: [] } } })
  yield of({ type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } })
  for (const piece of pieces) {
    yield of({ type: 'content-delta', index: 0, delta: { message: { content: { text: piece } } } })
  }
  yield of({ type: 'content-end', index: 0 })
  yield of({ type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } })
  yield done
}

function* streamToolCalls(calls: readonly ScriptedToolCall[]): Generator<ScriptedEvent> {
  yield of({ type: 'message-start', id: 'x', delta: { message: { role: 'assistant', content: [] } } })
  for (const [index, { id, name, pieces }] of calls.entries()) {
    const call = { id, type: 'function', function: { name, arguments: '' } } as const
    yield of({ type: 'tool-call-start', index, delta: { message: { tool_calls: call } } })
    for (const piece of pieces) {
      yield of({
        type: 'tool-call-delta',
        index,
        delta: { message: { tool_calls: { function: { arguments: piece } } } },
      })
    }
    yield of({ type: 'tool-call-end', index })
  }
  yield of({ type: 'message-end', delta: { finish_reason: 'TOOL_CALL', usage } })
  yield done
}

function named(events: readonly CohereStreamEvent[]): ScriptedEvent[] {
  return [...events.map(of), done]
}

function of(event: CohereStreamEvent): ScriptedEvent {
  return { event: event.type, data: event }
}
