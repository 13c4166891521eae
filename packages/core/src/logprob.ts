/** The log-probability of generated tokens. */
export interface TokenLogprobs {
  /** The text that the tokens make up, where the provider gives it. */
  readonly text?: string
  readonly tokenIds?: readonly number[]
  /** One log-probability per token id. */
  readonly logprobs: readonly number[]
}
