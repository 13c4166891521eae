import { withoutUndefined } from '@interlingua/core/adapter'

/** What an account may use in a time, and what of it is left. */
export interface RateLimit {
  readonly limit?: number
  readonly remaining?: number
  /** When it is whole again, in the server's own words, for example `6m0s`. */
  readonly reset?: string
}

/** The limits of an account, as the headers of a response tell them. */
export interface RateLimits {
  readonly requests: RateLimit
  readonly tokens: RateLimit
}

/**
 * Reads the limits from the headers of a response.
 *
 * @see https://platform.openai.com/docs/guides/rate-limits
 */
export function rateLimits(headers: Readonly<Record<string, string>>): RateLimits | undefined {
  const read = (what: 'requests' | 'tokens'): RateLimit => {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map(
      (kind) => headers[`x-ratelimit-${kind}-${what}`],
    )
    return withoutUndefined({ limit: numberOf(limit), remaining: numberOf(remaining), reset })
  }
  const limits = { requests: read('requests'), tokens: read('tokens') }
  return Object.keys(limits.requests).length + Object.keys(limits.tokens).length > 0 ? limits : undefined
}

function numberOf(text: string | undefined): number | undefined {
  const number = Number(text)
  return text === undefined || Number.isNaN(number) ? undefined : number
}
