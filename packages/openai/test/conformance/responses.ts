import type {
  ConnectionSettings,
  ProviderUnderTest,
  Scenario,
  ScriptedEvent,
  ScriptedToolCall,
} from '@interlingua/conformance'
import type { Model, ToolDefinition } from '@interlingua/core'
import { eventsOf, type Habits, type SentEvent } from '../responses/answer.ts'
import { type Item, recordings, type WholeResponse } from '../responses/recording.ts'
import { failures } from './failures.ts'

const text = 'Grüße 👩‍👩‍👧, read “Dune” [DONE] data: \u2028 日本'
const city = { type: 'object', properties: { city: { type: 'string' } } }
const tools: ToolDefinition[] = [
  { name: 'weather', parameters: city },
  { name: 'news', parameters: city },
]
const everything: Habits = { pieces: true, items: true, output: true }
const read = { inputTokens: 5, cacheReadTokens: 4, outputTokens: 4, reasoningTokens: 3 }

const base = {
  id: 'resp_1',
  object: 'response',
  model: 'gpt-5.6',
  usage: {
    input_tokens: 9,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 16,
  },
}
const at = text.indexOf('“Dune”')
const failed = { code: 'server_error', message: 'It broke.' }
const annotation = {
  type: 'url_citation',
  start_index: at,
  end_index: at + 6,
  url: 'https://example.com/dune',
  title: 'Dune',
}
const cited = message('msg_1', [{ type: 'output_text', text, annotations: [annotation], logprobs: [] }])
const thought: Item = {
  type: 'reasoning',
  id: 'rs_1',
  summary: [{ type: 'summary_text', text: 'Hm, 日本?' }],
  encrypted_content: 'gAAAA',
}
const short = message('msg_1', [{ type: 'output_text', text: 'Read', annotations: [], logprobs: [] }])
const refusal = message('msg_1', [{ type: 'refusal', refusal: 'I can’t assist.' }])
const weather = functionCall(1, 'weather', '{"city":"Zürich"}')
const news = functionCall(2, 'news', '{"city":"Oslo"}')
const called = answer([weather, news])
const stopped: WholeResponse = {
  ...answer([thought, short]),
  status: 'incomplete',
  incomplete_details: { reason: 'max_output_tokens' },
}

const scenarios: Scenario[] = [
  scenario('text with citations', answer([cited]), {
    id: 'resp_1',
    content: text,
    finishReason: 'stop',
    citations: [
      { start: at, text: '“Dune”', sources: [{ type: 'url', url: 'https://example.com/dune', title: 'Dune' }] },
    ],
    usage: read,
  }),
  scenario('thinking', answer([thought, short]), { content: 'Read', thinking: 'Hm, 日本?', finishReason: 'stop' }),
  scenario('a limit', stopped, { content: 'Read', thinking: 'Hm, 日本?', finishReason: 'length', usage: read }),
  {
    ...scenario('two tools', called, {
      finishReason: 'tool_calls',
      toolCalls: [
        { id: 'call_1', name: 'weather', args: { city: 'Zürich' } },
        { id: 'call_2', name: 'news', args: { city: 'Oslo' } },
      ],
      usage: read,
    }),
    options: { tools },
    history: weather,
  },
  {
    name: 'interleaved tools',
    stream: interleaved(eventsOf(called, 4, everything)).map(of),
    answer: called,
    options: { tools },
    expected: { toolCalls: [{ args: { city: 'Zürich' } }, { args: { city: 'Oslo' } }] },
  },
  scenario('a refusal', answer([refusal]), { content: '', refusal: 'I can’t assist.', finishReason: 'stop' }),
  scenario('nothing said', answer([]), { content: '', finishReason: 'stop', usage: read }),
  {
    name: 'a failure inside the answer',
    stream: [
      ...eventsOf(answer([short]), 4, everything).slice(0, -1),
      { type: 'response.failed', response: { ...answer([short]), status: 'failed', error: failed } },
    ].map(of),
    answer: { ...answer([short]), status: 'failed', error: failed },
    expected: { content: 'Read', usage: read, error: { code: 'server', retryable: true } },
  },
  {
    name: 'an error in place of the rest',
    stream: [
      ...eventsOf(answer([short]), 4, everything).slice(0, -3),
      { type: 'error', code: 'rate_limit_exceeded', message: 'Slow down.', param: null },
    ].map(of),
    expected: { content: 'Read', error: { code: 'rate_limit', retryable: true } },
  },
  ...recordings('sse')
    .filter(([, { provider, status, text: body }]) => provider === 'openai' && status === 200 && body.length < 4_000)
    .slice(0, 1)
    .map(([name, { text: body }]) => ({
      name: `recorded: ${name}`,
      stream: new TextEncoder().encode(body),
      expected: {},
    })),
]

