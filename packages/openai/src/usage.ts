import {
  type BillableUnits,
  isObject,
  type Loose,
  numberIn,
  type Usage,
  withoutUndefined,
} from '@interlingua/core/adapter'
import type { OpenAIDialect } from './dialects/dialect.ts'
import type { WireUsage } from './wire.ts'

const nanoUsdPerUsd = 1e9
/** xAI counts in ticks of 10⁻¹⁰ USD: https://docs.x.ai/docs/key-information/consumption-and-rate-limits. */
const ticksPerNanoUsd = 10

/**
 * Reads a usage into disjoint buckets: `prompt_tokens` counts all of the input, what was cached included, and
 * `completion_tokens` all of the output, in which most servers include the reasoning.
 */
export function decodeUsage(
  wire: Loose<WireUsage>,
  { countsReasoning = true, countsAudio = true }: OpenAIDialect,
): Usage {
  const { prompt_tokens_details: input, completion_tokens_details: output } = wire
  const cacheReadTokens = numberIn(input?.cached_tokens) ?? numberIn(wire.prompt_cache_hit_tokens)
  const cacheWriteTokens = numberIn(input?.cache_write_tokens)
  const imageTokens = numberIn(input?.image_tokens)
  const audioTokens = numberIn(input?.audio_tokens)
  const reasoningTokens = numberIn(output?.reasoning_tokens)
  const outputAudioTokens = numberIn(output?.audio_tokens)
  const acceptedPredictionTokens = numberIn(output?.accepted_prediction_tokens)
  const rejectedPredictionTokens = numberIn(output?.rejected_prediction_tokens)
  const stored = [cacheReadTokens, cacheWriteTokens, imageTokens]
  const counted = [outputAudioTokens, acceptedPredictionTokens, rejectedPredictionTokens]
  return withoutUndefined({
    inputTokens: without(numberIn(wire.prompt_tokens), countsAudio ? [...stored, audioTokens] : stored),
    cacheReadTokens,
    cacheWriteTokens,
    imageTokens,
    audioTokens,
    outputTokens: without(numberIn(wire.completion_tokens), countsReasoning ? [...counted, reasoningTokens] : counted),
    reasoningTokens,
    outputAudioTokens,
    acceptedPredictionTokens,
    rejectedPredictionTokens,
    billedNanoUsd: billedNanoUsd(wire),
  })
}

export function billedNanoUsd({ cost, cost_in_usd_ticks: ticks }: Loose<WireUsage>): number | undefined {
  const usd = numberIn(cost) ?? (isObject(cost) ? numberIn(cost['total_cost']) : undefined)
  if (usd !== undefined) return Math.round(usd * nanoUsdPerUsd)
  return typeof ticks === 'number' ? Math.round(ticks / ticksPerNanoUsd) : undefined
}

/** What is charged for: reasoning and predictions cost what other output costs. */
export function billableUnits(usage: Usage): BillableUnits {
  const { outputTokens, reasoningTokens, acceptedPredictionTokens, rejectedPredictionTokens } = usage
  const output = [outputTokens, reasoningTokens, acceptedPredictionTokens, rejectedPredictionTokens]
  return withoutUndefined({
    inputTokens: sum([usage.inputTokens, usage.imageTokens]),
    cacheReadTokens: usage.cacheReadTokens,
    cacheWriteTokens: usage.cacheWriteTokens,
    audioTokens: usage.audioTokens,
    outputTokens: sum(output),
    outputAudioTokens: usage.outputAudioTokens,
  })
}

function without(whole: number | undefined, parts: readonly (number | undefined)[]): number | undefined {
  return whole === undefined ? undefined : Math.max(0, whole - (sum(parts) ?? 0))
}

function sum(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0)
}
