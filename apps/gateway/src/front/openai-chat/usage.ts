import type { Usage } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import { tokenTotals } from '../token-totals.ts'

/** A usage as chat completions tell it. */
export function encodeUsage(usage: Usage): JsonObject {
  const { input, output, cached, reasoning } = tokenTotals(usage)
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached, audio_tokens: usage.audioTokens ?? 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoning,
      audio_tokens: usage.outputAudioTokens ?? 0,
      accepted_prediction_tokens: usage.acceptedPredictionTokens ?? 0,
      rejected_prediction_tokens: usage.rejectedPredictionTokens ?? 0,
    },
  }
}
