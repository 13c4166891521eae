import { sumUsage } from '@interlingua/core'
import { expect, test } from 'vitest'

test('buckets are added up', () => {
  const usage = { inputTokens: 3, outputTokens: 1, billed: { inputTokens: 2, searchUnits: 1 } }
  expect(sumUsage([usage, usage])).toEqual({
    inputTokens: 6,
    outputTokens: 2,
    billed: { inputTokens: 4, searchUnits: 2 },
  })
  expect(sumUsage([usage])).toEqual(usage)
})

test('a bucket that one request did not report is unknown, and never less than it is', () => {
  expect(sumUsage([{ inputTokens: 3, imageTokens: 1 }, { inputTokens: 4 }])).toEqual({ inputTokens: 7 })
  expect(sumUsage([{ inputTokens: 3 }, { inputTokens: 4, imageTokens: 1 }])).toEqual({ inputTokens: 7 })
})

test('a unit that one bill does not list was not charged there, and no bill is no knowledge', () => {
  expect(sumUsage([{ billed: { images: 1 } }, { billed: { inputTokens: 4 } }])).toEqual({
    billed: { images: 1, inputTokens: 4 },
  })
  expect(sumUsage([{ billed: { images: 1 } }, {}])).toEqual({})
  expect(sumUsage([])).toEqual({})
})
