import type { DeadlineWatch } from './deadline-watch.ts'
import { type Limits, tooLong } from './limits.ts'
import { throwIfStopped } from './transport.ts'
import { createFramer, type Framer, type Framing, type WireEvent } from './framing.ts'

const headLength = 200
/** Characters: a few dozen of the shortest events. */
const feedLength = 4096
/** Characters; the longest answers that models give come to a hundredth of it. */
const defaultLongest = 256 * 2 ** 20

/**
 * Reads the events of a body, one network read at a time. Nothing is read before it is asked for, so a slow consumer
 * slows the server.
 */
export class EventReader {
  /** Whether the body has ended. */
  ended = false
  /** Whether no event has come yet. */
  empty = true
  /** The beginning of the body: what to show where it holds no event. */
  head = ''
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #decoder = new TextDecoder()
  readonly #framer: Framer
  #events: WireEvent[] = []
  #next = 0
  /** What was read last, and how much of it was cut into events. */
  #text = ''
  #fed = 0
  readonly #watch: DeadlineWatch | undefined
  readonly #longest: number
  #length = 0

  constructor(
    body: ReadableStream<Uint8Array>,
    framing: Framing,
    { watch, limits = {} }: { readonly watch?: DeadlineWatch; readonly limits?: Limits } = {},
  ) {
    this.#reader = body.getReader()
    this.#watch = watch
    this.#longest = limits.responseCharacters ?? defaultLongest
    // A read that is waiting ends with that, also where the body takes no notice of its signal.
    const cancellation = watch?.cancellation
    cancellation?.listen(() => this.cancel(cancellation.reason))
    this.#framer = createFramer(
      framing,
      (event) => {
        this.empty = false
        this.#events.push(event)
      },
      limits.eventCharacters,
    )
  }

  /** The next event that has arrived already. */
  take(): WireEvent | undefined {
    if (this.#next >= this.#events.length) this.#feed()
    return this.#events[this.#next++]
  }

  /** Waits for the network once. What was read before must have been taken. */
  async read(): Promise<void> {
    const watch = this.#watch
    watch?.begin()
    let read: ReadableStreamReadResult<Uint8Array>
    try {
      read = await this.#reader.read()
    } catch (error) {
      if (watch) throwIfStopped(watch.cancellation)
      throw error
    }
    const { done, value } = read
    // A read also ends when it is given up.
    if (done && watch) throwIfStopped(watch.cancellation)
    const text = done ? this.#decoder.decode() : this.#decoder.decode(value, { stream: true })
    if (this.head.length < headLength && this.empty) this.head += text.slice(0, headLength - this.head.length)
    if ((this.#length += text.length) > this.#longest) {
      throw tooLong('the stream', this.#longest, 'responseCharacters')
    }
    this.#text = text
    this.#fed = 0
    this.#feed()
    // A part of a text keeps the whole of it in memory.
    if (!this.empty) this.head = ''
    watch?.end(this.#events.length > 0)
    if (!done) return
    this.ended = true
    this.#framer.end()
  }

  /**
   * Cuts out the next few events of what was read. A network read may bring a thousand of them, and if all were made at once,
   * the garbage collector would have to carry them along, of every stream that is open.
   */
  #feed(): void {
    this.#events = []
    this.#next = 0
    while (this.#events.length === 0 && this.#fed < this.#text.length) {
      const end = this.#text.indexOf('\n', this.#fed + feedLength) + 1 || this.#text.length
      this.#framer.feed(this.#text.slice(this.#fed, end))
      this.#fed = end
    }
    if (this.#fed === this.#text.length) this.#text = ''
  }

  /** Closes the connection. */
  cancel(reason: unknown): void {
    this.#watch?.abort(reason)
    this.#reader.cancel(reason).catch(() => {})
  }

  /**
   * Lets the connection be used again after the last event: that takes reading what is left of the body, which is next to
   * nothing. A server that holds the body open is not waited for.
   */
  release(): void {
    this.#watch?.release()
    this.#events = []
    this.#text = ''
    const patience = setTimeout(() => this.cancel(undefined), 100)
    const drain = async (): Promise<void> => {
      for (let reads = 0; reads < 16; reads++) if ((await this.#reader.read()).done) return
      this.cancel(undefined)
    }
    drain()
      .catch(() => {})
      .finally(() => clearTimeout(patience))
  }
}
