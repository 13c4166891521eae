import {
  type Delta,
  Fold,
  itemsIn,
  type Loose,
  numberIn,
  parseObject,
  textIn,
  type ToolCallReading,
  type WireEvent,
} from '@interlingua/core/adapter'
import { type ChoiceContext, ChoiceDecoder, failureOf } from './choice-decoder.ts'
import { OpenAICallResponseChunk, type OpenAIChoiceDeltas } from './chunk.ts'
import type { OpenAIFinishReason } from './finish-reason.ts'
import type { OpenAIAnswerDetails, OpenAIChoice } from './response.ts'
import { decodeUsage } from './usage.ts'
import type { WireChatCompletion } from './wire.ts'

/** What reading an answer takes. */
export interface ChatContext extends ChoiceContext {
  /** How the tool calls of further answers are read; core reads those of the first. */
  readonly reading: ToolCallReading
}

/**
 * Reads an answer, streamed or not. A piece of a stream says little by itself, and of several answers each grows on its own, so
 * that what has come is remembered as long as the call lasts.
 */
export class ChatDecoder {
  readonly #context: ChatContext
  readonly #choices = new Map<number, ChoiceDecoder>()
  /** The answers beside the first one, each added up as that one is. */
  readonly #others = new Map<number, Fold>()
  #id = ''
  #model = ''
  #serviceTier: string | undefined
  #systemFingerprint: string | undefined
  /** The end of the first answer, while others are not complete. */
  #end: readonly Delta[] = []
  #hasUsage = false

  constructor(context: ChatContext) {
    this.#context = context
  }

  /** One event as a chunk; `[DONE]` has none. */
  decodeEvent({ data }: WireEvent): OpenAICallResponseChunk | undefined {
    if (data === '[DONE]') return undefined
    const event = parseObject(data)
    const others: OpenAIChoiceDeltas[] = []
    const deltas = this.#decode(event, others, false)
    return new OpenAICallResponseChunk(event as Record<string, unknown> & WireChatCompletion, deltas, others)
  }

  /** A whole answer as the deltas that a stream of it would have brought. */
  decodeBody(body: Record<string, unknown>): readonly Delta[] {
    return this.#decode(body, [], true)
  }

  /**
   * What was still to come when the connection ended without `[DONE]`: every known server tells the usage at the end of a
   * stream, and one that was cut before that would cost nothing.
   */
  awaited(): string | undefined {
    if (this.#hasUsage || this.#context.dialect.endsSilently) return undefined
    return this.#choices.get(0)?.finished ? 'its usage, and without [DONE]' : undefined
  }

  /** What the answer says beside its first choice. */
  get details(): OpenAIAnswerDetails {
    const choices = [...this.#others].toSorted(([one], [other]) => one - other)
    return {
      others: choices.map(([index, fold]): OpenAIChoice => ({
        index,
        message: { ...fold.message(), provider: this.#context.dialect.name },
        finishReason: fold.finishReason as OpenAIFinishReason,
        logprobs: [...fold.logprobs],
      })),
      serviceTier: this.#serviceTier,
      systemFingerprint: this.#systemFingerprint,
    }
  }

  #decode(event: Loose<WireChatCompletion>, others: OpenAIChoiceDeltas[], isWhole: boolean): readonly Delta[] {
    const deltas: Delta[] = []
    this.#begin(event, deltas)
    const pages = itemsIn<unknown>(event.search_results ?? event.citations)
    for (const choice of itemsIn(event.choices)) {
      const index = numberIn(choice.index) ?? 0
      const said = this.#choice(index).decode(choice, { isWhole, pages })
      if (index === 0) deltas.push(...this.#hold(said))
      else if (said.length > 0) {
        this.#addOther(index, said)
        others.push({ index, deltas: said })
      }
    }
    // Some servers tell the usage with each event, or twice: the last one counts.
    const usage = event.usage ?? event.x_groq?.usage
    if (usage) {
      this.#hasUsage = true
      deltas.push({ type: 'usage', usage: decodeUsage(usage, this.#context.dialect) })
    }
    if (this.#end.length > 0 && [...this.#choices.values()].every(({ finished }) => finished)) {
      deltas.push(...this.#end)
      this.#end = []
    }
    const error = event.error ?? event.x_groq?.error
    if (error) deltas.push(failureOf(error))
    return deltas
  }

  #begin(
    { id, model, service_tier: tier, system_fingerprint: fingerprint }: Loose<WireChatCompletion>,
    deltas: Delta[],
  ): void {
    this.#serviceTier = textIn(tier) ?? this.#serviceTier
    this.#systemFingerprint = textIn(fingerprint) ?? this.#systemFingerprint
    const [newId, newModel] = [textIn(id) || this.#id, textIn(model) || this.#model]
    if (newId === this.#id && newModel === this.#model) return
    this.#id = newId
    this.#model = newModel
    deltas.push({ type: 'start', ...(newId && { id: newId }), ...(newModel && { model: newModel }) })
  }

  #choice(index: number): ChoiceDecoder {
    const known = this.#choices.get(index)
    if (known) return known
    const choice = new ChoiceDecoder(this.#context)
    this.#choices.set(index, choice)
    return choice
  }

  /** Keeps the end of the first answer until all of them have come: only then is the stream complete. */
  #hold(deltas: readonly Delta[]): readonly Delta[] {
    const end = deltas.filter(({ type }) => type === 'finish')
    if (end.length === 0) return deltas
    this.#end = end
    return deltas.filter(({ type }) => type !== 'finish')
  }

  #addOther(index: number, deltas: readonly Delta[]): void {
    const fold = this.#others.get(index) ?? new Fold(this.#context.reading)
    this.#others.set(index, fold)
    for (const delta of deltas) fold.add(delta)
  }
}
