import { calcPrice } from '@pydantic/genai-prices'
import { coherePrices } from '@interlingua/cohere'
import { costOf } from '@interlingua/core'
import { expect, test } from 'vitest'

const million = { inputTokens: 1_000_000, outputTokens: 1_000_000 }

/** The same million of each, by an independent list; `undefined` where that has no price for the model. */
function elsewhere(model: string): number | undefined {
  const price = calcPrice({ input_tokens: 1_000_000, output_tokens: 1_000_000 }, model, { providerId: 'cohere' })
  return price ? price.total_price : undefined
}

const both = Object.entries(coherePrices).flatMap(([model, price]) => {
  const usd = elsewhere(model)
  return usd === undefined || price.usdPerMillion.outputTokens === undefined ? [] : [[model, price, usd] as const]
})

test.each(both)('%s costs the same by an independent price list', (_, price, usd) => {
  expect(costOf(million, price)?.nanoUsd).toBe(Math.round(usd * 1e9))
})

test('there is something to compare', () => expect(both.length).toBeGreaterThan(2))

test('every price says where and when it was read', () => {
  for (const { source, date } of Object.values(coherePrices)) {
    expect(source).toMatch(/^https:/)
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
})
