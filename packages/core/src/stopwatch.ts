import type { Timings } from './timings.ts'

/** Measures one call. It starts when it is made. */
export class Stopwatch {
  readonly #startedAt = Date.now()
  readonly #start = performance.now()
  #headersMs: number | undefined
  #firstTokenMs: number | undefined
  #totalMs: number | undefined

  /** Whether the first token is still to come. */
  get awaitsFirstToken(): boolean {
    return this.#firstTokenMs === undefined
  }

  markHeaders(): void {
    this.#headersMs = this.#elapsed()
  }

  markFirstToken(): void {
    this.#firstTokenMs = this.#elapsed()
  }

  markEnd(): void {
    this.#totalMs = this.#elapsed()
  }

  /** What has been measured so far. */
  timings(): Timings {
    return {
      startedAt: this.#startedAt,
      ...(this.#headersMs !== undefined && { headersMs: this.#headersMs }),
      ...(this.#firstTokenMs !== undefined && { firstTokenMs: this.#firstTokenMs }),
      ...(this.#totalMs !== undefined && { totalMs: this.#totalMs }),
    }
  }

  #elapsed(): number {
    return performance.now() - this.#start
  }
}
