import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Cancellation } from '../src/cancellation.ts'
import { Expiry, type Timeout } from '../src/deadline.ts'
import { DeadlineWatch } from '../src/deadline-watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function watching(timeout: Timeout, hasBegun?: () => boolean) {
  const watch = new DeadlineWatch(new Cancellation(undefined), timeout, {
    streamed: true,
    ...(hasBegun && { hasBegun }),
  })
  const expired = (): string | undefined => {
    const reason: unknown = watch.cancellation.signal.reason
    return reason instanceof Expiry ? reason.deadline : undefined
  }
  return { watch, expired }
}

/** One wait for the network, and what it brought. */
function receive(watch: DeadlineWatch, ms: number, isAnswer = true): void {
  watch.begin()
  vi.advanceTimersByTime(ms)
  watch.end(isAnswer)
}

describe('how long a silence may be', () => {
  test('nothing set: five minutes for the first event, and a minute once text has come', () => {
    let begun = false
    const { watch, expired } = watching({}, () => begun)
    watch.begin()
    vi.advanceTimersByTime(1_000)
    watch.markHeaders(false)
    receive(watch, 298_000)
    // A model that reasons has begun its stream, and is silent.
    receive(watch, 299_000)
    begun = true
    receive(watch, 299_000)
    receive(watch, 59_000)
    expect(expired()).toBeUndefined()
    watch.begin()
    vi.advanceTimersByTime(61_000)
    expect(expired()).toBe('idle')
  })

  test('idleMs that is set holds from the first event on', () => {
    const { watch, expired } = watching({ idleMs: 5_000 }, () => false)
    watch.begin()
    watch.markHeaders(false)
    receive(watch, 60_000)
    expect(expired()).toBeUndefined()
    watch.begin()
    vi.advanceTimersByTime(5_100)
    expect(expired()).toBe('idle')
  })

  test('what is no answer adds up', () => {
    const { watch, expired } = watching({ firstByteMs: 1_000 })
    watch.begin()
    watch.markHeaders(false)
    for (let comments = 0; comments < 9; comments++) receive(watch, 100, false)
    expect(expired()).toBeUndefined()
    watch.begin()
    vi.advanceTimersByTime(150)
    expect(expired()).toBe('firstByte')
  })

  test('only waits count, and not the time in between', () => {
    const { watch, expired } = watching({ idleMs: 1_000 })
    watch.begin()
    watch.markHeaders(false)
    for (let events = 0; events < 5; events++) {
      receive(watch, 900)
      vi.advanceTimersByTime(60_000)
    }
    expect(expired()).toBeUndefined()
  })
})

test('a process that was busy reads first what has come meanwhile', () => {
  const { watch, expired } = watching({ idleMs: 1_000 })
  watch.begin()
  watch.markHeaders(false)
  receive(watch, 10)
  watch.begin()
  // The clock goes on while nothing runs: the timer is late when it fires.
  vi.setSystemTime(Date.now() + 5_000)
  vi.advanceTimersByTime(1_000)
  expect(expired()).toBeUndefined()
  watch.end(true)
  receive(watch, 900)
  expect(expired()).toBeUndefined()
})

test('one timer, however many waits there are, and none afterwards', () => {
  const { watch } = watching({})
  // The clock counts its timers. A spy on top of it would outlive it.
  const nextTimer = (): number => {
    const timer = setTimeout(() => {})
    clearTimeout(timer)
    return Number(timer)
  }
  const first = nextTimer()
  watch.begin()
  watch.markHeaders(false)
  for (let events = 0; events < 1_000; events++) receive(watch, 1)
  // For the headers, for the first event, and for the rest.
  const set = nextTimer() - first - 1
  expect(set).toBeGreaterThan(0)
  expect(set).toBeLessThanOrEqual(3)
  watch.begin()
  watch.release()
  expect(vi.getTimerCount()).toBe(0)
})

test('a stop from outside ends the watch too', () => {
  const outer = new Cancellation(undefined)
  const watch = new DeadlineWatch(outer, {})
  watch.begin()
  outer.abort(new Error('enough'))
  expect(watch.cancellation.signal.reason).toMatchObject({ message: 'enough' })
  expect(vi.getTimerCount()).toBe(0)
})
