/**
 * How one call is stopped. It follows the caller's signal, or the cancellation of what it is a part of, and lets go of it at
 * the end: a signal that outlives many calls keeps no listener of any of them.
 *
 * An `AbortController` costs about as much as all the rest, and most cancellations need none: it is made where something
 * asks for the `signal`.
 */
export class Cancellation {
  readonly #outer: AbortSignal | Cancellation | undefined
  readonly #onAbort: (() => void) | undefined
  readonly #follow = (): void => {
    this.abort(this.#outer?.reason)
    this.#onAbort?.()
  }
  #listeners: readonly (() => void)[] = []
  #controller: AbortController | undefined
  #stopped: { readonly reason: unknown } | undefined

  /** `onAbort` is called when what is followed aborts, at once where it has. */
  constructor(outer: AbortSignal | Cancellation | undefined, onAbort?: () => void) {
    this.#outer = outer
    this.#onAbort = onAbort
    if (outer === undefined) return
    if (outer.aborted) this.#follow()
    else if (outer instanceof Cancellation) outer.listen(this.#follow)
    else outer.addEventListener('abort', this.#follow, { once: true })
  }

  get aborted(): boolean {
    return this.#stopped !== undefined
  }

  get reason(): unknown {
    return this.#stopped?.reason
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.#stopped) this.#controller.abort(this.#stopped.reason)
    }
    return this.#controller.signal
  }

  abort(reason: unknown = new DOMException('The operation was aborted.', 'AbortError')): void {
    this.release()
    if (this.#stopped) return
    this.#stopped = { reason }
    this.#controller?.abort(reason)
    for (const listener of this.#listeners) listener()
    this.#listeners = []
  }

  /** Calls back when it is aborted, unless `unlisten` comes before. */
  listen(listener: () => void): void {
    this.#listeners = [...this.#listeners, listener]
  }

  unlisten(listener: () => void): void {
    this.#listeners = this.#listeners.filter((each) => each !== listener)
  }

  /** Stops following. */
  release(): void {
    const outer = this.#outer
    if (outer instanceof Cancellation) outer.unlisten(this.#follow)
    else outer?.removeEventListener('abort', this.#follow)
  }

  /**
   * The outcome of a promise, or a rejection with the reason as soon as the call is aborted, also where the promise takes
   * no notice. `discard` is given a value that comes too late.
   */
  race<Value>(promise: Promise<Value>, discard: (value: Value) => void): Promise<Value> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(this.reason)
      if (this.aborted) stop()
      else this.listen(stop)
      const settle = (value: Value): void => (this.aborted ? discard(value) : resolve(value))
      promise.then(settle, reject).finally(() => this.unlisten(stop))
    })
  }
}
