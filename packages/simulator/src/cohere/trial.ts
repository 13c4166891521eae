import type { Clock } from '../pace.ts'
import type { Problem } from './errors.ts'

/** The limits of a trial key, counted for each endpoint. */
export interface CohereTrial {
  /** Calls in a minute; recorded are 40 in 2025 and 20 later, for chat. */
  readonly perMinute?: number
  /** Calls in a month, which is as long as the simulator lives; recorded: 1000. */
  readonly perMonth?: number
}

const minute = 60_000
const advice =
  "You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits at 'https://dashboard.cohere.com/api-keys'. Contact us on 'https://discord.gg/XW44jPfYJu' or email us at support@cohere.com with any questions"

/** The documented refusal of a trial key that has made too many calls. */
export function trialProblem(limit: number, period: 'minute' | 'month'): Problem {
  const message = `You are using a Trial key, which is limited to ${limit} API calls / ${period}. ${advice}`
  return { status: 429, message }
}

/** Counts the calls of a trial key. */
export class TrialCounter {
  readonly #limits: CohereTrial
  readonly #clock: Clock
  readonly #counts = new Map<string, { since: number; inMinute: number; inMonth: number }>()

  constructor(limits: CohereTrial, clock: Clock) {
    this.#limits = limits
    this.#clock = clock
  }

  /** Counts a call: the headers that its answer has, and what refuses it when there were too many. */
  count(endpoint: string): { headers: Record<string, string>; problem: Problem | undefined } {
    const { perMinute = Infinity, perMonth = Infinity } = this.#limits
    const now = this.#clock.now()
    const before = this.#counts.get(endpoint) ?? { since: now, inMinute: 0, inMonth: 0 }
    const count = now - before.since >= minute ? { ...before, since: now, inMinute: 0 } : before
    const problem =
      count.inMonth >= perMonth
        ? trialProblem(perMonth, 'month')
        : count.inMinute >= perMinute
          ? trialProblem(perMinute, 'minute')
          : undefined
    const used = problem ? 0 : 1
    const next = { since: count.since, inMinute: count.inMinute + used, inMonth: count.inMonth + used }
    this.#counts.set(endpoint, next)
    return {
      problem,
      headers: {
        ...(perMinute !== Infinity && {
          'x-trial-endpoint-call-limit': String(perMinute),
          'x-trial-endpoint-call-remaining': String(perMinute - next.inMinute),
        }),
        ...(perMonth !== Infinity && { 'x-endpoint-monthly-call-limit': String(perMonth) }),
      },
    }
  }
}
