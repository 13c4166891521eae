import type {
  CohereStreamEvent,
  CohereV1CallResponse,
  CohereV1StreamEvent,
  WireCitation,
  WireContent,
  WireLogprobs,
  WireResponse,
  WireToolCall,
  WireUsage,
  WireV1Citation,
  WireV1Document,
  WireV1Response,
  WireV1ToolCall,
} from '@interlingua/cohere'
import type { BaseCallResponse, Usage } from '@interlingua/core'

/** A leaf of an answer that has a neutral word: where it stands, its value, and what the neutral response has for it. */
export type Word = readonly [path: string, wire: unknown, neutral: unknown]

/** What an answer says, leaf by leaf, beside what the response has for each. Written apart from the decoders. */
class NeutralWords<Response extends BaseCallResponse = BaseCallResponse> {
  readonly words: Word[] = []
  protected readonly response: Response
  /** How far each text has been read. */
  readonly #at = { content: 0, thinking: 0, plan: 0 }
  readonly #argumentsAt: number[] = []
  protected citations = 0

  constructor(response: Response) {
    this.response = response
  }

  protected say(path: string, wire: unknown, neutral: unknown): void {
    if (wire !== undefined && wire !== null) this.words.push([path, wire, neutral])
  }

  protected text(kind: 'content' | 'thinking' | 'plan', piece: string | null | undefined): void {
    if (!piece) return
    const { content, thinking, message } = this.response
    const whole = { content, thinking, plan: message.plan ?? '' }[kind]
    this.say(kind, piece, whole.slice(this.#at[kind], this.#at[kind] + piece.length))
    this.#at[kind] += piece.length
  }

  protected toolCall(id: string | undefined, name: string): void {
    const call = this.response.toolCalls[this.#argumentsAt.push(0) - 1]
    this.say('tool id', id, call?.id)
    this.say('tool name', name, call?.name)
  }

  protected arguments(piece: string | undefined): void {
    if (!piece) return
    const index = this.#argumentsAt.length - 1
    const from = this.#argumentsAt[index] ?? 0
    this.say('arguments', piece, this.response.toolCalls[index]?.raw.slice(from, from + piece.length))
    this.#argumentsAt[index] = from + piece.length
  }

  protected tokens(tokens: WireUsage['tokens'], cached: number | undefined, usage: Usage): void {
    const { inputTokens, cacheReadTokens, outputTokens, reasoningTokens } = usage
    this.say('input_tokens', tokens?.input_tokens, sum(inputTokens, cacheReadTokens))
    this.say('output_tokens', tokens?.output_tokens, sum(outputTokens, reasoningTokens))
    this.say('reasoning_tokens', tokens?.reasoning_tokens, reasoningTokens)
    this.say('image_tokens', tokens?.image_tokens, usage.imageTokens)
    this.say('cached_tokens', cached, cacheReadTokens)
  }

  protected billed(units: WireUsage['billed_units'], { billed }: Usage): void {
    this.say('billed input_tokens', units?.input_tokens, billed?.inputTokens)
    this.say('billed output_tokens', units?.output_tokens, billed?.outputTokens)
    this.say('search_units', units?.search_units, billed?.searchUnits)
    this.say('classifications', units?.classifications, billed?.classifications)
  }

  /** The response must not say more than the answer did, either. */
  protected close(): void {
    const { content, thinking, message, toolCalls, citations } = this.response
    this.say(
      'length of texts',
      { ...this.#at },
      {
        content: content.length,
        thinking: thinking.length,
        plan: message.plan?.length ?? 0,
      },
    )
    this.say('number of calls', this.#argumentsAt.length, toolCalls.length)
    this.say('number of citations', this.citations, citations.length)
  }
}

/** The words of v2 chat. */
export class V2Words extends NeutralWords {
  #tokens = 0

  static ofStream(events: readonly CohereStreamEvent[], response: BaseCallResponse): readonly Word[] {
    const words = new V2Words(response)
    for (const event of events) words.#event(event)
    words.close()
    return words.words
  }

  static ofAnswer({ id, message, logprobs = [], ...end }: WireResponse, response: BaseCallResponse): readonly Word[] {
    const words = new V2Words(response)
    words.say('id', id, response.id)
    for (const content of message.content ?? []) words.#content(content)
    words.text('plan', message.tool_plan)
    for (const call of message.tool_calls ?? []) words.#call(call)
    for (const citation of message.citations ?? []) words.#citation(citation)
    for (const [index, each] of logprobs.entries()) words.#logprobs(each, index)
    words.#end(end)
    words.close()
    return words.words
  }

  #event(event: CohereStreamEvent): void {
    if (event.type === 'message-start') this.say('id', event.id, this.response.id)
    if (event.type === 'content-start' || event.type === 'content-delta') this.#content(event.delta.message.content)
    if (event.type === 'content-delta' && event.logprobs) this.#logprobs(event.logprobs, this.#tokens++)
    if (event.type === 'tool-plan-delta') this.text('plan', event.delta.message.tool_plan)
    if (event.type === 'tool-call-start') this.#call(event.delta.message.tool_calls)
    if (event.type === 'tool-call-delta') this.arguments(event.delta.message.tool_calls.function.arguments)
    if (event.type === 'citation-start') this.#citation(event.delta.message.citations)
    if (event.type === 'message-end') this.#end(event.delta)
  }

  #content(content: Partial<WireContent & { text: string; thinking: string }>): void {
    this.text('content', content.text)
    this.text('thinking', content.thinking)
  }

  #call({ id, function: called }: WireToolCall): void {
    this.toolCall(id, called.name)
    this.arguments(called.arguments)
  }

  #citation({ start, end, text, sources, type }: WireCitation): void {
    const citation = this.response.citations[this.citations++]
    const targets = { TEXT_CONTENT: 'text', THINKING_CONTENT: 'thinking', PLAN: 'plan' }
    this.say('start', start, citation?.start)
    this.say('end', end, citation?.end)
    this.say('text', text, citation?.text)
    this.say('type', type && targets[type], citation?.target)
    for (const [index, source] of sources.entries()) {
      const neutral = citation?.sources[index]
      this.say('source type', source.type, neutral?.type)
      this.say('source id', source.id, neutral?.id)
      for (const [name, value] of Object.entries({ ...source.document, ...source.tool_output }))
        this.say(`source ${name}`, value, neutral?.data?.[name])
    }
  }

  #logprobs({ text, token_ids: ids, logprobs }: WireLogprobs, index: number): void {
    const neutral = this.response.logprobs[index]
    this.say('logprobs text', text, neutral?.text)
    this.say('token_ids', ids, neutral?.tokenIds)
    this.say('logprobs', logprobs, neutral?.logprobs)
  }

