import type { AudioPart } from './audio.ts'
import { type CallRecord, callRecordOf } from './call-record.ts'
import type { Citation } from './citation.ts'
import { continuationOf, conversationAfter, optionsAfter } from './continuation.ts'
import type { Cost } from './cost.ts'
import type { TokenLogprobs } from './logprob.ts'
import type { AssistantMessage, Message, ToolMessage, UserMessage } from './message.ts'
import type { PromptContent } from './prompt.ts'
import type { CallOptions, ProviderTypes, StreamOf } from './types.ts'
import { endOf, type Timings } from './timings.ts'
import type { RunToolsArguments } from './tool-context.ts'
import type { ToolCall } from './tool.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

/** The request as it was sent, without its headers, which hold the key. */
export interface SentRequest {
  readonly url: string
  readonly body: object
}

/** The answer to a call, streamed or not: both are folded from the same deltas. */
export class BaseCallResponse<T extends ProviderTypes = ProviderTypes> {
  /** The provider that answered, for example `cohere`. */
  declare readonly provider: string
  /** The model that answered: as the provider names it, else as it was asked for. */
  declare readonly model: string
  /** The provider's id of the response. */
  declare readonly id: string | undefined
  /** The provider's id of the request, which its support asks for. */
  declare readonly requestId: string | undefined
  /** What the model said, ready to be put into the next request. */
  declare readonly message: AssistantMessage
  /** Why the model stopped. */
  declare readonly finishReason: T['FinishReason']
  /** Tokens in disjoint buckets, and billed units. */
  declare readonly usage: Usage
  /** What the call costs; `undefined` where the price or the billed units are unknown. */
  declare readonly cost: Cost | undefined
  /** Log-probabilities of the generated tokens, where they were asked for. */
  declare readonly logprobs: readonly TokenLogprobs[]
  /**
   * The value of an answer in JSON, in terms of the schema that was given: what the provider needed beyond that is taken out
   * again. `undefined` where no form was asked for, and where the answer is not complete or not JSON, which a warning tells.
   */
  declare readonly json: unknown
  /** What the caller should know. */
  declare readonly warnings: readonly Warning[]
  declare readonly timings: Timings
  /** The conversation that was sent. */
  declare readonly messages: readonly T['Message'][]
  /** The request as it was sent; `undefined` where none was sent. */
  declare readonly request: SentRequest | undefined
  /** The response headers, with lower-case names. */
  declare readonly headers: Readonly<Record<string, string>>
  /** The provider's whole answer, parsed from JSON and otherwise untouched; `undefined` for a stream, whose chunks hold it. */
  declare readonly raw: unknown

  constructor(fields: ResponseFields<T>) {
    Object.assign(this, fields)
  }

  /** The text of the answer; `''` where there is none. */
  get content(): string {
    return textOf(this.message, 'text')
  }

  /** The model's reasoning; `''` where there is none. */
  get thinking(): string {
    return textOf(this.message, 'thinking')
  }

  /** What the model said instead of an answer that it refuses to give; `''` where it does not refuse. */
  get refusal(): string {
    return textOf(this.message, 'refusal')
  }

  /** What the model spoke, where it was asked to speak. */
  get audio(): AudioPart | undefined {
    const { content } = this.message
    return typeof content === 'string' ? undefined : content.find((part) => part.type === 'audio')
  }

  /** The tool calls that the model asks for. */
  get toolCalls(): readonly ToolCall[] {
    return this.message.toolCalls ?? []
  }

  /** The spans of the answer that rest on sources. */
  get citations(): readonly Citation[] {
    return this.message.citations ?? []
  }

  /** The user's message that was answered; `undefined` where the conversation did not end with one. */
  get userMessage(): UserMessage | undefined {
    return lastUserMessage(this.messages)
  }

  /** How the call came about: template, arguments, metadata, and what the prompt function said of it. */
  get call(): CallRecord<T> {
    return callRecordOf(this)
  }

  /** When the request was sent, in milliseconds since the Unix epoch. */
  get startedAt(): number {
    return this.timings.startedAt
  }

  /** When the answer ended, in milliseconds since the Unix epoch; `undefined` while a stream goes on. */
  get endedAt(): number | undefined {
    return endOf(this.timings)
  }

  /**
   * Runs the tools that the model asks for, all at the same time, and gives the messages that answer it, in the order of
   * the calls: `await response.resume(await response.runTools())`. What goes wrong in a tool, the model is told. A tool
   * that was given without `run` is left out: its result is the caller's to add. Where the tools of the call are known to
   * need a context, it has to be given.
   *
   * @throws {InterlinguaError} of code `aborted` where `signal`, or the one of the call, aborts.
   */
  async runTools<Self extends BaseCallResponse>(
    this: Self,
    ...[options]: RunToolsArguments<Self>
  ): Promise<ToolMessage[]> {
    if (this.toolCalls.length === 0) return []
    const { tools = [], signal } = continuationOf(this).options
    const { ToolRunner } = await import('./tool-runner.ts')
    const runner = new ToolRunner(tools, { ...(signal && { signal }), ...options })
    const results = await runner.runAll(this.toolCalls)
    return results.map(({ message }) => message)
  }

  /**
   * Asks the same model on: the conversation so far, then a text of the user's, or messages such as those of `runTools`.
   * Tools, parameters and everything else are those of the call, but for what `options` changes. A `toolChoice` that made
   * the model call a tool is not repeated.
   *
   * @throws {InterlinguaError} where there is no answer, and of code `invalid_request` where a tool call has no result.
   */
  async resume(content: PromptContent<T>, options?: CallOptions<T>): Promise<T['Response']> {
    const { model } = continuationOf(this)
    return model.call(conversationAfter(this, content), this.#optionsWith(options))
  }

  /** The same as `resume`, streamed. */
  resumeStream(content: PromptContent<T>, options?: CallOptions<T>): StreamOf<T> {
    const { model } = continuationOf(this)
    return model.stream(conversationAfter(this, content), this.#optionsWith(options))
  }

  #optionsWith(changes: CallOptions<T> | undefined): CallOptions<T> {
    const { options } = continuationOf(this)
    return { ...(this.toolCalls.length > 0 ? optionsAfter(options) : options), ...changes }
  }
}

/** What a response is made of; the rest of it is derived from these. */
export type ResponseFields<T extends ProviderTypes = ProviderTypes> = Omit<
  BaseCallResponse<T>,
  | 'content'
  | 'thinking'
  | 'refusal'
  | 'audio'
  | 'toolCalls'
  | 'citations'
  | 'userMessage'
  | 'call'
  | 'startedAt'
  | 'endedAt'
  | 'runTools'
  | 'resume'
  | 'resumeStream'
>

/** The message of the user's that a conversation ends with. */
export function lastUserMessage(messages: readonly Message[]): UserMessage | undefined {
  const last = messages.at(-1)
  return last?.role === 'user' ? last : undefined
}

function textOf(message: AssistantMessage, type: 'text' | 'thinking' | 'refusal'): string {
  if (typeof message.content === 'string') return type === 'text' ? message.content : ''
  let text = ''
  for (const part of message.content) if (part.type === type) text += part.text
  return text
}
