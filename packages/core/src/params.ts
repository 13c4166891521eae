/**
 * The sampling parameters that most providers know, under one name each. Every provider's own parameters stand beside
 * these in its `Params` type. What is left out is left to the provider's default.
 */
export interface CallParams {
  /** Randomness; the range is the provider's. */
  readonly temperature?: number | undefined
  /** The most tokens to generate. */
  readonly maxTokens?: number | undefined
  /** Nucleus sampling: the probability mass to choose from. */
  readonly topP?: number | undefined
  /** The number of most likely tokens to choose from. */
  readonly topK?: number | undefined
  /** Lowers the chance of tokens by how often they have occurred. */
  readonly frequencyPenalty?: number | undefined
  /** Lowers the chance of tokens that have occurred at all. */
  readonly presencePenalty?: number | undefined
  /** Asks for repeatable sampling. */
  readonly seed?: number | undefined
  /** Texts that end the generation; they are not part of the answer. */
  readonly stop?: readonly string[] | undefined
}
