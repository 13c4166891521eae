import type { JsonObject } from '../json.ts'
import type { ScriptedToolCall } from '../script.ts'
import type { FinishReason, Logprob } from './wire.ts'

/** What another choice of an answer says, where a request asks for several (`n`). */
export interface ScriptedChoice {
  readonly text?: string
  readonly refusal?: string
  readonly toolCalls?: readonly ScriptedToolCall[]
}

/** A failure after the status 200, inside of a stream. */
export interface StreamError {
  readonly message: string
  readonly type?: string
  readonly code?: string | number
  readonly param?: string
}

/** What a script can change in OpenAI's protocols only. */
export interface OpenAIScript {
  /** The finish reason of a chat's choices; `length` and `content_filter` make a response incomplete. */
  readonly finishReason?: FinishReason
  /** The annotations of the text, sent as they are, in place of those made of `citations`. */
  readonly annotations?: readonly JsonObject[]
  /** The log probabilities of each piece of the text, where the request asks for them. */
  readonly logprobs?: readonly Logprob[]
  /** What the second and later choices of a chat say; default each its own. */
  readonly choices?: readonly ScriptedChoice[]
  /**
   * Output items of a response before its message and calls, such as a `web_search_call`; sent as they are, each with
   * the events that its type has.
   */
  readonly items?: readonly JsonObject[]
  /** The encrypted content of a response's reasoning; default one that is made from the request. */
  readonly encryptedContent?: string
  /** Ends the answer after so many tokens of text, refusal and arguments, with the script's finish reason or error. */
  readonly afterTokens?: number
  /** Fails inside of the stream, after `afterTokens`. A response that is not streamed gets the status `failed`. */
  readonly error?: StreamError
  /** The usage to report in the protocol's own words, whatever was counted. */
  readonly usage?: JsonObject
  /**
   * Replaces each chunk or event of a stream by those that it returns, such as the event with another field, itself
   * and an unknown one, or none. `[DONE]` is not asked about.
   */
  readonly mapEvent?: (event: JsonObject) => readonly JsonObject[]
  /** Replaces an answer that is not streamed. */
  readonly mapAnswer?: (answer: JsonObject) => JsonObject
}
