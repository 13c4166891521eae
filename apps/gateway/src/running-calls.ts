import { Refusal } from './refusal.ts'

/** The requests that are being answered: how many there may be, and how to wait for their end. */
export class RunningCalls {
  readonly #most: number
  readonly #running = new Set<AbortController>()
  #draining = false
  #whenIdle: (() => void) | undefined

  constructor(most: number) {
    this.#most = most
  }

  get count(): number {
    return this.#running.size
  }

  /** Whether no more requests are taken. */
  get draining(): boolean {
    return this.#draining
  }

  /** Takes a request in; its controller stops it. Throws a `Refusal` where there are too many. */
  enter(): AbortController {
    if (this.#draining) {
      throw new Refusal('The gateway is shutting down.', { status: 503, code: 'overloaded', retryAfterMs: 1_000 })
    }
    if (this.#running.size >= this.#most) {
      const message = `The gateway answers ${this.#most} requests at a time, and that many are running.`
      throw new Refusal(message, { status: 503, code: 'overloaded', retryAfterMs: 1_000 })
    }
    const controller = new AbortController()
    this.#running.add(controller)
    return controller
  }

  leave(controller: AbortController): void {
    this.#running.delete(controller)
    if (this.#running.size === 0) this.#whenIdle?.()
  }

  /** Takes no more, and waits for what is running; what is not done within the time is stopped. */
  async drain(graceMs: number): Promise<void> {
    this.#draining = true
    if (this.#running.size === 0) return
    const idle = new Promise<void>((resolve) => {
      this.#whenIdle = resolve
    })
    const timer = setTimeout(() => {
      for (const controller of this.#running) controller.abort(new Error('the gateway is shutting down'))
    }, graceMs)
    await idle
    clearTimeout(timer)
  }
}
