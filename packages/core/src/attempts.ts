import { delayAfter } from './back-off.ts'
import { Expiry } from './deadline.ts'
import { type ErrorDetails, InterlinguaError } from './error.ts'
import { type FailedAttempt, failedAttempt, noteFailedAttempts, type Spending } from './failed-attempt.ts'
import type { Model } from './model.ts'
import { budgetOf, type RetryBudget } from './retry-budget.ts'
import { randomKey, type RetryPolicy } from './retry-policy.ts'
import { wait as waitForTimer } from './wait.ts'

/** The attempts of one call: there is no other loop that sends a request again. */
export class Attempts {
  readonly failed: FailedAttempt[] = []
  readonly #name: Pick<Model, 'provider' | 'id'>
  readonly #policy: RetryPolicy
  #taken: { readonly budget: RetryBudget; readonly tokens: number } | undefined
  #key: string | undefined

  constructor(name: Pick<Model, 'provider' | 'id'>, policy: RetryPolicy) {
    this.#name = name
    this.#policy = policy
  }

  /** Headers that tell a server which requests are attempts of one. */
  headers(body: string | undefined): Readonly<Record<string, string>> {
    const { idempotencyHeader = 'idempotency-key', idempotencyKey } = this.#policy
    if (idempotencyHeader === false || body === undefined) return {}
    const key = typeof idempotencyKey === 'function' ? idempotencyKey(body) : idempotencyKey
    const repeats = this.failed.length
    return {
      [idempotencyHeader]: key ?? (this.#key ??= randomKey()),
      ...(repeats > 0 && { 'x-retry-count': String(repeats) }),
    }
  }

  /** How long to wait before the attempt that follows this error; `undefined` where none does, which the error is told. */
  delayAfter(error: InterlinguaError): number | undefined {
    const { attempts = 3, backOff, when = ({ retryable }) => retryable } = this.#policy
    const attempt = this.failed.length + 1
    const again = attempt < attempts && error.code !== 'aborted' && when(error)
    const delayMs = again ? delayAfter(attempt, error, backOff) : undefined
    if (delayMs === undefined || !this.#pay(error)) {
      noteFailedAttempts(error, this.failed)
      return undefined
    }
    return delayMs
  }

  /** Tells of an attempt that failed, and waits. */
  async pause(
    error: InterlinguaError,
    spent: Spending,
    { delayMs, signal }: { readonly delayMs: number; readonly signal: AbortSignal | undefined },
  ): Promise<void> {
    const { onRetry, wait = waitForTimer } = this.#policy
    this.failed.push(failedAttempt(this.#name, error, spent))
    await onRetry?.({ attempt: this.failed.length, error, delayMs })
    try {
      await wait(delayMs, signal)
    } catch (cause) {
      if (!signal?.aborted) throw cause
      const { provider, id: model } = this.#name
      const message = 'the call was stopped by its signal while it waited for another attempt.'
      const details: ErrorDetails =
        signal.reason instanceof Expiry ? signal.reason.details : { code: 'aborted', message, cause }
      throw noteFailedAttempts(new InterlinguaError({ ...details, provider, model }), this.failed)
    }
  }

  /** Waits until the next attempt is due. Throws the error where there is none. */
  async next(error: InterlinguaError, spent: Spending, signal: AbortSignal | undefined): Promise<void> {
    const delayMs = this.delayAfter(error)
    if (delayMs === undefined) throw error
    await this.pause(error, spent, { delayMs, signal })
  }

  /** An answer has come: what its attempts cost is given back. */
  succeed(budget?: RetryBudget): void {
    if (this.#taken) this.#taken.budget.giveBack(this.#taken.tokens)
    else budget?.giveBack(1)
    this.#taken = undefined
  }

  #pay(error: InterlinguaError): boolean {
    const budget = budgetOf(error)
    if (!budget) return true
    const tokens = budget.take(error)
    if (tokens !== undefined) {
      this.#taken = { budget, tokens }
      return true
    }
    error.message +=
      ' No further attempt is made: too many of this provider’s requests have failed of late (`retry.budget`).'
    return false
  }
}
