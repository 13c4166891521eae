import { isObject, numberIn, type Usage, withoutUndefined } from '@interlingua/core/adapter'
import { billedNanoUsd, without } from '../billing.ts'

/**
 * Reads the usage of a response into disjoint buckets: what was read from and written to the cache is a part of
 * `input_tokens`, and what was spent on reasoning a part of `output_tokens`.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/object#responses/object-usage
 */
export function decodeUsage(usage: Readonly<Record<string, unknown>>): Usage {
  const { input_tokens: input, output_tokens: output } = usage
  const { cached_tokens: read, cache_write_tokens: written } = objectIn(usage['input_tokens_details'])
  const { reasoning_tokens: reasoning } = objectIn(usage['output_tokens_details'])
  const cacheReadTokens = numberIn(read)
  const cacheWriteTokens = numberIn(written)
  const reasoningTokens = numberIn(reasoning)
  return withoutUndefined({
    inputTokens: without(numberIn(input), [cacheReadTokens, cacheWriteTokens]),
    cacheReadTokens,
    cacheWriteTokens,
    outputTokens: without(numberIn(output), [reasoningTokens]),
    reasoningTokens,
    billedNanoUsd: billedNanoUsd(usage),
  })
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {}
}
