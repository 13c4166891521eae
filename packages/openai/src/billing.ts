import {
  type BillableUnits,
  isObject,
  type Loose,
  numberIn,
  type Usage,
  withoutUndefined,
} from '@interlingua/core/adapter'
import type { WireUsage } from './wire.ts'

const nanoUsdPerUsd = 1e9
/** xAI counts in ticks of 10⁻¹⁰ USD: https://docs.x.ai/docs/key-information/consumption-and-rate-limits. */
const ticksPerNanoUsd = 10

/** What a server says that it charges, where it does. */
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

/** A count without those that are a part of it; `undefined` where it is not known. */
export function without(whole: number | undefined, parts: readonly (number | undefined)[]): number | undefined {
  return whole === undefined ? undefined : Math.max(0, whole - (sum(parts) ?? 0))
}

function sum(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0)
}
