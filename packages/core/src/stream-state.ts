import { type CallRecord, callRecord } from './call-record.ts'
import type { Citation } from './citation.ts'
import type { Cost } from './cost.ts'
import type { AssistantMessage, UserMessage } from './message.ts'
import { lastUserMessage, type SentRequest } from './response.ts'
import type { Pipeline } from './pipeline.ts'
import type { StreamSource } from './stream-source.ts'
import { endOf, type Timings } from './timings.ts'
import type { ToolCall } from './tool.ts'
import type { ProviderTypes } from './types.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

/**
 * What is known of an answer at any moment: before it is asked for, while it arrives, and after any ending. What has not
 * come yet is empty or `undefined`. Reading it does not read the stream, and costs nothing that grows with every chunk but
 * for the texts themselves.
 */
export class StreamState<T extends ProviderTypes> {
  readonly #source: StreamSource<T>
  readonly #pipeline: Pipeline<T>

  constructor(source: StreamSource<T>, pipeline: Pipeline<T>) {
    this.#source = source
    this.#pipeline = pipeline
  }

  /** The response as far as it has come, at any moment and after any ending. */
  get partial(): T['Response'] {
    return this.#pipeline.partial
  }

  /** The provider that answers, for example `cohere`. */
  get provider(): string {
    return this.#source.provider
  }

  /** The model that answers: as the provider names it once it does, else as it was asked for. */
  get model(): string {
    return this.#pipeline.fold.model ?? this.#source.model
  }

  /** The provider's id of the response. */
  get id(): string | undefined {
    return this.#pipeline.fold.id
  }

  /** What the call was given beside its parameters. */
  get config(): T['Config'] {
    return this.#source.config
  }

  /** The parameters that the call was given. */
  get params(): T['Params'] {
    return this.#source.params
  }

  /** The conversation that was sent; empty until the first pull. */
  get messages(): readonly T['Message'][] {
    return this.#source.messages
  }

  /** The user's message that is answered; `undefined` where the conversation does not end with one. */
  get userMessage(): UserMessage | undefined {
    return lastUserMessage(this.messages)
  }

  /** How the call came about: template, arguments, metadata, and what the prompt function said of it. */
  get call(): CallRecord<T> {
    return callRecord<T>(this.#source.origin ?? {}, this.config, this.params)
  }

  /** The request as it was sent; `undefined` until then. */
  get request(): SentRequest | undefined {
    return this.partial.request
  }

  /** The text so far. */
  get content(): string {
    return this.#pipeline.response?.content ?? this.#pipeline.fold.text('text')
  }

  /** The reasoning so far. */
  get thinking(): string {
    return this.#pipeline.response?.thinking ?? this.#pipeline.fold.text('thinking')
  }

  /** What the model has said so far, as a message. */
  get message(): AssistantMessage {
    return this.#pipeline.response?.message ?? { ...this.#pipeline.fold.message(), provider: this.provider }
  }

  /** The tool calls so far; the last one may not be complete. */
  get toolCalls(): readonly ToolCall[] {
    return this.message.toolCalls ?? []
  }

  /** The citations so far. */
  get citations(): readonly Citation[] {
    return this.#pipeline.response?.citations ?? this.#pipeline.fold.citations
  }

  /** Why the model stopped; `undefined` as long as it has not. */
  get finishReason(): T['FinishReason'] | undefined {
    return this.#pipeline.fold.finished ? (this.#pipeline.response ?? this.#pipeline.fold).finishReason : undefined
  }

  /** What has been reported as used so far; providers report it at the end, most of them. */
  get usage(): Usage {
    return (this.#pipeline.response ?? this.#spending).usage
  }

  /** What that costs; `undefined` where it is not known, or not yet. */
  get cost(): Cost | undefined {
    return (this.#pipeline.response ?? this.#spending).cost
  }

  /** What the caller should know, so far. */
  get warnings(): readonly Warning[] {
    return this.partial.warnings
  }

  /** When the call happened, and how long its phases took; `undefined` until it is begun. */
  get timings(): Timings | undefined {
    return this.#pipeline.response?.timings ?? this.#pipeline.stopwatch?.timings()
  }

  /** When the stream was begun, in milliseconds since the Unix epoch. */
  get startedAt(): number | undefined {
    return this.timings?.startedAt
  }

  /** When the stream ended, in whatever way, in milliseconds since the Unix epoch. */
  get endedAt(): number | undefined {
    return this.timings && endOf(this.timings)
  }

  get #spending(): { readonly usage: Usage; readonly cost: Cost | undefined } {
    return this.#source.spending?.(this.#pipeline.fold) ?? { usage: this.#pipeline.fold.usage, cost: undefined }
  }
}
