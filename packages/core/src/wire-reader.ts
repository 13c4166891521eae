import type { ChunkReader } from './chunk-reader.ts'
import type { DeadlineWatch } from './deadline-watch.ts'
import { InterlinguaError } from './error.ts'
import { excerpt } from './json.ts'
import { EventReader } from './event-reader.ts'
import type { Limits } from './limits.ts'
import { hoped, loadRecovery, needed } from './late-recovery.ts'
import type { Framing, WireEvent } from './framing.ts'
import { throwIfStopped } from './transport.ts'
import { withoutUndefined } from './without-undefined.ts'

/** Reads chunks from a response body: one chunk for each event, decoded when it is taken. */
export class WireReader<Chunk> implements ChunkReader<Chunk> {
  readonly #events: EventReader
  readonly #framing: Framing
  readonly #decode: (event: WireEvent) => Chunk | undefined | Promise<unknown>
  /** An event that waits for what decodes it. */
  #waiting: WireEvent | undefined
  #loading: Promise<unknown> | undefined
  readonly #watch: DeadlineWatch | undefined
  readonly #onEnd: (() => void) | undefined
  readonly #awaited: (() => string | undefined) | undefined
  #done = false

  constructor(
    body: ReadableStream<Uint8Array>,
    framing: Framing,
    decode: (event: WireEvent) => Chunk | undefined | Promise<unknown>,
    options?: {
      readonly watch: DeadlineWatch
      readonly limits: Limits | undefined
      /** Told of a proper end. */
      readonly onEnd: () => void
      /** What was still to come where the body ends without an event that says so. */
      readonly awaited?: () => string | undefined
    },
  ) {
    this.#framing = framing
    this.#events = new EventReader(body, framing, withoutUndefined({ watch: options?.watch, limits: options?.limits }))
    this.#watch = options?.watch
    this.#onEnd = options?.onEnd
    this.#awaited = options?.awaited
    this.#decode = decode
  }

  get ended(): boolean {
    return this.#done || (this.#events.ended && this.#waiting === undefined)
  }

  take(): Chunk | undefined {
    if (this.#done) return undefined
    const event = this.#waiting ?? this.#events.take()
    if (event === undefined) {
      this.#expectNothing()
      return undefined
    }
    let chunk: Chunk | undefined | Promise<unknown>
    try {
      chunk = this.#decode(event)
    } catch (error) {
      throw this.#undecodable(event, error)
    }
    this.#waiting = undefined
    if (chunk instanceof Promise) {
      this.#waiting = event
      this.#loading = chunk
      return undefined
    }
    // Only the event that says that the stream has ended has no chunk.
    if (chunk === undefined) this.#done = true
    return chunk
  }

  async read(): Promise<void> {
    if (this.#waiting) return this.#load()
    try {
      await this.#events.read()
    } catch (cause) {
      if (cause instanceof InterlinguaError) throw cause
      const timeout = (await loadRecovery())?.platformTimeout(cause)
      if (timeout) throw timeout
      const message = 'the connection broke before the stream was complete. What had arrived is in `partial`.'
      throw new InterlinguaError({ code: 'connection', message, retryable: true, cause })
    }
    if (!this.#events.ended || !this.#events.empty) return
    const error = (await loadRecovery())?.notEvents(this.#framing, this.#events.head)
    if (error) throw error
  }

  release(): void {
    this.#onEnd?.()
    this.#events.release()
  }

  cancel(reason: unknown): void {
    this.#events.cancel(reason)
  }

  /** Waits for what decodes an event, which may be loaded over the network that the answer comes over. */
  async #load(): Promise<void> {
    const loading = Promise.resolve(this.#loading)
    const came = await hoped(
      loading.then(() => true),
      this.#watch?.cancellation.signal,
    )
    if (came) return
    if (this.#watch) throwIfStopped(this.#watch.cancellation)
    await needed(Promise.race([loading, Promise.reject(new Error('it took too long'))]))
  }

  /** Throws where the body has ended and something was still to come. */
  #expectNothing(): void {
    const awaited = this.#events.ended ? this.#awaited?.() : undefined
    if (awaited === undefined) return
    const message = `the stream was cut short: it ended without ${awaited}. What had arrived is in \`partial\`.`
    throw new InterlinguaError({ code: 'truncated', message, retryable: true })
  }

  #undecodable(event: WireEvent, cause: unknown): InterlinguaError {
    // What is left over when the connection ends is half an event more often than a bad one.
    if (this.#events.ended) {
      const message = 'the stream was cut short in the middle of an event. What had arrived is in `partial`.'
      return new InterlinguaError({ code: 'truncated', message, retryable: true, cause })
    }
    if (cause instanceof InterlinguaError) return cause
    const message = `the server sent an event that could not be understood: ${excerpt(event.data)}`
    return new InterlinguaError({ code: 'protocol', message, body: event.data.slice(0, 200), cause })
  }
}
