import { calcPrice } from '@pydantic/genai-prices'
import { costOf } from '@interlingua/core'
import { openaiPrices } from '@interlingua/openai'
import { expect, test } from 'vitest'

const thousand = { inputTokens: 1_000, outputTokens: 1_000 }

/** The same thousand of each, by an independent list; `undefined` where that has no price for the model. */
function elsewhere(model: string): number | undefined {
  return calcPrice({ input_tokens: 1_000, output_tokens: 1_000 }, model, { providerId: 'openai' })?.total_price
}

const both = Object.entries(openaiPrices).flatMap(([model, price]) => {
  const usd = elsewhere(model)
  return usd === undefined || model.startsWith('text-embedding') ? [] : [[model, price, usd] as const]
})

test.each(both)('%s costs the same by an independent price list', (_, price, usd) => {
  expect(costOf(thousand, price)?.nanoUsd).toBe(Math.round(usd * 1e9))
})

test('there is something to compare', () => expect(both.length).toBeGreaterThan(10))

test('every price says where and when it was read', () => {
  for (const { source, date } of Object.values(openaiPrices)) {
    expect(source).toMatch(/^https:/)
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
})
