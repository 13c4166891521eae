/** What a provider charges for, counted. A unit that it did not report is absent. */
export interface BillableUnits {
  readonly inputTokens?: number
  readonly cacheReadTokens?: number
  readonly cacheWriteTokens?: number
  readonly outputTokens?: number
  readonly searchUnits?: number
  readonly images?: number
  /** Tokens that stand for images, where they are charged for apart from `inputTokens`. */
  readonly imageTokens?: number
  /** Input tokens that stand for audio, where they are charged for apart from `inputTokens`. */
  readonly audioTokens?: number
  /** Output tokens that stand for audio, where they are charged for apart from `outputTokens`. */
  readonly outputAudioTokens?: number
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
  /** Output tokens that are in no other bucket. */
  readonly outputTokens?: number
  /** Output tokens that stand for audio. */
  readonly outputAudioTokens?: number
  /** Output tokens that the caller had predicted, and that are part of the answer. */
  readonly acceptedPredictionTokens?: number
  /** Output tokens that the caller had predicted, and that are no part of the answer. They are charged for all the same. */
  readonly rejectedPredictionTokens?: number
  /** Output tokens that the model spent on thinking. */
  readonly reasoningTokens?: number
  /** What the provider says that it charges for, where it says so. */
  readonly billed?: BillableUnits
  /** What the provider says that it charges, in whole nano-USD (10⁻⁹ USD), where it says so. */
  readonly billedNanoUsd?: number
}

/**
 * What several requests consumed together. A token bucket is in it where every request reported one, since the sum would
 * leave something out otherwise. Billed units are in it where every request was billed: a unit that one of them does not
 * list was not charged there.
 */
export function sumUsage(usages: readonly Usage[]): Usage {
  const total: { -readonly [Key in keyof Usage]: Usage[Key] } = {}
  for (const bucket of Object.keys(usages[0] ?? {}) as (keyof Usage)[]) {
    if (bucket === 'billed') {
      const billed = usages.flatMap((usage) => usage.billed ?? [])
      if (billed.length === usages.length) total.billed = sumUnits(billed)
    } else {
      const counts = usages.flatMap((usage) => usage[bucket] ?? [])
      if (counts.length === usages.length) total[bucket] = counts.reduce((sum, count) => sum + count, 0)
    }
  }
  return total
}

function sumUnits(bills: readonly BillableUnits[]): BillableUnits {
  const total: { -readonly [Unit in keyof BillableUnits]: BillableUnits[Unit] } = {}
  for (const bill of bills) {
    for (const unit of Object.keys(bill) as (keyof BillableUnits)[])
      total[unit] = (total[unit] ?? 0) + (bill[unit] ?? 0)
  }
  return total
}
