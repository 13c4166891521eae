import { type Loose, numberIn, type Usage, withoutUndefined } from '@interlingua/core/adapter'
import { billedNanoUsd, without } from './billing.ts'
import type { OpenAIDialect } from './dialects/dialect.ts'
import type { WireUsage } from './wire.ts'

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
