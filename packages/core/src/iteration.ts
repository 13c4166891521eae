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
  #last: Promise<unknown> | undefined

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
    if (this.#last !== undefined) return this.#wait(this.#last.then(() => this.#now() ?? this.#later()))
    try {
      const result = this.#now()
      return result ? Promise.resolve(result) : this.#wait(this.#later())
    } catch (error) {
      return Promise.reject(error)
    }
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    this.close()
    await this.#source.stop()
    return { done: true, value: undefined }
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

  async #later(): Promise<IteratorResult<Value, undefined>> {
    for (;;) {
      await this.#source.more()
      const result = this.#now()
      if (result) return result
    }
  }

  #take(): Step | undefined {
    return this.#backlogNext < this.#backlog.length ? this.#backlog[this.#backlogNext++] : this.#source.take()
  }
}
