import { type Delta, Fold, itemsIn, type Loose, numberIn, type ToolCallReading } from '@interlingua/core/adapter'
import type { AnswerDecoder } from './answer-decoder.ts'
import { type ChoiceContext, ChoiceDecoder, failureOf } from './choice-decoder.ts'
import { OpenAICallResponseChunk, type OpenAIChoiceDeltas } from './chunk.ts'
import type { OpenAIFinishReason } from './finish-reason.ts'
import type { PlainAnswer } from './plain-answer.ts'
import type { OpenAIChoice } from './response.ts'
import type { WireChatCompletion } from './wire.ts'

/** What reading an answer takes. */
export interface ChatContext extends ChoiceContext {
  /** How the tool calls of further answers are read; core reads those of the first. */
  readonly reading: ToolCallReading
}

/**
 * Reads any answer, streamed or not. A piece of a stream says little by itself, and of several answers each grows on its own,
 * so that what has come is remembered as long as the call lasts.
 */
export class ChatDecoder implements AnswerDecoder<OpenAICallResponseChunk> {
  readonly #context: ChatContext
  /** What has been read so far of the answer as a whole. */
  readonly #answer: PlainAnswer
  readonly #choices = new Map<number, ChoiceDecoder>()
  /** The answers beside the first one, each added up as that one is. */
  readonly #others = new Map<number, Fold>()
  /** The end of the first answer, while others are not complete. */
  #end: readonly Delta[] = []

  /** Goes on from what was read in the plain way. */
  constructor(context: ChatContext, answer: PlainAnswer) {
    this.#context = context
    this.#answer = answer
    this.#choice(0).finished = answer.finished
  }

  decodeEvent(event: Record<string, unknown>): OpenAICallResponseChunk {
    const others: OpenAIChoiceDeltas[] = []
    const deltas = this.#decode(event, others, false)
    return new OpenAICallResponseChunk(event as Record<string, unknown> & WireChatCompletion, deltas, others)
  }

  decodeBody(body: Record<string, unknown>): readonly Delta[] {
    return this.#decode(body, [], true)
  }

  /** The answers beside the first one. */
  get others(): readonly OpenAIChoice[] {
    const choices = [...this.#others].toSorted(([one], [other]) => one - other)
    return choices.map(([index, fold]) => ({
      index,
      message: { ...fold.message(), provider: this.#context.dialect.name },
      finishReason: fold.finishReason as OpenAIFinishReason,
      logprobs: [...fold.logprobs],
    }))
  }

  #decode(event: Loose<WireChatCompletion>, others: OpenAIChoiceDeltas[], isWhole: boolean): readonly Delta[] {
    const deltas = this.#answer.begin(event)
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
    this.#answer.finished = this.#choice(0).finished
    this.#answer.addUsage(event.usage ?? event.x_groq?.usage, deltas)
    if (this.#end.length > 0 && [...this.#choices.values()].every(({ finished }) => finished)) {
      deltas.push(...this.#end)
      this.#end = []
    }
    const error = event.error ?? event.x_groq?.error
    if (error) deltas.push(failureOf(error))
    return deltas
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
