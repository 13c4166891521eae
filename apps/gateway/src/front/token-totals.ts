import type { Usage } from '@interlingua/core'

/** The tokens of a usage, added up as protocols tell them. */
export interface TokenTotals {
  readonly input: number
  readonly output: number
  readonly cached: number
  readonly reasoning: number
}

/** Adds up the disjoint buckets. What is unknown counts as nothing: protocols have no word for it. */
export function tokenTotals(usage: Usage): TokenTotals {
  const { inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, imageTokens = 0, audioTokens = 0 } = usage
  const { outputTokens = 0, reasoningTokens = 0, outputAudioTokens = 0 } = usage
  const { acceptedPredictionTokens = 0, rejectedPredictionTokens = 0 } = usage
  const predicted = acceptedPredictionTokens + rejectedPredictionTokens
  return {
    input: inputTokens + cacheReadTokens + cacheWriteTokens + imageTokens + audioTokens,
    output: outputTokens + reasoningTokens + outputAudioTokens + predicted,
    cached: cacheReadTokens,
    reasoning: reasoningTokens,
  }
}
