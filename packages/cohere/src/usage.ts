import { type Loose, numberIn, type Usage, withoutUndefined } from '@interlingua/core/adapter'
import type { WireUsage } from './wire.ts'

/**
 * Reads Cohere's usage into disjoint buckets. In recorded answers `cached_tokens` is a part of `tokens.input_tokens` and
 * `reasoning_tokens` a part of `tokens.output_tokens`, while `image_tokens` stands beside `tokens.input_tokens`. What is
 * billed is counted apart, without the tokens of Cohere's own prompt template.
 */
export function decodeUsage({ tokens, billed_units: billed, cached_tokens: cached }: Loose<WireUsage>): Usage {
  const cacheReadTokens = numberIn(cached)
  const reasoningTokens = numberIn(tokens?.reasoning_tokens)
  return withoutUndefined({
    inputTokens: without(numberIn(tokens?.input_tokens), cacheReadTokens),
    cacheReadTokens,
    imageTokens: numberIn(tokens?.image_tokens),
    outputTokens: without(numberIn(tokens?.output_tokens), reasoningTokens),
    reasoningTokens,
    billed: billed
      ? withoutUndefined({
          inputTokens: numberIn(billed.input_tokens),
          outputTokens: numberIn(billed.output_tokens),
          searchUnits: numberIn(billed.search_units),
          classifications: numberIn(billed.classifications),
        })
      : undefined,
  })
}

function without(whole: number | undefined, part = 0): number | undefined {
  return whole === undefined ? undefined : Math.max(0, whole - part)
}
