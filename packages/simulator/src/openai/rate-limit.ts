import type { Clock } from '../pace.ts'
import type { Problem } from './problem.ts'

/** The limits of an account; the counts begin again each minute. */
export interface OpenAIRateLimit {
  /** Default 10000. */
  readonly requestsPerMinute?: number
  /** Default 2000000. */
  readonly tokensPerMinute?: number
}

const minute = 60_000

/** Counts requests and tokens, tells the numbers in headers, and refuses those above the limits. */
export class RateLimit {
  readonly #limits: Required<OpenAIRateLimit>
  readonly #clock: Clock
  #since: number
  #requests = 0
  #tokens = 0

  constructor({ requestsPerMinute = 10_000, tokensPerMinute = 2_000_000 }: OpenAIRateLimit, clock: Clock) {
    this.#limits = { requestsPerMinute, tokensPerMinute }
    this.#clock = clock
    this.#since = clock.now()
  }

  /** Counts a request with so many tokens. */
  count(tokens: number): { headers: Record<string, string>; problem: Problem | undefined } {
    const now = this.#clock.now()
    if (now - this.#since >= minute) {
      this.#since = now
      this.#requests = 0
      this.#tokens = 0
    }
    const { requestsPerMinute, tokensPerMinute } = this.#limits
    const left = Math.max(0, Math.ceil(this.#since + minute - now))
    const kind =
      this.#requests >= requestsPerMinute ? 'requests' : this.#tokens + tokens > tokensPerMinute ? 'tokens' : undefined
    if (kind === undefined) {
      this.#requests += 1
      this.#tokens += tokens
    }
    const reset = `${left / 1000}s`
    const headers = {
      'x-ratelimit-limit-requests': String(requestsPerMinute),
      'x-ratelimit-limit-tokens': String(tokensPerMinute),
      'x-ratelimit-remaining-requests': String(Math.max(0, requestsPerMinute - this.#requests)),
      'x-ratelimit-remaining-tokens': String(Math.max(0, tokensPerMinute - this.#tokens)),
      'x-ratelimit-reset-requests': reset,
      'x-ratelimit-reset-tokens': reset,
    }
    return { headers, problem: kind && this.#refusal(kind, tokens, left) }
  }

  #refusal(kind: 'requests' | 'tokens', tokens: number, left: number): Problem {
    const short = kind === 'requests' ? 'RPM' : 'TPM'
    const most = kind === 'requests' ? this.#limits.requestsPerMinute : this.#limits.tokensPerMinute
    const numbers =
      kind === 'requests' ? `Used ${this.#requests}, Requested 1` : `Used ${this.#tokens}, Requested ${tokens}`
    const where = `on ${kind} per min (${short}): Limit ${most}, ${numbers}. Please try again in ${left / 1000}s.`
    const advice = 'Visit https://platform.openai.com/account/rate-limits to learn more.'
    return {
      status: 429,
      message: `Rate limit reached for organization org-interlingua ${where} ${advice}`,
      type: kind,
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': String(Math.ceil(left / 1000)), 'retry-after-ms': String(left) },
    }
  }
}
