import { StringBuilder } from './string-builder.ts'

const quote = 0x22
const backslash = 0x5c
const firstPrintable = 0x20
const hexadecimal = /^[\da-f]$/i

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/**
 * Reads one JSON string that arrives in pieces, from behind its opening quote to behind its closing one. Each character is
 * read once.
 */
export class JsonString {
  /** Whether the closing quote has come. */
  closed = false
  /** What was expected where reading stopped at a character that cannot stand there. */
  expected: string | undefined
  readonly #certain = new StringBuilder()
  #held = ''
  #escape: string | undefined

  /**
   * What is certain of the decoded string. An escape that is not complete is not part of it, and neither is the first half
   * of a surrogate pair before it is known what follows.
   */
  get text(): string {
    return this.#certain.text
  }

  /** Begins anew, behind an opening quote. */
  reset(): void {
    this.#certain.clear()
    this.closed = false
    this.expected = undefined
    this.#held = ''
    this.#escape = undefined
  }

  /** Reads from `at` on, and returns where it stopped: at the end of the piece, behind the string, or at an error. */
  read(piece: string, at: number): number {
    let next = at
    while (next < piece.length && !this.closed && this.expected === undefined) {
      if (this.#escape === undefined) next = this.#readText(piece, next)
      else if (this.#readEscape(this.#escape, piece[next] ?? '')) next += 1
    }
    return next
  }

  #readText(piece: string, at: number): number {
    let end = at
    let code = piece.charCodeAt(end)
    while (end < piece.length && code !== quote && code !== backslash && code >= firstPrintable) {
      end += 1
      code = piece.charCodeAt(end)
    }
    if (end > at) this.#append(piece.slice(at, end))
    if (end === piece.length) return end
    if (code === quote) {
      this.closed = true
      this.#certain.append(this.#held)
    } else if (code === backslash) {
      this.#escape = ''
    } else {
      this.expected = 'a string without control characters'
      return end
    }
    return end + 1
  }

  #readEscape(escape: string, character: string): boolean {
    if (escape !== '') {
      if (!hexadecimal.test(character)) {
        this.expected = 'a hexadecimal digit'
        return false
      }
      this.#escape = escape + character
      if (escape.length < 4) return true
      this.#append(String.fromCharCode(Number.parseInt(this.#escape.slice(1), 16)))
    } else if (character === 'u') {
      this.#escape = 'u'
      return true
    } else {
      const unescaped = escapes.get(character)
      if (unescaped === undefined) {
        this.expected = 'an escape'
        return false
      }
      this.#append(unescaped)
    }
    this.#escape = undefined
    return true
  }

  #append(run: string): void {
    const added = this.#held + run
    const last = added.charCodeAt(added.length - 1)
    const firstHalf = last >= 0xd800 && last < 0xdc00
    // Only the new run is looked at: to look at a character of the text would make the engine copy all of it.
    this.#held = firstHalf ? added.slice(-1) : ''
    this.#certain.append(firstHalf ? added.slice(0, -1) : added)
  }
}
