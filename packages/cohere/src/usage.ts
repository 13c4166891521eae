import { type Usage, withoutUndefined } from '@interlingua/core'
import type { Loose, WireUsage } from './wire.ts'

/**
 * Reads Cohere's usage into disjoint buckets. In recorded answers `cached_tokens` is a part of `tokens.input_tokens` and
 * `reasoning_tokens` a part of `tokens.output_tokens`, while `image_tokens` stands beside `tokens.input_tokens`. What is
 * billed is counted apart, without the tokens of Cohere's own prompt template.
 */
export function decodeUsage({ tokens, billed_units: billed, cached_tokens: cacheRead }: Loose<WireUsage>): Usage {
  return withoutUndefined({
    inputTokens: without(tokens?.input_tokens, cacheRead),
    cacheReadTokens: cacheRead,
    imageTokens: tokens?.image_tokens,
    outputTokens: without(tokens?.output_tokens, tokens?.reasoning_tokens),
    reasoningTokens: tokens?.reasoning_tokens,
    billed:
      billed &&
      withoutUndefined({
        inputTokens: billed.input_tokens,
        outputTokens: billed.output_tokens,
        searchUnits: billed.search_units,
        classifications: billed.classifications,
      }),
  })
}

function without(whole: number | undefined, part = 0): number | undefined {
  return whole === undefined ? undefined : Math.max(0, whole - part)
}
