/**
 * An `AbortController` for one call that also follows the caller's signal, and lets go of it at the end: a signal that
 * outlives many calls keeps no listener of any of them.
 */
export class Cancellation {
  readonly #controller = new AbortController()
  readonly #outer: AbortSignal | undefined
  readonly #onAbort: () => void

  /** `onAbort` is called when the caller's signal aborts, at once where it has. */
  constructor(outer: AbortSignal | undefined, onAbort?: () => void) {
    this.#outer = outer
    this.#onAbort = () => {
      this.abort(outer?.reason)
      onAbort?.()
    }
    if (outer?.aborted) this.#onAbort()
    else outer?.addEventListener('abort', this.#onAbort, { once: true })
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  abort(reason: unknown): void {
    this.release()
    this.#controller.abort(reason)
  }

  /** Stops following the caller's signal. */
  release(): void {
    this.#outer?.removeEventListener('abort', this.#onAbort)
  }

  /**
   * The outcome of a promise, or a rejection with the reason as soon as the call is aborted, also where the promise takes
   * no notice. `discard` is given a value that comes too late.
   */
  race<Value>(promise: Promise<Value>, discard: (value: Value) => void): Promise<Value> {
    const { signal } = this
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason)
      if (signal.aborted) stop()
      else signal.addEventListener('abort', stop, { once: true })
      promise
        .then((value) => (signal.aborted ? discard(value) : resolve(value)), reject)
        .finally(() => signal.removeEventListener('abort', stop))
    })
  }
}
