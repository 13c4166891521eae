import { Cancellation } from './cancellation.ts'
import { type Deadline, Expiry, startTimer, type Timeout } from './deadline.ts'

const defaultFirstByteMs = 300_000
const defaultIdleMs = 60_000
/** What an error response has to say beside its status is not waited for longer than this. */
const failureBodyMs = 5_000
/** What the network has brought while the process was busy is read within this time. */
const graceMs = 10

/**
 * What is waited for: the headers, the first event, generated text (a model that reasons has begun its stream, and is
 * silent), the rest of it, or what a failure has to say.
 */
type Phase = 'headers' | 'first' | 'begun' | 'running' | 'failure'

interface Limit {
  readonly deadline: Deadline
  readonly ms: number
}

/**
 * Watches over the silence of one request, and aborts its signal where that takes too long. The clock runs only while the
 * network is waited for. One timer serves for all waits: it is late by design, and looks how long the silence has been.
 */
export class DeadlineWatch {
  readonly cancellation: Cancellation
  readonly #timeout: Timeout
  readonly #streamed: boolean
  readonly #hasBegun: () => boolean
  #phase: Phase = 'headers'
  #limit: Limit
  /** The silence before the wait that is under way. */
  #silentMs = 0
  #waitingSince: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When it goes off. */
  #due = 0
  #warned = false
  #released = false

  /** `hasBegun` tells whether a stream has brought generated text. */
  constructor(
    outer: Cancellation,
    timeout: Timeout,
    { streamed = false, hasBegun = () => true }: { streamed?: boolean; hasBegun?: () => boolean } = {},
  ) {
    this.cancellation = new Cancellation(outer, () => this.#stop())
    this.#timeout = timeout
    this.#streamed = streamed
    this.#hasBegun = hasBegun
    this.#limit = this.#currentLimit()
  }

  /** The network is waited for. */
  begin(): void {
    if (this.#released) return
    const now = performance.now()
    this.#waitingSince = now
    const ms = this.#limit.ms - this.#silentMs
    // One that goes off too early looks again. Only where a limit has become shorter, it would be too late.
    if (this.#timer === undefined || now + ms < this.#due) this.#schedule(ms)
  }

  /** The network has brought something: a part of the answer, or only something that keeps the connection open. */
  end(isAnswer: boolean): void {
    if (this.#waitingSince === undefined) return
    if (isAnswer) {
      this.#silentMs = 0
      this.#warned = false
      if (this.#phase === 'first') this.#enter('begun')
      if (this.#phase === 'begun' && this.#hasBegun()) this.#enter('running')
    } else {
      this.#silentMs += performance.now() - this.#waitingSince
    }
    this.#waitingSince = undefined
  }

  /** The headers have come. */
  markHeaders(isFailure: boolean): void {
    this.end(false)
    if (isFailure) this.#silentMs = 0
    this.#enter(isFailure ? 'failure' : 'first')
  }

  /** Nobody wants the answer any more. */
  abort(reason: unknown): void {
    this.#stop()
    this.cancellation.abort(reason)
  }

  /** Nothing is waited for any more. */
  release(): void {
    this.#stop()
    this.cancellation.release()
  }

  #stop(): void {
    this.#released = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waitingSince = undefined
  }

  #enter(phase: Phase): void {
    this.#phase = phase
    this.#limit = this.#currentLimit()
  }

  #currentLimit(): Limit {
    const { connectMs = Infinity, firstByteMs = defaultFirstByteMs, idleMs } = this.#timeout
    switch (this.#phase) {
      case 'headers':
        if (this.#streamed && connectMs < firstByteMs) return { deadline: 'connect', ms: connectMs }
        return { deadline: 'firstByte', ms: firstByteMs }
      case 'first':
        return { deadline: 'firstByte', ms: firstByteMs }
      case 'failure':
        return { deadline: 'idle', ms: Math.min(failureBodyMs, firstByteMs, idleMs ?? defaultIdleMs) }
      case 'begun':
        return { deadline: 'idle', ms: idleMs ?? Math.max(defaultIdleMs, firstByteMs) }
      default:
        return { deadline: 'idle', ms: idleMs ?? defaultIdleMs }
    }
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer)
    this.#due = performance.now() + ms
    this.#timer = ms === Infinity ? undefined : startTimer(ms, () => this.#check())
  }

  #check(): void {
    this.#timer = undefined
    // The next wait starts it again.
    if (this.#waitingSince === undefined) return
    const left = this.#limit.ms - (this.#silentMs + performance.now() - this.#waitingSince)
    if (left > 0) return this.#schedule(left)
    // A process that was busy gets to read first what has come meanwhile.
    if (!this.#warned) {
      this.#warned = true
      return this.#schedule(graceMs)
    }
    const { deadline, ms } = this.#limit
    this.cancellation.abort(new Expiry(deadline, ms))
  }
}
