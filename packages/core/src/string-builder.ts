/** How much text is put together before it is joined. */
const pieceLength = 1024

/**
 * A string that grows at its end, and can be had at any time. An engine that appends to a string keeps every piece that was
 * ever appended, and a tree of them, until the string is looked into: of pieces of a few characters that is ten times the text.
 * Here they are joined as they come, in pieces of some length.
 */
export class StringBuilder {
  #settled = ''
  #recent = ''

  /** The whole string. Costs the same, however long it is. */
  get text(): string {
    return this.#settled + this.#recent
  }

  append(text: string): void {
    this.#recent += text
    if (this.#recent.length <= pieceLength) return
    // To cut something off makes the engine join the rest.
    this.#settled += this.#recent.slice(0, -1)
    this.#recent = this.#recent.slice(-1)
  }

  clear(): void {
    this.#settled = ''
    this.#recent = ''
  }
}
