import { describe, expect, test, vi } from 'vitest'
import { Cancellation } from '../src/cancellation.ts'

test('it follows a signal, with its reason', () => {
  const outer = new AbortController()
  const onAbort = vi.fn()
  const cancellation = new Cancellation(outer.signal, onAbort)
  const reason = new Error('enough')
  outer.abort(reason)
  expect(cancellation.signal.reason).toBe(reason)
  expect(onAbort).toHaveBeenCalledOnce()
})

test('after release it follows no more', () => {
  const outer = new AbortController()
  const cancellation = new Cancellation(outer.signal)
  cancellation.release()
  outer.abort()
  expect(cancellation.signal.aborted).toBe(false)
})

test('it follows another one, also after that has stopped following its own signal', () => {
  const outer = new Cancellation(new AbortController().signal)
  const onAbort = vi.fn()
  const inner = new Cancellation(outer, onAbort)
  const { signal } = inner
  outer.release()
  outer.abort('enough')
  expect(onAbort).toHaveBeenCalledOnce()
  expect(signal.reason).toBe('enough')
})

test('a signal that is asked for late is aborted too, and listeners are told once', () => {
  const cancellation = new Cancellation(undefined)
  const told = vi.fn()
  const untold = vi.fn()
  cancellation.listen(told)
  cancellation.listen(untold)
  cancellation.unlisten(untold)
  cancellation.abort('enough')
  cancellation.abort('again')
  expect(cancellation.signal.reason).toBe('enough')
  expect(told).toHaveBeenCalledOnce()
  expect(untold).not.toHaveBeenCalled()
})

describe('race', () => {
  test('gives the outcome of the promise', async () => {
    const cancellation = new Cancellation(undefined)
    const failure = new Error('no luck')
    expect(await cancellation.race(Promise.resolve(1), () => {})).toBe(1)
    await expect(cancellation.race(Promise.reject(failure), () => {})).rejects.toBe(failure)
  })

  test('ends at once when it is aborted, and discards what comes too late', async () => {
    const cancellation = new Cancellation(undefined)
    const discard = vi.fn()
    const { promise: late, resolve } = Promise.withResolvers<string>()
    const raced = cancellation.race(late, discard)
    cancellation.abort('enough')
    await expect(raced).rejects.toBe('enough')
    resolve('too late')
    await late
    expect(discard).toHaveBeenCalledExactlyOnceWith('too late')
  })
})