  #end({ finish_reason: reason, usage }: Pick<WireResponse, 'finish_reason' | 'usage'>): void {
    this.say('finish_reason', reason, this.response.finishReason.raw)
    this.tokens(usage?.tokens, usage?.cached_tokens, this.response.usage)
    this.billed(usage?.billed_units, this.response.usage)
  }
}

/** The words of v1 chat. */
export class V1Words extends NeutralWords<CohereV1CallResponse> {
  static ofStream(events: readonly CohereV1StreamEvent[], response: CohereV1CallResponse): readonly Word[] {
    const words = new V1Words(response)
    for (const event of events) words.#event(event)
    words.close()
    return words.words
  }

  static ofAnswer(answer: WireV1Response, response: CohereV1CallResponse): readonly Word[] {
    const words = new V1Words(response)
    // The text of an answer that asks for tools is the plan for them.
    words.text((answer.tool_calls?.length ?? 0) > 0 ? 'plan' : 'content', answer.text)
    for (const { name, parameters } of answer.tool_calls ?? []) {
      words.toolCall(undefined, name)
      words.arguments(JSON.stringify(parameters ?? undefined))
    }
    for (const citation of answer.citations ?? []) words.#citation(citation, words.citations++)
    words.#repeated(answer)
    words.close()
    return words.words
  }

  #event(event: CohereV1StreamEvent): void {
    if (event.event_type === 'stream-start') this.say('generation_id', event.generation_id, this.response.id)
    if (event.event_type === 'text-generation') this.text('content', event.text)
    if (event.event_type === 'search-results') this.#documents(event.documents)
    if (event.event_type === 'citation-generation')
      for (const citation of event.citations) this.#citation(citation, this.citations++)
    if (event.event_type === 'tool-calls-chunk') {
      const { name, parameters, text } = event.tool_call_delta ?? {}
      this.text('plan', event.text)
      this.text('plan', text)
      if (name !== undefined) this.toolCall(undefined, name)
      this.arguments(parameters)
    }
    if (event.event_type === 'tool-calls-generation') this.#calls(event.tool_calls)
    if (event.event_type === 'stream-end') {
      this.say('finish_reason', event.finish_reason, this.response.finishReason.raw)
      this.#repeated(event.response)
    }
  }

  /** What a whole answer has, which the last event of a stream repeats. */
  #repeated(answer: WireV1Response): void {
    const { response } = this
    const { plan } = response.message
    this.say('whole text', answer.text, response.content === '' ? (plan ?? '') : response.content)
    this.say('generation_id', answer.generation_id, response.id)
    this.say('finish_reason', answer.finish_reason, response.finishReason.raw)
    this.#calls(answer.tool_calls ?? [])
    for (const [index, citation] of (answer.citations ?? []).entries()) this.#citation(citation, index)
    this.#documents(answer.documents)
    for (const [index, query] of (answer.search_queries ?? []).entries())
      this.say('search query', query.text, response.searchQueries[index]?.text)
    this.tokens(answer.meta?.tokens, answer.meta?.cached_tokens, response.usage)
    this.billed(answer.meta?.billed_units, response.usage)
    for (const warning of answer.meta?.warnings ?? [])
      this.say('warning', warning, response.warnings.find(({ message }) => message === warning)?.message)
  }

  #calls(calls: readonly WireV1ToolCall[]): void {
    for (const [index, { name, parameters }] of calls.entries()) {
      this.say('tool name', name, this.response.toolCalls[index]?.name)
      this.say('parameters', parameters, this.response.toolCalls[index]?.args)
    }
  }

  #citation({ start, end, text, document_ids: ids }: WireV1Citation, index: number): void {
    const citation = this.response.citations[index]
    this.say('start', start, citation?.start)
    this.say('end', end, citation?.end)
    this.say('text', text, citation?.text)
    for (const [at, id] of ids.entries()) this.say('document id', id, citation?.sources[at]?.id)
  }

  /** Documents are with the citations of them, and those that are not cited with the answer. */
  #documents(documents: readonly WireV1Document[] = []): void {
    const cited = this.response.citations.flatMap(({ sources }) => sources)
    for (const document of documents) {
      const source = cited.find(({ id }) => id === document['id'])
      if (source) this.say('cited document', document, source.data)
      const known = this.response.documents.find(({ id }) => id === document['id'])
      if (known) this.say('document', document, known)
    }
  }
}

function sum(whole: number | undefined, part = 0): number | undefined {
  return whole === undefined ? undefined : whole + part
}
