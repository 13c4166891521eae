/**
 * The sampling parameters that most providers know, under one name each. Every provider's own parameters stand beside
 * these in its `Params` type. What is left out is left to the provider's default.
 */
export interface CallParams {
  /** Randomness; the range is the provider's. */
  readonly temperature?: number
  /** The most tokens to generate. */
  readonly maxTokens?: number
  /** Nucleus sampling: the probability mass to choose from. */
  readonly topP?: number
  /** The number of most likely tokens to choose from. */
  readonly topK?: number
  /** Lowers the chance of tokens by how often they have occurred. */
  readonly frequencyPenalty?: number
  /** Lowers the chance of tokens that have occurred at all. */
  readonly presencePenalty?: number
  /** Asks for repeatable sampling. */
  readonly seed?: number
  /** Texts that end the generation; they are not part of the answer. */
  readonly stop?: readonly string[]
}
