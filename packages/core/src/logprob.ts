/** The log-probability of generated tokens. */
export interface TokenLogprobs {
  /** The text that the tokens make up, where the provider gives it. */
  readonly text?: string
  readonly tokenIds?: readonly number[]
  /** One log-probability per token id. */
  readonly logprobs: readonly number[]
  /** What the model might have written instead, the likeliest first, where the provider tells. */
  readonly alternatives?: readonly TokenAlternative[]
  /** Which generated text the tokens belong to; absent where that is the text of the answer. */
  readonly target?: 'thinking' | 'refusal'
}

/** A token that the model might have written. */
export interface TokenAlternative {
  readonly text: string
  readonly logprob: number
}
