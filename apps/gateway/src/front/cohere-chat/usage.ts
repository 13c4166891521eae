import { type Usage, withoutUndefined } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import { tokenTotals } from '../token-totals.ts'

/** A usage as Cohere tells it. What another provider bills is what it counts, where it does not say otherwise. */
export function encodeUsage(usage: Usage): JsonObject {
  const { input, output, cached, reasoning } = tokenTotals(usage)
  const { billed } = usage
  return withoutUndefined({
    billed_units: { input_tokens: billed?.inputTokens ?? input, output_tokens: billed?.outputTokens ?? output },
    tokens: withoutUndefined({
      // Cohere counts images apart.
      input_tokens: input - (usage.imageTokens ?? 0),
      output_tokens: output,
      reasoning_tokens: reasoning > 0 ? reasoning : undefined,
      image_tokens: usage.imageTokens,
    }),
    cached_tokens: usage.cacheReadTokens === undefined ? undefined : cached,
  })
}
