import { startSchedule, type Clock, type Pace, type Schedule } from './pace.ts'
import type { RecordWriter } from './request-record.ts'
import type { Frame, Reply } from './route.ts'
import type { Chunking, Script } from './script.ts'

// About what one socket write takes at once; a hundred events or so.
const coalescedBytes = 16_384

const commentEveryMs = 10

const nothing = new Uint8Array()
const encoder = new TextEncoder()

/**
 * The body of one answer as the transports read it: one write per `next()`, nothing made before it is asked for. Pace,
 * chunking and faults happen here, so that the server and the in-process fetch cannot differ in them.
 */
export class BodySource {
  readonly #frames: Iterator<Frame>
  readonly #streamed: boolean
  readonly #schedule: Schedule
  readonly #clock: Clock
  readonly #chunking: Chunking
  readonly #writer: RecordWriter
  readonly #limit: number
  readonly #atLimit: 'truncate' | 'reset' | 'close' | 'stall' | 'comment' | undefined
  readonly #holdOpen: boolean
  readonly #abort = new AbortController()
  #held: IteratorResult<Frame, unknown> | undefined
  #queue: Uint8Array = nothing
  #queuedEvents = 0
  #sent = 0
  #tokens = 0

  constructor(reply: Reply, script: Script, options: { pace: Pace; clock: Clock; writer: RecordWriter }) {
    this.#frames = reply.frames[Symbol.iterator]()
    this.#streamed = reply.streamed
    this.#clock = options.clock
    this.#schedule = startSchedule({ ...options.pace, ...script.pace }, options.clock)
    this.#chunking = script.chunking ?? (this.#schedule.paced ? 'event' : 'coalesce')
    if (typeof this.#chunking === 'number' && !(this.#chunking >= 1)) throw new RangeError('chunking: 1 byte or more')
    this.#writer = options.writer
    const limits = {
      truncate: script.truncateAfterBytes,
      reset: script.destroyAfterBytes,
      close: script.closeAfterBytes,
      stall: script.stallAfterBytes,
      comment: script.commentsAfterBytes,
    }
    this.#limit = Math.min(...Object.values(limits).map((limit = Infinity) => limit))
    this.#atLimit = (Object.keys(limits) as (keyof typeof limits)[]).find((way) => limits[way] === this.#limit)
    this.#holdOpen = script.holdOpen ?? false
  }

  /** Calls back when the answer is cancelled. */
  onCancel(callback: () => void): void {
    this.#abort.signal.addEventListener('abort', callback, { once: true })
  }

  /** Whether each write has to reach the client by itself. */
  get separate(): boolean {
    return this.#chunking !== 'coalesce'
  }

  /** True when no byte is left to come. */
  get done(): boolean {
    if (this.#abort.signal.aborted) return true
    if (this.#sent >= this.#limit) return this.#atLimit !== 'stall' && this.#atLimit !== 'comment'
    return !this.#holdOpen && this.#isEmpty
  }

  /** How the connection is to be broken where the body stops; `undefined` where it is not. */
  get breaks(): 'reset' | 'close' | undefined {
    if (this.#sent < this.#limit) return undefined
    return this.#atLimit === 'reset' || this.#atLimit === 'close' ? this.#atLimit : undefined
  }

  get #isEmpty(): boolean {
    return this.#queue.length === 0 && this.#held?.done === true
  }

  /** The body's length in bytes, where it is known before it is sent. */
  get length(): number | undefined {
    if (this.#streamed || this.#limit !== Infinity || this.#holdOpen || this.#held?.done !== false) return undefined
    const { text } = this.#held.value
    return typeof text === 'string' ? encoder.encode(text).length : text.length
  }

  /** Resolves when the headers are due: at once for a stream, with the complete answer otherwise. */
  async ready(): Promise<void> {
    this.#held = this.#frames.next()
    if (!this.#streamed && !this.#held.done) await this.#due(this.#held.value)
  }

  /** Resolves when the client is gone. */
  stalled(): Promise<void> {
    return aborted(this.#abort.signal)
  }

  /** The next write, or `undefined` after the last one. While the body is stalled it waits for `cancel()`. */
  async next(): Promise<Uint8Array | undefined> {
    if (this.done) return undefined
    if (this.#sent >= this.#limit && this.#atLimit === 'comment') {
      await this.#clock.sleep(commentEveryMs, this.#abort.signal)
      return this.#abort.signal.aborted ? undefined : encoder.encode(': keep-alive\n\n')
    }
    if (this.#sent >= this.#limit || this.#isEmpty) {
      await this.stalled()
      return undefined
    }
    if (this.#queue.length === 0) await this.#fill()
    if (this.#abort.signal.aborted) return undefined
    const size = Math.min(typeof this.#chunking === 'number' ? this.#chunking : Infinity, this.#limit - this.#sent)
    const chunk = this.#queue.subarray(0, size)
    this.#queue = this.#queue.subarray(chunk.length)
    this.#sent += chunk.length
    this.#writer.count(this.#queue.length === 0 ? this.#queuedEvents : 0, chunk.length)
    return chunk
  }

  /** The writes that `next()` gives, for `for await`; leaving the loop early does not cancel. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    return {
      next: async () => {
        const value = await this.next()
        return value ? { done: false, value } : { done: true, value }
      },
    }
  }

  /** Cancels when the signal aborts; lets go of the signal when the answer has ended. */
  cancelWith(signal: AbortSignal): void {
    const leave = (): void => this.cancel()
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave)
    const letGo = (): void => signal.removeEventListener('abort', leave)
    void this.#writer.record.finished.then(letGo)
  }

  /** Stops everything at once: the client is gone. */
  cancel(): void {
    this.#abort.abort()
    this.#frames.return?.()
    this.#writer.finish('cancelled')
  }

  /** Everything that was to be sent is sent. */
  complete(): void {
    this.#writer.finish('completed')
  }

  async #fill(): Promise<void> {
    // A limit may fall into the middle of what is queued, so that then events are counted one by one.
    const several = this.#chunking === 'coalesce' && this.#limit === Infinity
    this.#held ??= this.#frames.next()
    if (!this.#held.done) await this.#due(this.#held.value)
    if (this.#abort.signal.aborted) return
    let text = ''
    let events = 0
    // The first frame has been waited for, even if the timer fired a little early.
    while (!this.#held.done && (events === 0 || this.#isDue(this.#held.value))) {
      const frame: Frame = this.#held.value
      if (typeof frame.text !== 'string') {
        if (events > 0) break
        this.#queue = frame.text
        this.#held = this.#frames.next()
        break
      }
      text += frame.text
      events += 1
      this.#tokens += frame.tokens
      this.#held = this.#frames.next()
      if (!several || text.length >= coalescedBytes) break
    }
    if (text !== '') this.#queue = encoder.encode(text)
    this.#queuedEvents = this.#streamed ? events : 0
  }

  #isDue(frame: Frame): boolean {
    return !this.#schedule.paced || this.#schedule.dueAt(this.#tokens + frame.tokens) <= this.#clock.now()
  }

  async #due(frame: Frame): Promise<void> {
    if (!this.#schedule.paced) return
    const wait = this.#schedule.dueAt(this.#tokens + frame.tokens) - this.#clock.now()
    if (wait > 0) await this.#clock.sleep(wait, this.#abort.signal)
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
