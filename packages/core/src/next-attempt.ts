import type { Attempts } from './attempts.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { delayAfter } from './back-off.ts'
import { Expiry } from './deadline.ts'
import { type ErrorDetails, InterlinguaError } from './error.ts'
import {
  failedAttempt,
  failureWarning,
  hasBegun,
  noteFailedAttempts,
  type Spending,
  spentOn,
  totalSpending,
  withFailedAttempts,
} from './failed-attempt.ts'
import { runHook } from './hook-failure.ts'
import { LateReader } from './late-reader.ts'
import type { BaseCallResponse } from './response.ts'
import { budgetOf } from './retry-budget.ts'
import { wait as waitForTimer } from './wait.ts'

/** How long to wait before the attempt that follows this error; `undefined` where none does, which the error is told. */
export function delayBefore(attempts: Attempts, error: InterlinguaError): number | undefined {
  const { attempts: most = 3, backOff, when = ({ retryable }) => retryable } = attempts.policy
  const attempt = attempts.failed.length + 1
  const again = attempt < most && error.code !== 'aborted' && when(error)
  const delayMs = again ? delayAfter(attempt, error, backOff) : undefined
  if (delayMs === undefined || !pay(attempts, error)) {
    noteFailedAttempts(error, attempts.failed)
    return undefined
  }
  return delayMs
}

/** Tells of an attempt that failed, and waits. */
export async function pause(
  attempts: Attempts,
  error: InterlinguaError,
  spent: Spending,
  { delayMs, signal }: { readonly delayMs: number; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { failed, name, policy } = attempts
  const { onRetry, wait = waitForTimer } = policy
  attempts.sums = { failureWarning, totalSpending, withFailedAttempts }
  failed.push(failedAttempt(name, error, spent))
  await onRetry?.({ attempt: failed.length, error, delayMs })
  try {
    await wait(delayMs, signal)
  } catch (cause) {
    if (!signal?.aborted) throw cause
    const { provider, id: model } = name
    const message = 'the call was stopped by its signal while it waited for another attempt.'
    const details: ErrorDetails =
      signal.reason instanceof Expiry ? signal.reason.details : { code: 'aborted', message, cause }
    throw noteFailedAttempts(new InterlinguaError({ ...details, provider, model }), failed)
  }
}

/**
 * Waits until the next attempt is due. Throws the error where there is none: what has begun to answer is not asked again behind
 * the caller's back, streamed or not.
 */
export async function awaitAttempt(
  attempts: Attempts,
  error: InterlinguaError,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (hasBegun(error.partial)) throw noteFailedAttempts(error, attempts.failed)
  const delayMs = delayBefore(attempts, error)
  if (delayMs === undefined) throw error
  await pause(attempts, error, spentOn(error), { delayMs, signal })
}

/** The same for a stream, of which `own` has arrived: opens it anew, or gives nothing. */
export async function reopen<Chunk>(
  attempts: Attempts,
  error: InterlinguaError,
  own: BaseCallResponse,
  { signal, open }: { readonly signal: AbortSignal; readonly open: () => Promise<ChunkReader<Chunk>> },
): Promise<ChunkReader<Chunk> | undefined> {
  if (hasBegun(own)) noteFailedAttempts(error, attempts.failed)
  const delayMs = hasBegun(own) ? undefined : delayBefore(attempts, error)
  if (delayMs === undefined) return undefined
  await runHook(() => pause(attempts, error, own, { delayMs, signal }))
  return new LateReader([], open)
}

function pay(attempts: Attempts, error: InterlinguaError): boolean {
  const budget = budgetOf(error)
  if (!budget) return true
  const tokens = budget.take(error)
  if (tokens !== undefined) {
    attempts.taken = { budget, tokens }
    return true
  }
  error.message +=
    ' No further attempt is made: too many of this provider’s requests have failed of late (`retry.budget`).'
  return false
}
