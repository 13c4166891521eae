import { StringBuilder } from './string-builder.ts'

/**
 * A text that grows at its end and can be looked into while it does. The platform joins appended strings only when one is
 * looked at, and then copies the whole: looking often would cost the square of the length. Here only what has come since
 * the last look is joined.
 */
export class GrowingText {
  readonly #recent = new StringBuilder()
  /** What was looked at before, in pieces, and where each of them begins. */
  #pieces: string[] = []
  #starts: number[] = []
  #settled = 0

  append(text: string): void {
    this.#recent.append(text)
  }

  /** The text between two offsets in UTF-16 code units, as `String.prototype.slice` gives it. */
  slice(start: number, end: number): string {
    this.#settle()
    const last = Math.min(end, this.#settled)
    let text = ''
    for (
      let piece = this.#pieceAt(start);
      piece < this.#pieces.length && (this.#starts[piece] ?? last) < last;
      piece++
    ) {
      const begin = this.#starts[piece] ?? 0
      text += this.#pieces[piece]?.slice(Math.max(0, start - begin), last - begin) ?? ''
    }
    return text
  }

  toString(): string {
    if (this.#pieces.length === 0) return this.#recent.text
    this.#settle()
    return this.#pieces.join('')
  }

  /** The piece in which an offset lies, found by halving. */
  #pieceAt(offset: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }

  #settle(): void {
    const { text } = this.#recent
    if (text === '') return
    this.#pieces.push(text)
    this.#starts.push(this.#settled)
    this.#settled += text.length
    this.#recent.clear()
  }
}