/** The Responses API of OpenAI, reached in one way or another. */
export function responsesProvider(
  name: string,
  createModel: (settings: ConnectionSettings) => Model,
): ProviderUnderTest {
  return { name, createModel, scenarios, failures, streamText, streamToolCalls }
}

function* streamText(pieces: Iterable<string>): Generator<ScriptedEvent> {
  const place = { output_index: 0, item_id: 'msg_1', content_index: 0 }
  yield of({ type: 'response.created', response: { ...base, status: 'in_progress', output: [], usage: null } })
  yield of({ type: 'response.output_item.added', output_index: 0, item: message('msg_1', []) })
  yield of({ type: 'response.content_part.added', ...place, part: { type: 'output_text', text: '', annotations: [] } })
  for (const delta of pieces) yield of({ type: 'response.output_text.delta', ...place, delta, logprobs: [] })
  // The text is said again at the end, of which there may be none.
  yield of({ type: 'response.completed', response: answer([]) })
}

function* streamToolCalls(calls: readonly ScriptedToolCall[]): Generator<ScriptedEvent> {
  yield of({ type: 'response.created', response: { ...base, status: 'in_progress', output: [], usage: null } })
  const output: Item[] = []
  for (const [index, { id, name, pieces }] of calls.entries()) {
    const place = { output_index: index, item_id: `fc_${index}` }
    const item = { ...functionCall(index, name, pieces.join('')), call_id: id }
    output.push(item)
    yield of({ type: 'response.output_item.added', output_index: index, item: { ...item, arguments: '' } })
    for (const delta of pieces) yield of({ type: 'response.function_call_arguments.delta', ...place, delta })
    yield of({ type: 'response.function_call_arguments.done', ...place, arguments: item.arguments })
    yield of({ type: 'response.output_item.done', output_index: index, item })
  }
  yield of({ type: 'response.completed', response: answer(output) })
}

function scenario(name: string, whole: WholeResponse, expected: Scenario['expected']): Scenario {
  return { name, stream: eventsOf(whole, 7, everything).map(of), answer: whole, expected }
}

/** The pieces of the arguments of two calls, one of each in turn. */
function interleaved(events: readonly SentEvent[]): SentEvent[] {
  const isPiece = ({ type }: SentEvent): boolean => type === 'response.function_call_arguments.delta'
  const [one, other] = [0, 1].map((index) =>
    events.filter((event) => isPiece(event) && event['output_index'] === index),
  )
  if (!one || !other) return []
  const mixed = one.flatMap((event, index) => [event, ...other.slice(index, index + 1)])
  const added = events.filter(({ type }) => type === 'response.output_item.added')
  const done = events.filter(({ type }) => type === 'response.output_item.done')
  const [first, second] = events
  return [first, second, ...added, ...mixed, ...other.slice(one.length), ...done, events.at(-1)].filter(
    (event) => event !== undefined,
  )
}

function answer(output: readonly Item[]): WholeResponse {
  return { ...base, status: 'completed', incomplete_details: null, output }
}

function message(id: string, content: readonly object[]): Item {
  return { type: 'message', id, role: 'assistant', status: 'completed', content }
}

function functionCall(index: number, name: string, args: string) {
  return {
    type: 'function_call',
    id: `fc_${index}`,
    call_id: `call_${index}`,
    name,
    arguments: args,
    status: 'completed',
  } as const
}

function of(event: SentEvent): ScriptedEvent {
  return { event: event.type, data: event }
}
