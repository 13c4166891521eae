import { createParser, type EventSourceMessage, type EventSourceParser } from 'eventsource-parser'

/** One event of a stream of server-sent events: its name, where it has one, and its data. */
export type ServerSentEvent = EventSourceMessage

const headLength = 200

/**
 * Reads a body of server-sent events, one network read at a time. Nothing is read before it is asked for, so a slow
 * consumer slows the server.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class ServerSentEventReader {
  /** Whether the body has ended. */
  ended = false
  /** Whether no event has come yet. */
  empty = true
  /** The beginning of the body: what to show where it holds no event. */
  head = ''
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #decoder = new TextDecoder()
  readonly #parser: EventSourceParser
  #events: ServerSentEvent[] = []
  #next = 0

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
    this.#parser = createParser({
      onEvent: (event) => {
        this.empty = false
        this.#events.push(event)
      },
    })
  }

  /** The next event that has arrived already. */
  take(): ServerSentEvent | undefined {
    return this.#next < this.#events.length ? this.#events[this.#next++] : undefined
  }

  /** Waits for the network once. What was read before must have been taken. */
  async read(): Promise<void> {
    const { done, value } = await this.#reader.read()
    this.#events = []
    this.#next = 0
    if (done) {
      this.ended = true
      // A server may close without the blank line that ends the last event. Two line ends complete it.
      this.#feed(`${this.#decoder.decode()}\n\n`)
    } else {
      this.#feed(this.#decoder.decode(value, { stream: true }))
    }
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

  #feed(text: string): void {
    if (this.head.length < headLength) this.head += text.slice(0, headLength - this.head.length)
    this.#parser.feed(text)
  }
}
