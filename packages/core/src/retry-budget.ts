import type { InterlinguaError } from './error.ts'

const defaultTokens = 500
const transientCost = 14
const throttledCost = 5

/**
 * What the retries of one provider may cost together, so that an outage is not answered with three times the load. A retry
 * takes 14 tokens, or 5 where the provider is overloaded or limits the rate; an answer after it gives them back, and any
 * other answer gives back one. The numbers are those of the AWS SDKs.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export class RetryBudget {
  readonly #most: number
  #left: number

  constructor(tokens: number = defaultTokens) {
    this.#most = tokens
    this.#left = tokens
  }

  /** Takes what a retry after this error costs, and says how much that was; `undefined` where it is not there. */
  take({ code }: InterlinguaError): number | undefined {
    const cost = code === 'rate_limit' || code === 'overloaded' ? throttledCost : transientCost
    if (cost > this.#left) return undefined
    this.#left -= cost
    return cost
  }

  giveBack(tokens: number): void {
    this.#left = Math.min(this.#most, this.#left + tokens)
  }
}

// Beside the errors: a loop around a model has the budget of the provider that failed, and an error shows nothing of it.
const budgets = new WeakMap<InterlinguaError, RetryBudget>()

/** The budget of the provider whose error this is. */
export function budgetOf(error: InterlinguaError): RetryBudget | undefined {
  return budgets.get(error)
}

/** Notes whose error this is. */
export function noteBudget(error: InterlinguaError, budget: RetryBudget | undefined): InterlinguaError {
  if (budget) budgets.set(error, budget)
  return error
}
