import type { JsonObject } from '../json.ts'
import type { Citation, FinishReason, Logprobs, Usage } from './wire.ts'

/** What a script can change in Cohere's protocol only. */
export interface CohereScript {
  /** The tool plan, also of a model that thinks. */
  readonly plan?: string
  /** The citations, sent as they are; what they say is not checked against the text. */
  readonly citations?: readonly Citation[]
  /** The log probabilities of each piece of the text, where the request asks for them. */
  readonly logprobs?: readonly Logprobs[]
  /** The answer's finish reason; `ERROR` ends a stream as Cohere does after a failure, with empty usage. */
  readonly finishReason?: FinishReason
  /** The `error` text beside the finish reason `ERROR`, in streams only. */
  readonly error?: string
  /** The `error_type` beside the finish reason `ERROR`, in streams only, such as `INVALID_TOOL_GENERATION`. */
  readonly errorType?: string
  /** Ends the answer after so many tokens of plan, text and arguments, with the script's finish reason. */
  readonly afterTokens?: number
  /** The usage to report, whatever was counted. */
  readonly usage?: Usage
  /**
   * Replaces each event of a stream by those that it returns, such as the event with another field, itself and an
   * unknown one, or none. `[DONE]` is not asked about.
   */
  readonly mapEvent?: (event: JsonObject) => readonly JsonObject[]
  /** Replaces an answer that is not streamed. */
  readonly mapAnswer?: (answer: JsonObject) => JsonObject
}
