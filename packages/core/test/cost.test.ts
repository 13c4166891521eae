import fc from 'fast-check'
import { costOf, type Price } from '@interlingua/core'
import { expect, test } from 'vitest'

const price: Price = {
  usdPerMillion: { inputTokens: 0.0375, outputTokens: 0.15 },
  source: 'a list',
  date: '2026-01-01',
}

test('whole nano-USD, with a line for each unit', () => {
  // 3 × 37.5 nano-USD is half a nano-USD short of 113.
  expect(costOf({ inputTokens: 3, outputTokens: 2 }, price)).toEqual({
    nanoUsd: 113 + 300,
    items: [
      { unit: 'inputTokens', count: 3, usdPerMillion: 0.0375, nanoUsd: 113 },
      { unit: 'outputTokens', count: 2, usdPerMillion: 0.15, nanoUsd: 300 },
    ],
    price,
  })
})

test('a million of a unit costs what the list says', () => {
  expect(costOf({ outputTokens: 1_000_000 }, price)?.nanoUsd).toBe(150_000_000)
})

test('unknown, and never 0, without a price or without counts', () => {
  expect(costOf({ inputTokens: 3 }, undefined)).toBeUndefined()
  expect(costOf(undefined, price)).toBeUndefined()
  expect(costOf({}, price)).toBeUndefined()
})

test('unknown where a unit that was charged has no price', () => {
  expect(costOf({ inputTokens: 3, searchUnits: 1 }, price)).toBeUndefined()
  expect(costOf({ inputTokens: 3, searchUnits: 0 }, price)?.items).toHaveLength(1)
})

test('the total is the sum of whole items', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), (inputTokens, outputTokens) => {
      const cost = costOf({ inputTokens, outputTokens }, price)
      expect(cost?.items.every((item) => Number.isSafeInteger(item.nanoUsd))).toBe(true)
      expect(cost?.nanoUsd).toBe(cost?.items.reduce((sum, item) => sum + item.nanoUsd, 0))
    }),
  )
})

test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('unknown where a count is %d', (count) => {
  expect(costOf({ inputTokens: count, outputTokens: 1 }, price)).toBeUndefined()
})
