import type { Usage } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import { tokenTotals } from '../token-totals.ts'

/** A usage as the Responses API tells it. */
export function encodeUsage(usage: Usage): JsonObject {
  const { input, output, cached, reasoning } = tokenTotals(usage)
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached, cache_write_tokens: usage.cacheWriteTokens ?? 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  }
}
