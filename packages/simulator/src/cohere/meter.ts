import type { Citation } from './wire.ts'

type Metered = 'thinking' | 'plan' | 'text' | 'arguments'

/** Counts an answer's tokens while it is made, and cuts it at the limit. */
export class Meter {
  readonly #most: number
  readonly #last: number
  /** Tokens so far, by what they are. Arguments are counted as recorded: each piece of them. */
  readonly counts: Record<Metered, number> = { thinking: 0, plan: 0, text: 0, arguments: 0 }
  /** Content blocks, citations and calls that have begun. */
  readonly begun: { blocks: number; citations: number; calls: number } = { blocks: 0, citations: 0, calls: 0 }
  /** True when the limit has cut the answer. */
  cut = false

  /** Cut after `most` tokens; ended without a cut after the `last` one that is not thinking. */
  constructor(most: number, last: number) {
    this.#most = most
    this.#last = last
  }

  /** Tokens so far, thinking included. */
  get total(): number {
    return this.counts.thinking + this.#said
  }

  /** Whether the answer ended before all of it was said. */
  get isCut(): boolean {
    return this.cut || this.#said >= this.#last
  }

  /** Whether another part may begin; an answer that has nothing left for it is cut. */
  opens(type: Metered): boolean {
    this.cut ||= this.total >= this.#most
    if (this.cut || (type !== 'thinking' && this.#said >= this.#last)) return false
    if (type === 'arguments') this.begun.calls += 1
    else if (type !== 'plan') this.begun.blocks += 1
    return true
  }

  /**
   * Passes pieces on until the limit; cuts only where another piece would have come.
   * @yields The pieces.
   */
  *pieces(type: Metered, pieces: Iterable<string>): Generator<string, void, undefined> {
    const last = type === 'thinking' ? Infinity : this.#last
    for (const piece of pieces) {
      if (this.total >= this.#most) {
        this.cut = true
        return
      }
      if (this.#said >= last) return
      this.counts[type] += 1
      yield piece
    }
  }

  /** Counts a citation. */
  cite(citation: Citation): Citation {
    this.begun.citations += 1
    return citation
  }

  get #said(): number {
    return this.counts.plan + this.counts.text + this.counts.arguments
  }
}
