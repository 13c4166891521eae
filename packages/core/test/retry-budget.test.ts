import { expect, test } from 'vitest'
import { InterlinguaError } from '../src/error.ts'
import { RetryBudget } from '../src/retry-budget.ts'

const transient = new InterlinguaError({ code: 'server', message: 'failed' })
const throttled = new InterlinguaError({ code: 'rate_limit', message: 'too fast' })

/** How many retries a budget pays for. */
function retriesOf(budget: RetryBudget, error: InterlinguaError): number {
  let retries = 0
  while (budget.take(error) !== undefined) retries++
  return retries
}

// 500 tokens, 14 for a transient failure, 5 for a throttled one: https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
test('500 tokens are 35 retries after failures, or 100 where the rate is limited', () => {
  expect(retriesOf(new RetryBudget(), transient)).toBe(35)
  expect(retriesOf(new RetryBudget(), throttled)).toBe(100)
})

test('what is given back can be taken again, and never more than there was', () => {
  const budget = new RetryBudget(28)
  expect(retriesOf(budget, transient)).toBe(2)
  budget.giveBack(14)
  expect(retriesOf(budget, transient)).toBe(1)
  budget.giveBack(1_000)
  expect(retriesOf(budget, transient)).toBe(2)
})
