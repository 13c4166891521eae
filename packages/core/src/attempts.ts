import type { FailedAttempt, failureWarning, totalSpending, withFailedAttempts } from './failed-attempt.ts'
import type { Model } from './model.ts'
import type { RetryBudget } from './retry-budget.ts'
import { randomKey, type RetryPolicy } from './retry-policy.ts'

/** What sums up attempts. */
interface Sums {
  readonly failureWarning: typeof failureWarning
  readonly totalSpending: typeof totalSpending
  readonly withFailedAttempts: typeof withFailedAttempts
}

/** The attempts of one call: there is no other loop that sends a request again. What comes after a failure is in `next-attempt.ts`. */
export class Attempts {
  readonly failed: FailedAttempt[] = []
  readonly name: Pick<Model, 'provider' | 'id'>
  readonly policy: RetryPolicy
  /** What the attempts have cost so far. */
  taken: { readonly budget: RetryBudget; readonly tokens: number } | undefined
  /** What sums up the attempts. It comes with the first failure: before that, there is nothing to sum up. */
  sums: Sums | undefined
  #key: string | undefined

  constructor(name: Pick<Model, 'provider' | 'id'>, policy: RetryPolicy) {
    this.name = name
    this.policy = policy
  }

  /** Headers that tell a server which requests are attempts of one. */
  headers(body: string | undefined): Readonly<Record<string, string>> {
    const { idempotencyHeader = 'idempotency-key', idempotencyKey } = this.policy
    if (idempotencyHeader === false || body === undefined) return {}
    const key = typeof idempotencyKey === 'function' ? idempotencyKey(body) : idempotencyKey
    const repeats = this.failed.length
    return {
      [idempotencyHeader]: key ?? (this.#key ??= randomKey()),
      ...(repeats > 0 && { 'x-retry-count': String(repeats) }),
    }
  }

  /** An answer has come: what its attempts cost is given back. */
  succeed(budget?: RetryBudget): void {
    if (this.taken) this.taken.budget.giveBack(this.taken.tokens)
    else budget?.giveBack(1)
    this.taken = undefined
  }
}
