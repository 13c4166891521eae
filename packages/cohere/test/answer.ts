import fc from 'fast-check'
import type {
  CohereStreamEvent,
  WireCitation,
  WireContent,
  WireResponse,
  WireToolCall,
  WireUsage,
} from '@interlingua/cohere'

/** Without a backslash, which V8 in Node 26.10 misreads in keys: JSON.parse is no oracle there. */
const key = fc.string().filter((text) => !text.includes('\\'))

/**
 * Answers of every shape that the grammar of Cohere's stream allows: a plan or thinking, then text with citations or tool
 * calls. See the ordering in https://docs.cohere.com/v2/docs/streaming.
 */
export const answers: fc.Arbitrary<WireResponse> = fc
  .record({
    thinking: fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
    plan: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
    text: fc.string({ unit: 'grapheme' }),
    tools: fc.array(
      fc.record({ name: fc.constantFrom('weather', 'search'), args: fc.dictionary(key, fc.jsonValue()) }),
      {
        maxLength: 3,
      },
    ),
    citations: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
    input: fc.nat(5_000),
    output: fc.nat(5_000),
    cached: fc.option(fc.nat(5_000), { nil: undefined }),
  })
  .map(({ thinking, plan, text, tools, citations, input, output, cached }) => {
    const calls = tools.map(({ name, args }, index): WireToolCall => ({
      id: `${name}_${index}`,
      type: 'function',
      function: { name, arguments: JSON.stringify(args) },
    }))
    const content: WireContent[] = []
    if (thinking !== undefined) content.push({ type: 'thinking', thinking })
    if (calls.length === 0) content.push({ type: 'text', text })
    const usage: WireUsage = {
      billed_units: { input_tokens: input, output_tokens: output },
      tokens: { input_tokens: input + 496, output_tokens: output },
      ...(cached !== undefined && { cached_tokens: cached }),
    }
    return {
      id: 'a-response',
      finish_reason: calls.length > 0 ? 'TOOL_CALL' : 'COMPLETE',
      message: {
        role: 'assistant',
        ...(content.length > 0 && { content }),
        ...(plan !== undefined && thinking === undefined && { tool_plan: plan }),
        ...(calls.length > 0 && { tool_calls: calls }),
        ...(calls.length === 0 && citations.length > 0 && { citations: citations.map(citation) }),
      },
      usage,
    }
  })

function citation(start: number, index: number): WireCitation {
  const source = { type: 'document', id: `doc:${index}`, document: { id: `doc:${index}`, text: 'A fact.' } } as const
  return { start, end: start + 4, text: 'some', sources: [source], type: 'TEXT_CONTENT' }
}

/** An answer as the stream that brings it, each text in pieces of the given length. */
export function eventsOf(
  { id, message, finish_reason, usage = {} }: WireResponse,
  length: number,
): CohereStreamEvent[] {
  const { content = [], tool_plan, tool_calls = [], citations = [] } = message
  const start = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } as const
  return [
    { id, type: 'message-start', delta: { message: { ...start, content: [], tool_calls: [], citations: [] } } },
    ...pieces(tool_plan ?? '', length).map((text): CohereStreamEvent => ({
      type: 'tool-plan-delta',
      delta: { message: { tool_plan: text } },
    })),
    ...content.flatMap((part, index) => contentEvents(part, index, length, part.type === 'text' ? citations : [])),
    ...tool_calls.flatMap((call, index) => toolCallEvents(call, index, length)),
    { type: 'message-end', delta: { finish_reason, usage } },
  ]
}

function contentEvents(
  part: WireContent,
  index: number,
  length: number,
  citations: WireCitation[],
): CohereStreamEvent[] {
  const empty =
    part.type === 'text' ? ({ type: 'text', text: '' } as const) : ({ type: 'thinking', thinking: '' } as const)
  const texts = pieces(part.type === 'text' ? part.text : part.thinking, length)
  return [
    { type: 'content-start', index, delta: { message: { content: empty } } },
    ...texts.map((text): CohereStreamEvent => {
      const piece = part.type === 'text' ? { text } : { thinking: text }
      return { type: 'content-delta', index, delta: { message: { content: piece } } }
    }),
    ...citations.flatMap((cited, number): CohereStreamEvent[] => [
      { type: 'citation-start', index: number, delta: { message: { citations: cited } } },
      { type: 'citation-end', index: number },
    ]),
    { type: 'content-end', index },
  ]
}

function toolCallEvents(call: WireToolCall, index: number, length: number): CohereStreamEvent[] {
  const opened = { ...call, function: { ...call.function, arguments: '' } }
  return [
    { type: 'tool-call-start', index, delta: { message: { tool_calls: opened } } },
    ...pieces(call.function.arguments, length).map((text): CohereStreamEvent => ({
      type: 'tool-call-delta',
      index,
      delta: { message: { tool_calls: { function: { arguments: text } } } },
    })),
    { type: 'tool-call-end', index },
  ]
}

function pieces(text: string, length: number): string[] {
  const characters = Array.from(text)
  const result: string[] = []
  for (let at = 0; at < characters.length; at += length) result.push(characters.slice(at, at + length).join(''))
  return result
}
