import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Limits } from '../src/limits.ts'
import { RateWindow } from '../src/rate-window.ts'
import { Refusal } from '../src/refusal.ts'

const nothing = { requests: 0, tokens: 0, nanoUsd: 0 }
const minute = 60_000

/** The refusal of a request, or that there was none. */
function refusalOf(limits: Limits, caller: Parameters<Limits['enter']>[0]): Refusal | undefined {
  try {
    limits.enter(caller)({ tokens: 0, nanoUsd: 0 })
    return undefined
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

test('whoever waits as long as is said is let in, and not before', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 40 }),
      (most, gaps) => {
        let now = 1_000_000_000
        const limits = new Limits(
          () => nothing,
          () => now,
        )
        const caller = { name: 'a', limits: { requestsPerMinute: most } }
        const letIn: number[] = []
        for (const gap of gaps) {
          now += gap
          const refusal = refusalOf(limits, caller)
          if (!refusal) {
            letIn.push(now)
            continue
          }
          // No more than the limit within any minute, and no less than what the slots of a twelfth cost.
          expect(letIn.filter((moment) => moment > now - minute - minute / 12).length).toBeGreaterThanOrEqual(most)
          now += refusal.retryAfterMs ?? 0
          expect(refusalOf(limits, caller)).toBeUndefined()
          letIn.push(now)
        }
        for (const moment of letIn) {
          expect(letIn.filter((other) => other > moment - minute && other <= moment).length).toBeLessThanOrEqual(most)
        }
      },
    ),
  )
})

test('what was used before a restart counts, for a day', () => {
  let now = 1_000_000_000
  const limits = new Limits(
    () => ({ requests: 3, tokens: 500, nanoUsd: 0 }),
    () => now,
  )
  const caller = { name: 'a', limits: { tokensPerDay: 500 } }
  expect(refusalOf(limits, caller)?.message).toContain('500 tokens a day')
  now += 27 * 60 * minute
  expect(refusalOf(limits, caller)).toBeUndefined()
})

test('a window forgets', () => {
  const window = new RateWindow(minute)
  window.add(0, 5)
  expect(window.total(1)).toBe(5)
  expect(window.total(minute + minute / 12)).toBe(0)
})
