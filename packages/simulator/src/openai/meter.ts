type Metered = 'reasoning' | 'said'

/** Counts an answer's tokens while it is made, and cuts it at the limit. */
export class Meter {
  readonly #most: number
  readonly #last: number
  readonly #limitsReasoning: boolean
  /** Tokens of hidden or shown reasoning. */
  reasoning = 0
  /** Tokens of text, refusal and arguments. */
  said = 0
  /** True when the limit has cut the answer. */
  cut = false

  /** Cut after `most` tokens; ended without a cut after the `last` one that is not reasoning. */
  constructor(most: number, last: number, limitsReasoning: boolean) {
    this.#most = most
    this.#last = last
    this.#limitsReasoning = limitsReasoning
  }

  /** Tokens so far, reasoning included. */
  get total(): number {
    return this.reasoning + this.said
  }

  /** Whether the answer ends here, although more was to be said. */
  get ended(): boolean {
    return this.cut || this.said >= this.#last
  }

  /**
   * Passes pieces on until the limit; cuts only where another piece would have come.
   * @yields The pieces.
   */
  *pieces(type: Metered, pieces: Iterable<string>): Generator<string, void, undefined> {
    for (const piece of pieces) {
      if ((this.#limitsReasoning ? this.total : this.said) >= this.#most) this.cut = true
      if (this.cut || (type === 'said' && this.said >= this.#last)) return
      this[type] += 1
      yield piece
    }
  }
}
