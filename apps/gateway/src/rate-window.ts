/** Counts what happened in the last stretch of time: in twelfths of it, so that a limit frees up bit by bit. */
export class RateWindow {
  readonly #lengthMs: number
  readonly #slotMs: number
  readonly #counts = new Map<number, number>()
  #total = 0

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs
    this.#slotMs = lengthMs / 12
  }

  /** What was counted within the window that ends now. */
  total(now: number): number {
    this.#forget(now)
    return this.#total
  }

  add(now: number, amount: number): void {
    const slot = Math.floor(now / this.#slotMs)
    this.#counts.set(slot, (this.#counts.get(slot) ?? 0) + amount)
    this.#total += amount
  }

  /** When so much is free again that a limit is kept, in milliseconds from now. */
  freeAfter(now: number, limit: number): number {
    let left = this.total(now)
    const slots = [...this.#counts].toSorted(([one], [other]) => one - other)
    for (const [slot, count] of slots) {
      left -= count
      if (left < limit) return Math.max(1, Math.ceil((slot + 1) * this.#slotMs + this.#lengthMs - now))
    }
    return this.#lengthMs
  }

  #forget(now: number): void {
    for (const [slot, count] of this.#counts) {
      if ((slot + 1) * this.#slotMs > now - this.#lengthMs) continue
      this.#counts.delete(slot)
      this.#total -= count
    }
  }
}
