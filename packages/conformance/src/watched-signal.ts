/** A signal that counts who listens to it. */
export class WatchedSignal {
  readonly signal: AbortSignal = new AbortController().signal
  readonly #listening = new Set<unknown>()

  constructor() {
    const { signal } = this
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...[type, listener, options]: Parameters<typeof add>) => {
      this.#listening.add(listener)
      add(type, listener, options)
    }
    signal.removeEventListener = (...[type, listener, options]: Parameters<typeof remove>) => {
      this.#listening.delete(listener)
      remove(type, listener, options)
    }
  }

  get listeners(): number {
    return this.#listening.size
  }
}
