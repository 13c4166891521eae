import { withoutUndefined } from '@interlingua/core/adapter'

/**
 * How many calls a trial key may make.
 *
 * @see https://docs.cohere.com/docs/rate-limits
 */
export interface TrialLimits {
  /** Calls of this endpoint in a minute. */
  readonly callsPerMinute?: number
  /** How many of those are left. */
  readonly remaining?: number
  /** Calls in a month. */
  readonly callsPerMonth?: number
}

/** Reads the limits of a trial key from the headers of an answer or of an error; `undefined` where there are none. */
export function trialLimits(headers: Readonly<Record<string, string>> = {}): TrialLimits | undefined {
  const limits = withoutUndefined({
    callsPerMinute: count(headers['x-trial-endpoint-call-limit']),
    remaining: count(headers['x-trial-endpoint-call-remaining']),
    callsPerMonth: count(headers['x-endpoint-monthly-call-limit']),
  })
  return Object.keys(limits).length > 0 ? limits : undefined
}

function count(value: string | undefined): number | undefined {
  return value === undefined || value.trim() === '' || Number.isNaN(Number(value)) ? undefined : Number(value)
}
