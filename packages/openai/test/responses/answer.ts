import fc from 'fast-check'
import type { Item, WholeResponse } from './recording.ts'

/** Items of every shape that has neutral words, and some that have none. */
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const id = fc.uuid()
const status = fc.constant('completed')
const annotation = fc.oneof(
  fc.record({
    type: fc.constant('url_citation'),
    start_index: fc.constant(0),
    end_index: fc.constant(0),
    title: text,
    url: fc.webUrl(),
  }),
  fc.record({ type: fc.constant('file_citation'), file_id: id, filename: text, index: fc.constant(0) }),
)
const logprob = fc.record({
  token: text,
  logprob: fc.constantFrom(-0.5, -1.25, 0),
  top_logprobs: fc.array(fc.record({ token: text, logprob: fc.constant(-2) }), { maxLength: 2 }),
})
const outputText = fc.record({
  type: fc.constant('output_text'),
  text,
  annotations: fc.array(annotation, { maxLength: 2 }),
  logprobs: fc.array(logprob, { maxLength: 3 }),
})
const refusal = fc.record({ type: fc.constant('refusal'), refusal: text })
const message = fc.record({
  type: fc.constant('message'),
  id,
  role: fc.constant('assistant'),
  status,
  content: fc.array(fc.oneof(outputText, refusal), { maxLength: 3 }),
})
const reasoning = fc.record({
  type: fc.constant('reasoning'),
  id,
  summary: fc.array(fc.record({ type: fc.constant('summary_text'), text }), { maxLength: 2 }),
  encrypted_content: fc.option(text),
})
const openReasoning = fc.record({
  type: fc.constant('reasoning'),
  id,
  summary: fc.constant([]),
  content: fc.array(fc.record({ type: fc.constant('reasoning_text'), text }), { maxLength: 2 }),
})
const functionCall = fc.record({
  type: fc.constant('function_call'),
  id,
  call_id: id,
  name: fc.constantFrom('weather', 'search'),
  arguments: fc.oneof(fc.constantFrom('', '{}', '{"city":"Köln"}', '{"cut'), text),
  status,
})
const customCall = fc.record({
  type: fc.constant('custom_tool_call'),
  id,
  call_id: id,
  name: fc.constant('code'),
  input: text,
})
const search = fc.record({
  type: fc.constant('web_search_call'),
  id,
  status,
  action: fc.record({ type: fc.constant('search'), query: text }),
})
const unknown = fc.record({ type: fc.constant('dream_call'), id, content: fc.array(fc.record({ text })) })

/** Whole answers. */
export const answers: fc.Arbitrary<WholeResponse> = fc
  .record({
    output: fc.array(
      fc.oneof(message, reasoning, openReasoning, functionCall, customCall, search, unknown) as fc.Arbitrary<Item>,
      { maxLength: 5 },
    ),
    cut: fc.option(fc.constantFrom('max_output_tokens', 'content_filter', 'max_messages'), { nil: undefined }),
    input: fc.nat(5_000),
    generated: fc.nat(5_000),
  })
  .map(({ output, cut, input, generated }) => ({
    id: 'resp_1',
    object: 'response',
    model: 'gpt-5.6',
    status: cut ? 'incomplete' : 'completed',
    incomplete_details: cut ? { reason: cut } : null,
    output,
    usage: {
      input_tokens: input + 10,
      input_tokens_details: { cached_tokens: 4, cache_write_tokens: 3 },
      output_tokens: generated + 7,
      output_tokens_details: { reasoning_tokens: 7 },
      total_tokens: input + generated + 17,
    },
  }))

/** An event of a stream that brings an answer. */
export interface SentEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/** What a stream leaves out of an answer, as some servers do. */
export interface Habits {
  /** Whether pieces of texts and of arguments come. */
  readonly pieces: boolean
  /** Whether each item comes again when it is complete. */
  readonly items: boolean
  /** Whether the response at the end has its items. */
  readonly output: boolean
}

/** An answer as the stream that brings it, each text in pieces of the given length. */
export function eventsOf(answer: WholeResponse, length: number, habits: Habits): SentEvent[] {
  const started = { ...answer, status: 'in_progress', output: [], incomplete_details: null, usage: null }
  const events: SentEvent[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
  ]
  for (const [at, item] of answer.output.entries()) events.push(...itemEvents(item, at, length, habits))
  const response = habits.output ? answer : { ...answer, output: [] }
  events.push({ type: `response.${answer.status}`, response })
  return events.map((event, sequence_number) => Object.assign(event, { sequence_number }))
}

function itemEvents(item: Item, at: number, length: number, { pieces, items }: Habits): SentEvent[] {
  const { summary, content, arguments: args, input } = item
  const place = { output_index: at, item_id: item['id'] }
  const events: SentEvent[] = [{ type: 'response.output_item.added', output_index: at, item: emptied(item) }]
  if (pieces) {
    for (const [summary_index, part] of listOf(summary).entries()) {
      events.push({ type: 'response.reasoning_summary_part.added', ...place, summary_index, part })
      for (const delta of cutUp(part['text'], length)) {
        events.push({ type: 'response.reasoning_summary_text.delta', ...place, summary_index, delta })
      }
    }
    for (const [content_index, part] of (item.type === 'dream_call' ? [] : listOf(content)).entries()) {
      events.push(...partEvents(part, { ...place, content_index }, length))
    }
    for (const delta of cutUp(args, length)) {
      events.push({ type: 'response.function_call_arguments.delta', ...place, delta })
    }
    for (const delta of cutUp(input, length)) {
      events.push({ type: 'response.custom_tool_call_input.delta', ...place, delta })
    }
  }
  if (items) events.push({ type: 'response.output_item.done', output_index: at, item })
  return events
}

function partEvents(part: Record<string, unknown>, place: Record<string, unknown>, length: number): SentEvent[] {
  const kinds = { output_text: 'output_text', refusal: 'refusal', reasoning_text: 'reasoning_text' } as const
  const kind = kinds[part['type'] as keyof typeof kinds]
  const texts = cutUp(part['text'] ?? part['refusal'], length)
  return [
    { type: 'response.content_part.added', ...place, part: { ...part, text: '', annotations: [] } },
    ...texts.map((delta, index) =>
      // The first piece brings the log-probabilities of all of them.
      Object.assign(
        { type: `response.${kind}.delta`, delta },
        place,
        kind === 'output_text' && { logprobs: index === 0 ? part['logprobs'] : [] },
      ),
    ),
    ...listOf(part['annotations']).map((each, annotation_index) =>
      Object.assign({ type: 'response.output_text.annotation.added', annotation: each, annotation_index }, place),
    ),
    { type: `response.${kind}.done`, ...place, text: part['text'] },
    { type: 'response.content_part.done', ...place, part },
  ]
}

function emptied(item: Item): Item {
  if (item.type === 'function_call') return { ...item, arguments: '', status: 'in_progress' }
  if (item.type === 'custom_tool_call') return { ...item, input: '' }
  return { ...item, content: [], summary: [], status: 'in_progress' }
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value : []
}

function cutUp(value: unknown, length: number): string[] {
  const characters = typeof value === 'string' ? Array.from(value) : []
  const pieces: string[] = []
  for (let at = 0; at < characters.length; at += length) pieces.push(characters.slice(at, at + length).join(''))
  return pieces
}
