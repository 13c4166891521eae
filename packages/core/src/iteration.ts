/** What an iteration takes its steps from. */
export interface StepSource<Step> {
  /** The next step that needs no waiting. */
  take(): Step | undefined
  /** Whether there will be no more. */
  hasEnded(): boolean
  /** What ended the steps, where that was no proper end. */
  failure(): { readonly error: unknown } | undefined
  /** Waits until there may be more. */
  more(): Promise<unknown>
  /** Nobody wants the rest. */
  stop(): Promise<void>
}

/** What a step without values has. */
export const none: readonly never[] = []

/**
 * One reading of a stream: an iterator that makes values of each step. Steps that are there already are given without
 * waiting for anything. Calls of `next` that overlap are served one after the other, in the order in which they came.
 */
export class Iteration<Step, Value> implements AsyncIterableIterator<Value, undefined> {
  readonly #source: StepSource<Step>
  readonly #select: (step: Step) => readonly Value[]
  /** Values of the last step that are still to be given. */
  #values: readonly Value[] = []
  #given = 0
  /** Steps that were taken past the iteration while it was open. */
  #backlog: Step[] = []
  #backlogNext = 0
  #isOpen = true
  /** The last call of `next` that has to wait. */
  #last: Promise<IteratorResult<Value, undefined>> | undefined
  #waiting = 0

  constructor(source: StepSource<Step>, select: (step: Step) => readonly Value[]) {
    this.#source = source
    this.#select = select
  }

  /** Whether it is to see what is still to come. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Shows a step later, in its turn. */
  keep(step: Step): void {
    this.#backlog.push(step)
  }

  /** Shows nothing more. */
  close(): void {
    this.#isOpen = false
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  next(): Promise<IteratorResult<Value, undefined>> {
    try {
      const result = this.#last === undefined ? this.#now() : undefined
      if (result) return Promise.resolve(result)
    } catch (error) {
      return Promise.reject(error)
    }
    this.#waiting++
    return (this.#last = this.#later(this.#last))
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    this.close()
    await this.#source.stop()
    return { done: true, value: undefined }
  }

  /** What there is without waiting; `undefined` where it must wait. */
  #now(): IteratorResult<Value, undefined> | undefined {
    while (this.#isOpen) {
      if (this.#given < this.#values.length) {
        const value = this.#values[this.#given++]
        if (value !== undefined) return { done: false, value }
        continue
      }
      const step = this.#take()
      if (step === undefined) break
      this.#values = this.#select(step)
      this.#given = 0
    }
    if (this.#isOpen && !this.#source.hasEnded()) return undefined
    const failure = this.#source.failure()
    if (failure && this.#isOpen) {
      this.close()
      throw failure.error
    }
    return { done: true, value: undefined }
  }

  /** Waits, behind those who wait already. */
  async #later(before: Promise<unknown> | undefined): Promise<IteratorResult<Value, undefined>> {
    try {
      await (before ? before.catch(() => {}) : this.#source.more())
      for (;;) {
        const result = this.#now()
        if (result) return result
        await this.#source.more()
      }
    } finally {
      if (--this.#waiting === 0) this.#last = undefined
    }
  }

  #take(): Step | undefined {
    return this.#backlogNext < this.#backlog.length ? this.#backlog[this.#backlogNext++] : this.#source.take()
  }
}
