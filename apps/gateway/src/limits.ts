import type { Caller } from './caller-key.ts'
import type { KeyLimits } from './config/schema.ts'
import { RateWindow } from './rate-window.ts'
import { Refusal } from './refusal.ts'

const minute = 60_000
const day = 86_400_000

/** What a caller used up on a day, so far. */
export interface Spent {
  readonly requests: number
  readonly tokens: number
  readonly nanoUsd: number
}

/** Holds each caller to the limits of its key. */
export class Limits {
  readonly #meters = new Map<string, Meter>()
  readonly #spentBefore: (caller: string, since: number) => Spent
  readonly #now: () => number

  /** `spentBefore` tells what was used in the last day, so that a restart forgets nothing. */
  constructor(spentBefore: (caller: string, since: number) => Spent, now: () => number = Date.now) {
    this.#spentBefore = spentBefore
    this.#now = now
  }

  /**
   * Lets a request in, and gives back how to tell what it came to. Tokens and cost are known only when an answer has ended: a
   * request is let in as long as the limit has not been reached. Throws a `Refusal`.
   */
  enter(caller: Caller): (spent: Omit<Spent, 'requests'>) => void {
    const meter = this.#meterOf(caller)
    meter.enter(caller.limits, this.#now())
    return ({ tokens, nanoUsd }) => meter.leave(this.#now(), tokens, nanoUsd)
  }

  #meterOf({ name }: Caller): Meter {
    const known = this.#meters.get(name)
    if (known) return known
    const now = this.#now()
    const meter = new Meter(now, this.#spentBefore(name, now - day))
    this.#meters.set(name, meter)
    return meter
  }
}

class Meter {
  readonly #requests = { minute: new RateWindow(minute), day: new RateWindow(day) }
  readonly #tokens = { minute: new RateWindow(minute), day: new RateWindow(day) }
  readonly #nanoUsd = new RateWindow(day)
  #running = 0

  constructor(now: number, { requests, tokens, nanoUsd }: Spent) {
    this.#requests.day.add(now, requests)
    this.#tokens.day.add(now, tokens)
    this.#nanoUsd.add(now, nanoUsd)
  }

  enter(limits: KeyLimits, now: number): void {
    const { requestsPerMinute, requestsPerDay, tokensPerMinute, tokensPerDay, usdPerDay, concurrency } = limits
    if (concurrency !== undefined && this.#running >= concurrency) {
      throw refused(`this key may have ${concurrency} requests running at a time`, 1_000)
    }
    check(this.#requests.minute, requestsPerMinute, now, (limit) => `this key may send ${limit} requests a minute`)
    check(this.#requests.day, requestsPerDay, now, (limit) => `this key may send ${limit} requests a day`)
    check(this.#tokens.minute, tokensPerMinute, now, (limit) => `this key may use ${limit} tokens a minute`)
    check(this.#tokens.day, tokensPerDay, now, (limit) => `this key may use ${limit} tokens a day`)
    const nanoUsdPerDay = usdPerDay === undefined ? undefined : usdPerDay * 1e9
    check(this.#nanoUsd, nanoUsdPerDay, now, () => `this key may spend ${usdPerDay} USD a day`)
    this.#running += 1
    this.#requests.minute.add(now, 1)
    this.#requests.day.add(now, 1)
  }

  leave(now: number, tokens: number, nanoUsd: number): void {
    this.#running -= 1
    this.#tokens.minute.add(now, tokens)
    this.#tokens.day.add(now, tokens)
    this.#nanoUsd.add(now, nanoUsd)
  }
}

function check(window: RateWindow, limit: number | undefined, now: number, say: (limit: number) => string): void {
  if (limit === undefined || window.total(now) < limit) return
  throw refused(say(limit), window.freeAfter(now, limit))
}

function refused(what: string, retryAfterMs: number): Refusal {
  const message = `Rate limit reached: ${what}. Try again in ${Math.ceil(retryAfterMs / 1_000)} s.`
  return new Refusal(message, { status: 429, code: 'rate_limit', retryAfterMs })
}
