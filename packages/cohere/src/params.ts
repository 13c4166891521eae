import type { CallParams } from '@interlingua/core'

/** Whether and how long a reasoning model thinks before it answers. */
export interface CohereThinking {
  readonly type: 'enabled' | 'disabled'
  /** The most tokens to think with. Cohere advises to leave 1,000 of `maxTokens` for the answer. */
  readonly tokenBudget?: number
}

/**
 * The parameters of a Cohere call: the neutral ones, with Cohere's ranges, and Cohere's own.
 *
 * @see https://docs.cohere.com/reference/chat
 */
export interface CohereParams extends CallParams {
  /** 0 to 1. Default 0.3; reasoning models 0.6. */
  readonly temperature?: number
  /** 0.01 to 0.99, sent as `p`. Default 0.75; reasoning models 0.95. */
  readonly topP?: number
  /** 0 to 500, sent as `k`. Default 0, which is no limit. */
  readonly topK?: number
  /** 0 to 1. */
  readonly frequencyPenalty?: number
  /** 0 to 1. */
  readonly presencePenalty?: number
  /** At most 5, sent as `stop_sequences`. */
  readonly stop?: readonly string[]
  /** Reasoning models only, which think unless told otherwise. */
  readonly thinking?: CohereThinking
  /** How strictly answers are moderated. Default `CONTEXTUAL`. */
  readonly safetyMode?: 'CONTEXTUAL' | 'STRICT' | 'OFF'
  /** Adds the log-probability of each token to the response. */
  readonly logprobs?: boolean
  /** 0 (first) to 999: which requests wait when Cohere is busy. Default 0. */
  readonly priority?: number
}
