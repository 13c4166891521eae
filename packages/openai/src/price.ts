import type { BillableUnits, Price } from '@interlingua/core/adapter'
import { openaiTable } from './prices/openai.ts'
import { priceSource } from './prices/source.ts'

/** USD for a million tokens: input, output, and input that was read from the cache. */
type Rates = readonly [input: number, output: number, cacheRead?: number]

/** What models cost, by their ids, and where longer prompts cost more, what those do. */
export type PriceTable = Readonly<Record<string, readonly [Rates, { readonly beyond: number; readonly rates: Rates }?]>>

/** The prices of a provider by model id, as models.dev lists them. A model that is missing has no known price. */
export function listedPrices(table: PriceTable): Readonly<Record<string, Price>> {
  return Object.fromEntries(
    Object.entries(table).map(([id, [rates, long]]) => [
      id,
      {
        usdPerMillion: unitsOf(rates),
        ...(long && { longPrompts: { beyondTokens: long.beyond, usdPerMillion: unitsOf(long.rates) } }),
        ...priceSource,
      },
    ]),
  )
}

/**
 * What OpenAI charges, by model id: each price names its source.
 *
 * @see https://openai.com/api/pricing
 */
export const openaiPrices: Readonly<Record<string, Price>> = listedPrices(openaiTable)

function unitsOf([inputTokens, outputTokens, cacheReadTokens]: Rates): BillableUnits {
  return { inputTokens, outputTokens, ...(cacheReadTokens !== undefined && { cacheReadTokens }) }
}
