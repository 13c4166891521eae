import { fingerprint } from './fingerprint.ts'

/** How fast the simulator answers. The default of both fields is "as fast as possible". */
export interface Pace {
  /** Milliseconds from the request to the first token; default 0. */
  readonly firstTokenMs?: number
  /** Tokens per second after the first one; default `Infinity`. */
  readonly tokensPerSecond?: number
  /**
   * How uneven tokens come, from 0 (default) to 1: each may be late by so much of the time between two of them. The same
   * token of an answer is always as late.
   */
  readonly jitter?: number
}

/** Where the simulator takes its time from; hand in your own to test pace without waiting. */
export interface Clock {
  /** Milliseconds since some fixed moment. */
  now(): number
  /** Resolves after `ms` milliseconds, or at once when the signal aborts; it never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const wake = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      signal.addEventListener('abort', wake)
    }),
}

/** Tells when each token of one answer is due. */
export interface Schedule {
  /** False when every token is due at once, so that no clock needs to be read. */
  readonly paced: boolean
  /** The clock time at which token number `count` (the first is 1) is due; 0 tokens are due at once. */
  dueAt(count: number): number
}

/**
 * Starts the schedule of one answer now. Due times are counted from the start and not from the token before, so that
 * a late timer does not slow the rest.
 */
export function startSchedule(pace: Pace, clock: Clock): Schedule {
  const { firstTokenMs = 0, tokensPerSecond = Infinity, jitter = 0 } = pace
  if (!(firstTokenMs >= 0) || !(tokensPerSecond > 0)) {
    throw new RangeError('pace: firstTokenMs must be 0 or more, and tokensPerSecond more than 0')
  }
  if (!(jitter >= 0 && jitter <= 1)) throw new RangeError('pace: jitter must be from 0 to 1')
  const paced = firstTokenMs > 0 || tokensPerSecond !== Infinity
  const start = paced ? clock.now() : 0
  return {
    paced,
    dueAt: (count) => {
      if (count === 0) return start
      const late = jitter === 0 ? 0 : (jitter * (fingerprint(String(count)) % 1000)) / 1000
      return start + firstTokenMs + ((count - 1 + late) * 1000) / tokensPerSecond
    },
  }
}
