import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hoped, late, needed } from '../src/late-recovery.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const never = (): Promise<never> => new Promise(() => {})

test('what is hoped for is given where it comes, and leaves no timer behind', async () => {
  expect(await hoped(Promise.resolve(1))).toBe(1)
  await Promise.resolve()
  expect(vi.getTimerCount()).toBe(0)
})

test('what fails is nothing, and no error', async () => {
  expect(await hoped(Promise.reject(new TypeError('no network')))).toBeUndefined()
})

test('what never comes is not waited for', async () => {
  const outcome = hoped(never())
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await outcome).toBeUndefined()
})

test('a call that is stopped does not wait for it', async () => {
  const controller = new AbortController()
  const outcome = hoped(never(), controller.signal)
  controller.abort()
  expect(await outcome).toBeUndefined()
})

test('what a call cannot do without is an error that keeps its cause', async () => {
  const cause = new TypeError('no network')
  const expected = { code: 'connection', retryable: true, cause }
  await expect(needed(Promise.reject(cause))).rejects.toMatchObject(expected)
})

test('a module is loaded once, and again where that failed', async () => {
  const load = vi.fn<() => Promise<number>>()
  load.mockRejectedValueOnce(new TypeError('no network')).mockResolvedValue(1)
  const module = late(load)
  expect(load).not.toHaveBeenCalled()
  await expect(module()).rejects.toMatchObject({ code: 'connection' })
  expect(await Promise.all([module(), module()])).toEqual([1, 1])
  expect(load).toHaveBeenCalledTimes(2)
})
