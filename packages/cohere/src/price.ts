import type { Price } from '@interlingua/core'
import { priceSource, priceTable } from './price-table.ts'

/** models.dev lists no embeddings. Nobody lists what images and searches cost, so that is unknown. */
const embed4: Price = {
  source: 'https://github.com/pydantic/genai-prices',
  date: '2026-09-23',
  usdPerMillion: { inputTokens: 0.12 },
}

/**
 * What Cohere charges, by model id, as others list it: each price names its source. A model that is missing here has no
 * known price.
 *
 * @see https://cohere.com/pricing
 */
export const coherePrices: Readonly<Record<string, Price>> = {
  ...Object.fromEntries(
    Object.entries(priceTable).map(([id, usdPerMillion]) => [id, { usdPerMillion, ...priceSource }]),
  ),
  'embed-v4.0': embed4,
}
