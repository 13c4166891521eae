import type { Cancellation } from './cancellation.ts'
import type { ErrorDetails } from './error.ts'
import { readPositive } from './positive-numbers.ts'

/** Which of the deadlines expired. */
export type Deadline = 'connect' | 'firstByte' | 'idle' | 'total'

/**
 * How long each phase of a request may take, in milliseconds. `Infinity` takes a deadline away. Only the time that is spent
 * waiting for the network counts, so that a slow reader of a stream trips none but `totalMs`.
 */
export interface Timeout {
  /**
   * How long a stream's response headers may take, each attempt anew. `fetch` does not tell when a connection stands, so
   * that this is the nearest that can be measured; the headers of a whole answer come only with the answer, and are left to
   * `firstByteMs`. Default: none of ours; the platform's own limit on connecting (10 s in Node) is reported as `connect`.
   */
  readonly connectMs?: number | undefined
  /**
   * How long it may take from sending a request to the first event of a stream, or to the first byte of a whole answer that
   * is not white space, each attempt anew. Comments and blank lines that keep a connection alive are no answer. Node's
   * `fetch` waits no longer than 300 s for the headers itself. Default: 300,000.
   */
  readonly firstByteMs?: number | undefined
  /**
   * How long it may take from one event of a stream to the next, or between the bytes of a whole answer. Default: 60,000
   * once generated text has come, and before that as long as `firstByteMs`, since models that reason begin with a silence. A
   * value that is set holds from the first event on.
   */
  readonly idleMs?: number | undefined
  /** How long everything may take, with all attempts, the waits between them and the reading. Default: `Infinity`. */
  readonly totalMs?: number | undefined
}

const longestTimer = 2 ** 31 - 1

/** Calls back after so many milliseconds. A timer of the platform's fires at once where the time is too long for it. */
export function startTimer(ms: number, run: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(run, Math.min(Math.max(ms, 0), longestTimer))
}

const told: Readonly<Record<Deadline, string>> = {
  connect: 'the server sent no response headers within',
  firstByte: 'nothing of an answer came within',
  idle: 'the answer stalled: nothing more came for',
  total: 'the call was not complete after',
}

/** The reason that a signal aborts with when a deadline expires. */
export class Expiry extends Error {
  override readonly name = 'TimeoutError'
  readonly deadline: Deadline

  constructor(deadline: Deadline, ms: number) {
    super(`${told[deadline]} ${ms} ms. \`timeout.${deadline}Ms\` sets how long that may take.`)
    this.deadline = deadline
  }

  /** What is told of it. The total is the caller's own, for all attempts together. */
  get details(): ErrorDetails {
    const { deadline, message } = this
    return { code: 'timeout', message, deadline, retryable: deadline !== 'total' }
  }
}

/**
 * Checks deadlines, and puts those of a call before those of its provider.
 *
 * @throws {InterlinguaError} of code `invalid_request` where one is not a positive number.
 */
export function readTimeout(timeout: Timeout | undefined, defaults: Timeout = {}): Timeout {
  return { ...defaults, ...readPositive(timeout, 'timeout', 'milliseconds') }
}

/** Stops a call when its time is over, and gives back how to end that. */
export function startTotal({ totalMs = Infinity }: Timeout, cancellation: Cancellation): () => void {
  if (totalMs === Infinity) return () => {}
  const end = performance.now() + totalMs
  let timer: ReturnType<typeof setTimeout>
  const wait = (): void => {
    timer = startTimer(end - performance.now(), () => {
      if (performance.now() < end) wait()
      else cancellation.abort(new Expiry('total', totalMs))
    })
  }
  wait()
  const stop = (): void => clearTimeout(timer)
  cancellation.signal.addEventListener('abort', stop, { once: true })
  return stop
}
