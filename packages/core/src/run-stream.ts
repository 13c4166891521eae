import { InterlinguaError } from './error.ts'
import type { RunEvent, RunResult, RunSoFar } from './run.ts'
import type { RunLoop } from './run-loop.ts'
import type { ProviderTypes } from './types.ts'

/**
 * A run while it happens. Nothing is sent until it is first read.
 *
 * - Read it once: `for await (const event of run)`, or `text()`. A second reading throws an error of code `stream_consumed`.
 * - `result()` gives what the run has come to in the end. During or after a reading it waits for the end; alone, it reads.
 * - `break`, `cancel()` and `signal` close the connection and stop the tools at once. `partial` stays readable, and
 *   `result()` then rejects with an error of code `aborted`.
 */
export class RunStream<T extends ProviderTypes = ProviderTypes> implements AsyncIterable<RunEvent<T>> {
  readonly #loop: RunLoop<T>
  readonly #result: Promise<RunResult<T>>
  #resolve!: (result: RunResult<T>) => void
  #reject!: (error: unknown) => void
  #claimed = false

  constructor(loop: RunLoop<T>) {
    this.#loop = loop
    this.#result = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever iterates is told of the error by the iteration.
    this.#result.catch(() => {})
  }

  /** What the run has come to, at any moment and after any ending. */
  get partial(): RunSoFar<T> {
    return this.#loop.soFar
  }

  /** Everything that happens: chunks, tool results, and steps. */
  [Symbol.asyncIterator](): AsyncIterator<RunEvent<T>, RunResult<T>> {
    if (this.#claimed) {
      const message = 'the run has been read already. What it came to is in `await run.result()`.'
      throw new InterlinguaError({ code: 'stream_consumed', message })
    }
    this.#claimed = true
    return this.#read()
  }

  /** The text of the answers, piece by piece as it arrives. */
  async *text(): AsyncGenerator<string, undefined> {
    for await (const event of this) if (event.type === 'chunk' && event.chunk.content) yield event.chunk.content
    return undefined
  }

  /** What the run has come to in the end, the same object each time. */
  async result(): Promise<RunResult<T>> {
    if (!this.#claimed) {
      const events = this[Symbol.asyncIterator]()
      while (!(await events.next()).done);
    }
    return this.#result
  }

  /** Stops the run at once. What it had come to stays readable in `partial`. */
  cancel(reason?: unknown): void {
    this.#loop.cancel(reason)
  }

  /** `await using run = …` stops the run when the block is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel()
  }

  async *#read(): AsyncGenerator<RunEvent<T>, RunResult<T>> {
    let hasEnded = false
    try {
      const result = yield* this.#loop.events()
      hasEnded = true
      this.#resolve(result)
      return result
    } catch (error) {
      hasEnded = true
      this.#reject(error)
      throw error
    } finally {
      if (!hasEnded) this.#reject(this.#stopped())
    }
  }

  #stopped(): InterlinguaError {
    const message = 'the run was stopped before it was complete. What it had come to is in `run`.'
    const error = new InterlinguaError({ code: 'aborted', message })
    error.run = this.#loop.soFar
    error.partial = error.run.response
    return error
  }
}
