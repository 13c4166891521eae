import type { InterlinguaError } from './error.ts'

/** What an iteration takes its steps from. */
export interface StepSource<Step> {
  /** The next step that is there already. */
  take(): Step | undefined
  /** Whether no more steps will come. */
  hasEnded(): boolean
  /** Why the steps ended, where that was no proper end. */
  error(): InterlinguaError | undefined
  /** Waits until there may be more. */
  more(): Promise<void>
  /** Called when the reader wants no more. */
  stop(): void
}

/**
 * One reading of a stream: an iterator that turns each step into values. Steps that are there already are given without
 * waiting for anything. Calls of `next` that overlap are served one after the other, in the order in which they came.
 */
export class Iteration<Step, Value> implements AsyncIterableIterator<Value, undefined> {
  readonly #source: StepSource<Step>
  readonly #select: (step: Step) => readonly Value[]
  /** Values of the last step that are still to be given. */
  #values: readonly Value[] = []
  #given = 0
  #stopped = false
  /** The last call of `next` that has to wait. */
  #last: Promise<unknown> | undefined

  constructor(source: StepSource<Step>, select: (step: Step) => readonly Value[]) {
    this.#source = source
    this.#select = select
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    if (this.#last !== undefined) return this.#wait(this.#last.then(() => this.#now() ?? this.#later()))
    try {
      const result = this.#now()
      return result ? Promise.resolve(result) : this.#wait(this.#later())
    } catch (error) {
      return Promise.reject(error)
    }
  }

  return(): Promise<IteratorResult<Value, undefined>> {
    this.#stopped = true
    this.#source.stop()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Remembers who waits, and forgets once nobody does. */
  #wait(turn: Promise<IteratorResult<Value, undefined>>): Promise<IteratorResult<Value, undefined>> {
    const settled: Promise<void> = turn.then(
      () => this.#forget(settled),
      () => this.#forget(settled),
    )
    this.#last = settled
    return turn
  }

  #forget(settled: Promise<unknown>): void {
    if (this.#last === settled) this.#last = undefined
  }

  /** What there is without waiting; `undefined` where it must wait. */
  #now(): IteratorResult<Value, undefined> | undefined {
    while (!this.#stopped) {
      if (this.#given < this.#values.length) {
        const value = this.#values[this.#given++]
        if (value !== undefined) return { done: false, value }
        continue
      }
      const step = this.#source.take()
      if (step === undefined) break
      this.#values = this.#select(step)
      this.#given = 0
    }
    if (!this.#stopped && !this.#source.hasEnded()) return undefined
    const error = this.#source.error()
    if (error !== undefined && !this.#stopped) {
      this.#stopped = true
      throw error
    }
    return { done: true, value: undefined }
  }

  async #later(): Promise<IteratorResult<Value, undefined>> {
    for (;;) {
      await this.#source.more()
      const result = this.#now()
      if (result) return result
    }
  }
}
