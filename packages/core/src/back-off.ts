import type { InterlinguaError } from './error.ts'

/** How long to wait before another attempt. The defaults are those of the AWS SDKs. */
export interface BackOff {
  /** The most to wait before the second attempt; before each further one it is twice that. Default 50. */
  readonly baseMs?: number
  /** The same where the provider is overloaded or limits the rate. Default 1,000. */
  readonly throttledBaseMs?: number
  /** The most to wait before any attempt. Default 20,000. */
  readonly maxMs?: number
  /** The longest that a provider's own word on when to come back is heeded: beyond it, the error is thrown at once. Default 60,000. */
  readonly maxRetryAfterMs?: number
  /** A number from 0 to 1, where from 0 to the most is waited: what failed together comes back apart. Default `Math.random`. */
  readonly random?: () => number
}

/**
 * Milliseconds to wait after an attempt that failed, counted from 1; `undefined` where the provider asks for more time than
 * the caller has.
 */
export function delayAfter(attempt: number, error: InterlinguaError, backOff: BackOff = {}): number | undefined {
  const {
    baseMs = 50,
    throttledBaseMs = 1_000,
    maxMs = 20_000,
    maxRetryAfterMs = 60_000,
    random = Math.random,
  } = backOff
  const { retryAfterMs = 0, code } = error
  if (retryAfterMs > maxRetryAfterMs) return undefined
  const base = code === 'rate_limit' || code === 'overloaded' ? throttledBaseMs : baseMs
  return Math.max(retryAfterMs, random() * Math.min(maxMs, base * 2 ** (attempt - 1)))
}
