import type { BillableUnits, Price } from '@interlingua/core'
import { type ListedPrice, priceSource, priceTable, type Rates } from './price-table.ts'

/** The prices of a provider by model id, as models.dev lists them. A model that is missing has no known price. */
export function listedPrices(provider: keyof typeof priceTable): Readonly<Record<string, Price>> {
  return Object.fromEntries(Object.entries(priceTable[provider]).map(([id, listed]) => [id, priceOf(listed)]))
}

/**
 * What OpenAI charges, by model id: each price names its source.
 *
 * @see https://openai.com/api/pricing
 */
export const openaiPrices: Readonly<Record<string, Price>> = listedPrices('openai')

function priceOf([rates, long]: ListedPrice): Price {
  return {
    usdPerMillion: unitsOf(rates),
    ...(long && { longPrompts: { beyondTokens: long.beyond, usdPerMillion: unitsOf(long.rates) } }),
    ...priceSource,
  }
}

function unitsOf([inputTokens, outputTokens, cacheReadTokens]: Rates): BillableUnits {
  return { inputTokens, outputTokens, ...(cacheReadTokens !== undefined && { cacheReadTokens }) }
}
