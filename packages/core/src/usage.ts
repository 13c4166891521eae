/** What a provider charges for, counted. A unit that it did not report is absent. */
export interface BillableUnits {
  readonly inputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  readonly outputTokens?: number
  readonly searchUnits?: number
  readonly images?: number
  readonly classifications?: number
}

/**
 * What a call consumed, in tokens. The buckets are disjoint: add them up and no token is counted twice. A bucket that
 * the provider did not report is absent, never 0.
 */
export interface Usage {
  /** Input tokens that were neither read from nor written to a cache, and are neither image nor audio. */
  readonly inputTokens?: number
  /** Input tokens that were read from the provider's prompt cache. */
  readonly cacheReadTokens?: number
  /** Input tokens that were written to the provider's prompt cache. */
  readonly cacheWriteTokens?: number
  /** Input tokens that stand for images. */
  readonly imageTokens?: number
  /** Input tokens that stand for audio. */
  readonly audioTokens?: number
  /** Output tokens without reasoning. */
  readonly outputTokens?: number
  /** Output tokens that the model spent on thinking. */
  readonly reasoningTokens?: number
  /** What the provider says that it charges for, where it says so. */
  readonly billed?: BillableUnits
}
