import type {
  CohereV1StreamEvent,
  WireV1Citation,
  WireV1Document,
  WireV1Response,
  WireV1ToolCall,
} from '@interlingua/cohere'
import { withoutUndefined } from '@interlingua/core'
import fc from 'fast-check'

/** An answer as the stream repeats it: it always has a finish reason that a stream can end with. */
export type StreamedAnswer = WireV1Response & { readonly finish_reason: 'COMPLETE' | 'MAX_TOKENS' | 'ERROR_LIMIT' }

/** Answers of every shape that recorded streams have: a text with citations of documents, or a plan with tool calls. */
/** Without a backslash, which V8 in Node 26.10 misreads in keys: JSON.parse is no oracle there. */
const key = fc.string().filter((text) => !text.includes('\\'))

export const answers: fc.Arbitrary<StreamedAnswer> = fc
  .record({
    text: fc.string({ unit: 'grapheme' }),
    tools: fc.array(
      fc.record({ name: fc.constantFrom('weather', 'search'), parameters: fc.dictionary(key, fc.jsonValue()) }),
      { maxLength: 3 },
    ),
    empty: fc.boolean(),
    cited: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
    queries: fc.array(fc.string(), { maxLength: 2 }),
    reason: fc.constantFrom('COMPLETE' as const, 'MAX_TOKENS' as const, 'ERROR_LIMIT' as const),
    input: fc.nat(5_000),
    output: fc.nat(5_000),
    cached: fc.option(fc.nat(5_000), { nil: undefined }),
    warnings: fc.array(fc.string(), { maxLength: 1 }),
  })
  .map(({ text, tools, empty, cited, queries, reason, input, output, cached, warnings }) => {
    const calls = tools.map((call, index): WireV1ToolCall =>
      empty && index === 0 ? { name: call.name, parameters: null } : call,
    )
    const isText = calls.length === 0
    const isCited = isText && cited.length > 0
    const documents = cited.map((_, index): WireV1Document => ({ id: `doc_${index}`, text: `Fact ${index}.` }))
    return withoutUndefined({
      text,
      generation_id: 'a-generation',
      response_id: 'a-response',
      finish_reason: reason,
      tool_calls: isText ? undefined : calls,
      documents: isCited ? documents : undefined,
      citations: isCited ? cited.map(citation) : undefined,
      search_queries: queries.length > 0 ? queries.map((query) => ({ text: query, generation_id: 'q' })) : undefined,
      meta: withoutUndefined({
        api_version: { version: '1' },
        billed_units: { input_tokens: input, output_tokens: output },
        tokens: { input_tokens: input + 496, output_tokens: output },
        cached_tokens: cached,
        warnings: warnings.length > 0 ? warnings : undefined,
      }),
    })
  })

function citation(start: number, index: number): WireV1Citation {
  return { start, end: start + 4, text: 'some', document_ids: [`doc_${index}`] }
}

/** An answer as the stream that brings it, each text in pieces of the given length. */
export function eventsOf(answer: StreamedAnswer, length: number): CohereV1StreamEvent[] {
  const { text, generation_id: id = '', documents, citations = [], tool_calls: calls = [], search_queries } = answer
  const is_finished = false
  const events: CohereV1StreamEvent[] = [{ is_finished, event_type: 'stream-start', generation_id: id }]
  if (search_queries) events.push({ is_finished, event_type: 'search-queries-generation', search_queries })
  if (documents) events.push({ is_finished, event_type: 'search-results', documents })
  const event_type = calls.length > 0 ? 'tool-calls-chunk' : 'text-generation'
  for (const piece of pieces(text, length)) events.push({ is_finished, event_type, text: piece })
  for (const cited of citations) events.push({ is_finished, event_type: 'citation-generation', citations: [cited] })
  for (const [index, { name, parameters }] of calls.entries()) {
    events.push({ is_finished, event_type: 'tool-calls-chunk', tool_call_delta: { index, name } })
    for (const piece of pieces(parameters ? JSON.stringify(parameters) : '', length)) {
      events.push({ is_finished, event_type: 'tool-calls-chunk', tool_call_delta: { index, parameters: piece } })
    }
  }
  if (calls.length > 0) events.push({ is_finished, event_type: 'tool-calls-generation', text, tool_calls: calls })
  const { finish_reason } = answer
  return [...events, { is_finished: true, event_type: 'stream-end', finish_reason, response: answer }]
}

function pieces(text: string, length: number): string[] {
  const characters = Array.from(text)
  const result: string[] = []
  for (let at = 0; at < characters.length; at += length) result.push(characters.slice(at, at + length).join(''))
  return result
}
