import { type Timeout, readTimeout } from './deadline.ts'
import { isInterlinguaError } from './error.ts'
import { type Limits, readLimits } from './limits.ts'
import { RetryBudget } from './retry-budget.ts'
import { type ProviderRetryPolicy, readRetryPolicy, type RetryPolicy } from './retry-policy.ts'
import { completeError, type Service } from './service.ts'

/** What a provider may be given about time, retries and size. */
export interface ReliabilityOptions {
  /** How long each phase of a request may take; a call may say otherwise. */
  readonly timeout?: Timeout | undefined
  /**
   * When and how a request that failed is sent again; `false` for never. Default: three attempts in all, until something of
   * the answer has come. A call may say otherwise.
   */
  readonly retry?: ProviderRetryPolicy | false | undefined
  /** How much a server may send. */
  readonly limits?: Limits | undefined
}

/** The same, checked, with the budget that all calls of the provider share. */
export interface Reliability {
  readonly timeout: Timeout
  readonly retry: RetryPolicy
  readonly limits: Limits
  readonly budget: RetryBudget | undefined
}

/**
 * Reads the options once for a provider, which errors name.
 *
 * @throws {InterlinguaError} of code `invalid_request` where one of them makes no sense.
 */
export function readReliability(
  options: ReliabilityOptions = {},
  owner?: Pick<Service, 'provider' | 'displayName'>,
): Reliability {
  try {
    return checked(options)
  } catch (error) {
    throw owner && isInterlinguaError(error) ? completeError(owner, error, { model: undefined }) : error
  }
}

function checked({ timeout, retry, limits }: ReliabilityOptions): Reliability {
  const { budget, ...policy }: ProviderRetryPolicy = retry === false ? { attempts: 1 } : { ...retry }
  return {
    timeout: readTimeout(timeout),
    retry: readRetryPolicy(policy),
    limits: readLimits(limits),
    budget: budget === false ? undefined : new RetryBudget(budget),
  }
}
