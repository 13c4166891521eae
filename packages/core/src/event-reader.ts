import { createFramer, type Framer, type Framing, type WireEvent } from './framing.ts'

const headLength = 200

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

  constructor(body: ReadableStream<Uint8Array>, framing: Framing) {
    this.#reader = body.getReader()
    this.#framer = createFramer(framing, (event) => {
      this.empty = false
      this.#events.push(event)
    })
  }

  /** The next event that has arrived already. */
  take(): WireEvent | undefined {
    return this.#next < this.#events.length ? this.#events[this.#next++] : undefined
  }

  /** Waits for the network once. What was read before must have been taken. */
  async read(): Promise<void> {
    const { done, value } = await this.#reader.read()
    this.#events = []
    this.#next = 0
    const text = done ? this.#decoder.decode() : this.#decoder.decode(value, { stream: true })
    if (this.head.length < headLength) this.head += text.slice(0, headLength - this.head.length)
    this.#framer.feed(text)
    if (!done) return
    this.ended = true
    this.#framer.end()
  }

  /** Closes the connection. */
  cancel(reason: unknown): void {
    this.#reader.cancel(reason).catch(() => {})
  }

  /**
   * Lets the connection be used again after the last event: that takes reading what is left of the body, which is next to
   * nothing. A server that holds the body open is not waited for.
   */
  release(): void {
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
