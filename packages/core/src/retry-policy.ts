import type { BackOff } from './back-off.ts'
import { InterlinguaError } from './error.ts'
import type { Wait } from './wait.ts'
import { withoutUndefined } from './without-undefined.ts'

/** An attempt that failed and will be followed by another. */
export interface RetryEvent {
  /** Which attempt failed, counted from 1. */
  readonly attempt: number
  readonly error: InterlinguaError
  /** How long until the next one. */
  readonly delayMs: number
}

/** When and how a request is sent again. */
export interface RetryPolicy {
  /** How many attempts there are in all. Default 3. */
  readonly attempts?: number | undefined
  readonly backOff?: BackOff | undefined
  /** Whether a failure is worth another attempt. Default: `error.retryable`. */
  readonly when?: ((error: InterlinguaError) => boolean) | undefined
  /** Told of each attempt that failed, before the wait for the next one. */
  readonly onRetry?: ((event: RetryEvent) => void | PromiseLike<void>) | undefined
  /** How to wait. Default: the platform's timer. */
  readonly wait?: Wait | undefined
  /**
   * The header that tells a server that several requests are attempts of one; `false` sends none. Default: `idempotency-key`.
   *
   * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
   */
  readonly idempotencyHeader?: string | false | undefined
  /** The value of that header, or a function that makes it of the JSON body. Default: a random UUID for each call. */
  readonly idempotencyKey?: string | ((body: string) => string) | undefined
}

/** The retries of a provider. */
export interface ProviderRetryPolicy extends RetryPolicy {
  /**
   * What the retries of all calls together may cost: 14 each, or 5 where the provider is overloaded or limits the rate, and
   * what an answer gives back. `false` is no limit. Default: 500.
   */
  readonly budget?: number | false | undefined
}

/**
 * Checks a policy, and puts it before the defaults. `false` is one attempt.
 *
 * @throws {InterlinguaError} of code `invalid_request` where `attempts` is not a whole number from 1 on.
 */
export function readRetryPolicy(
  policy: RetryPolicy | false | undefined,
  defaults: RetryPolicy | false = {},
): RetryPolicy {
  const before = defaults === false ? { attempts: 1 } : defaults
  if (policy === undefined) return before
  const merged = { ...before, ...(policy === false ? { attempts: 1 } : withoutUndefined({ ...policy })) }
  const { attempts = 1 } = merged
  if ((Number.isInteger(attempts) && attempts > 0) || attempts === Infinity) return merged
  const message = `\`retry.attempts\` has to be a whole number from 1 on, and is ${String(attempts)}.`
  throw new InterlinguaError({ code: 'invalid_request', message, field: 'retry.attempts' })
}

/** A key for each body: what is sent again is the same request, and what has changed is another one. */
export function idempotencyKeys(): (body: string) => string {
  const keys = new Map<string, string>()
  return (body) => {
    const key = keys.get(body) ?? randomKey()
    keys.set(body, key)
    return key
  }
}

/** A UUID, also where the platform makes none, as in pages that were loaded without TLS. */
export function randomKey(): string {
  const { crypto } = globalThis as { crypto?: { randomUUID?: () => string } }
  if (crypto?.randomUUID) return crypto.randomUUID()
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2)).join('-')
}
