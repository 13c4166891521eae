import type { FinishReason } from './wire.ts'

/** What a script can change in Cohere's protocol only. */
export interface CohereScript {
  /** The answer's finish reason; `ERROR` ends a stream as Cohere does after a failure, with empty usage. */
  readonly finishReason?: FinishReason
  /** The `error` text beside the finish reason `ERROR`, in streams only. */
  readonly error?: string
  /** The `error_type` beside the finish reason `ERROR`, in streams only, such as `INVALID_TOOL_GENERATION`. */
  readonly errorType?: string
  /** Ends the answer after so many tokens, with the script's finish reason. */
  readonly afterTokens?: number
}
