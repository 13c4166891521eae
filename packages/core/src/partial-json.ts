import { GrowingValue, type JsonPath } from './growing-value.ts'
import { JsonNumber } from './json-number.ts'
import { JsonString } from './json-string.ts'

export type { JsonPath } from './growing-value.ts'

/** Why a text is not JSON, and where that shows. */
export interface PartialJsonError {
  readonly message: string
  /** Where the text stops being JSON, in UTF-16 code units from its beginning. */
  readonly offset: number
}

type State =
  | 'value'
  | 'first value'
  | 'key'
  | 'first key'
  | 'colon'
  | 'comma'
  | 'end'
  | 'key string'
  | 'string'
  | 'number'
  | 'literal'

const expectations: Readonly<Record<State, string>> = {
  value: 'a value',
  'first value': 'a value or "]"',
  key: 'a key in quotes',
  'first key': 'a key in quotes or "}"',
  colon: '":"',
  comma: '","',
  end: 'nothing more',
  'key string': 'the rest of a key',
  string: 'the rest of a string',
  number: 'the rest of a number',
  literal: 'true, false or null',
}

const literals: readonly (readonly [text: string, value: boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

/**
 * Parses one JSON document (RFC 8259, nothing more lenient) that arrives in pieces, and shows its value as far as it has
 * come. The value of a whole document equals that of `JSON.parse`, however the text was cut.
 *
 * - A piece costs its own length, however long the document and however deep it is. Nothing recurses, so there is no limit
 *   of depth.
 * - Arrays, objects and strings show from their first character on. A string shows what is certain of it: no part of an
 *   escape, and no half of a surrogate pair while the other half may follow. `true`, `false` and `null` show when they
 *   are whole, and a number when something ends it: `12` may become `123`. A key shows with its value.
 * - What shows is never taken back: arrays and objects gain entries, and strings gain text. One exception: where an object
 *   repeats a key, the last value wins, as it does in `JSON.parse`.
 * - Every key is a plain own property, `__proto__` too.
 * - A text that is not JSON does not throw. `error` says what is wrong, the value stays as far as it had come, and what is
 *   pushed later is not read.
 *
 * @example
 * ```ts
 * const json = new PartialJson()
 * json.push('{"title":"The Na')
 * json.value // { title: 'The Na' }
 * json.push('me of the Wind","pages":66')
 * json.value // { title: 'The Name of the Wind' }
 * json.isFinal(['title']) // true
 * ```
 */
export class PartialJson {
  #length = 0
  #error: PartialJsonError | undefined
  #state: State = 'value'
  #literal = ''
  readonly #string = new JsonString()
  readonly #number = new JsonNumber()
  readonly #growing = new GrowingValue()

  /**
   * The value so far; `undefined` before it begins. It grows in place: whoever keeps it, or a part of it that is not final,
   * sees it change with the next push. `snapshot()` gives what does not change.
   */
  get value(): unknown {
    return this.#growing.value
  }

  /** How much text was pushed, also what came after an error, in UTF-16 code units. */
  get length(): number {
    return this.#length
  }

  /** What is wrong with the text; `undefined` while it is the beginning of a JSON document, or a whole one. */
  get error(): PartialJsonError | undefined {
    return this.#error
  }

  /** Whether the document is whole. One that is only a number is so after white space or `end()`. */
  get complete(): boolean {
    return this.#growing.closed && this.#error === undefined
  }

  /** Whether the document has come to its end, also where something follows that does not belong to it. */
  get closed(): boolean {
    return this.#growing.closed
  }

  /** Adds the next piece of the text. Costs the length of the piece. Never throws. */
  push(piece: string): void {
    const start = this.#length
    this.#length += piece.length
    if (this.#error) return
    this.#growing.earn(piece.length)
    let at = 0
    while (at < piece.length && this.#error === undefined) {
      const next = this.#read(piece, at)
      if (next === undefined) this.#fail(JSON.stringify(piece[at]), start + at)
      else at = next
    }
    // A string shows once for each piece, and not once for each escape within it.
    if (this.#state === 'string') this.#growing.grow(this.#string.text)
  }

  /** Says that no more text comes: a number may end here, and a document that is not complete has an `error`. */
  end(): void {
    if (this.#error) return
    if (this.#state === 'number' && this.#number.valid) this.#endNumber()
    if (this.#state !== 'end') this.#fail('the end of the text', this.#length)
  }

  /**
   * Whether the value at a path is whole, for example `['items', 0, 'name']`; an empty path is the document. A value is
   * whole from its last character on, and never changes again unless its object repeats its key. Costs the length of the
   * path.
   */
  isFinal(path: JsonPath): boolean {
    return path.length === 0 ? this.complete : this.#growing.isFinal(path)
  }

  /**
   * The value in a form that no later push changes, for user interfaces that compare references: what has changed since
   * the last snapshot is a new object, and what has not is the same one. Do not write to it: it shares what is final with
   * `value`.
   *
   * It copies the open arrays and objects. So that a snapshot for each piece still costs no more than the length of the
   * text, it copies only what enough new text has paid for, and is the last snapshot again until then. Up to 1,000 entries
   * of open arrays, or 60 of open objects, are copied at any time; beyond that a snapshot may be behind by one character
   * for every 4 array entries, or by 4 for every object entry. That of a complete document is never behind.
   */
  snapshot(): unknown {
    return this.#growing.snapshot()
  }

  /** Reads one token or a part of it, and returns where it stopped; `undefined` where the first character is an error. */
  #read(piece: string, at: number): number | undefined {
    switch (this.#state) {
      case 'string':
      case 'key string':
        return this.#readString(piece, at)
      case 'number':
        return this.#readNumber(piece, at)
      default:
        return this.#readCharacter(piece[at] ?? '') ? at + 1 : undefined
    }
  }

  #readString(piece: string, at: number): number | undefined {
    const next = this.#string.read(piece, at)
    // An error stands at the first character of a reading of its own, so what comes before it has been read by then.
    if (next === at) return undefined
    if (!this.#string.closed) return next
    if (this.#state === 'key string') {
      this.#growing.name(this.#string.text)
      this.#state = 'colon'
    } else {
      this.#growing.grow(this.#string.text)
      this.#endValue()
    }
    return next
  }

  #readNumber(piece: string, at: number): number | undefined {
    const next = this.#number.read(piece, at)
    if (next === piece.length) return next
    // Only what may follow a value ends a number: 1 is no part of the wrong text 1x.
    const after = piece[next] ?? ''
    const ends = this.#number.valid && (isSpace(after) || after === ',' || after === ']' || after === '}')
    if (ends) this.#endNumber()
    else if (next === at) return undefined
    return next
  }

  #readCharacter(character: string): boolean {
    const state = this.#state
    if (state === 'literal') return this.#readLiteral(character)
    if (isSpace(character)) return true
    switch (state) {
      case 'value':
      case 'first value':
        if (character === ']' && state === 'first value') return this.#close()
        return this.#beginValue(character)
      case 'key':
      case 'first key':
        if (character === '}' && state === 'first key') return this.#close()
        if (character !== '"') return false
        this.#string.reset()
        this.#state = 'key string'
        return true
      case 'colon':
        if (character !== ':') return false
        this.#state = 'value'
        return true
      case 'comma':
        if (character === this.#growing.closer) return this.#close()
        if (character !== ',') return false
        this.#state = this.#growing.closer === ']' ? 'value' : 'key'
        return true
      default:
        return false
    }
  }

  #beginValue(character: string): boolean {
    switch (character) {
      case '{':
        this.#growing.open({})
        this.#state = 'first key'
        return true
      case '[':
        // With its first entry an array that is written as [] gets room for seventeen, and this one has room for four.
        this.#growing.open(new Array())
        this.#state = 'first value'
        return true
      case '"':
        this.#growing.begin('')
        this.#string.reset()
        this.#state = 'string'
        return true
      default:
        this.#number.reset()
        if (this.#number.read(character, 0) === 0) return this.#readLiteral(character)
        this.#state = 'number'
        return true
    }
  }

  #readLiteral(character: string): boolean {
    const text = this.#state === 'literal' ? this.#literal + character : character
    const literal = literals.find(([whole]) => whole.startsWith(text))
    if (literal === undefined) return false
    this.#literal = text
    this.#state = 'literal'
    if (text === literal[0]) {
      this.#growing.begin(literal[1])
      this.#endValue()
    }
    return true
  }

  #endNumber(): void {
    this.#growing.begin(Number(this.#number.text))
    this.#endValue()
  }

  #close(): boolean {
    this.#growing.close()
    this.#endValue()
    return true
  }

  #endValue(): void {
    this.#growing.end()
    this.#state = this.#growing.closed ? 'end' : 'comma'
  }

  #fail(found: string, offset: number): void {
    const inString = this.#state === 'string' || this.#state === 'key string'
    let expected = (inString ? this.#string.expected : undefined) ?? expectations[this.#state]
    if (this.#state === 'comma') expected += ` or "${this.#growing.closer}"`
    this.#error = { message: `expected ${expected} at offset ${offset}, found ${found}`, offset }
  }
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}
