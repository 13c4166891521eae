type Phase = 'start' | 'minus' | 'zero' | 'integer' | 'point' | 'fraction' | 'mark' | 'sign' | 'exponent'

/**
 * Reads one JSON number that arrives in pieces. What follows a number ends it: nothing in `12` says that no `3` follows.
 * Each character is read once.
 */
export class JsonNumber {
  /** The digits so far. */
  text = ''
  #phase: Phase = 'start'

  /** Whether the text so far is a number. */
  get valid(): boolean {
    const phase = this.#phase
    return phase === 'zero' || phase === 'integer' || phase === 'fraction' || phase === 'exponent'
  }

  /** Begins anew. */
  reset(): void {
    this.text = ''
    this.#phase = 'start'
  }

  /** Reads from `at` on, and returns where the first character stands that does not belong to the number. */
  read(piece: string, at: number): number {
    let end = at
    for (; end < piece.length; end++) {
      const phase = phaseAfter(this.#phase, piece[end] ?? '')
      if (phase === undefined) break
      this.#phase = phase
    }
    this.text += piece.slice(at, end)
    return end
  }
}

/** The grammar of RFC 8259, section 6: what a character makes of a number, and `undefined` where it is not part of it. */
function phaseAfter(phase: Phase, character: string): Phase | undefined {
  const digit = character >= '0' && character <= '9'
  const mark = character === 'e' || character === 'E'
  switch (phase) {
    case 'start':
      if (character === '-') return 'minus'
      return phaseAfter('minus', character)
    case 'minus':
      if (character === '0') return 'zero'
      return digit ? 'integer' : undefined
    case 'zero':
    case 'integer':
      if (digit && phase === 'integer') return 'integer'
      if (character === '.') return 'point'
      return mark ? 'mark' : undefined
    case 'point':
    case 'fraction':
      if (digit) return 'fraction'
      return mark && phase === 'fraction' ? 'mark' : undefined
    case 'mark':
      if (character === '+' || character === '-') return 'sign'
      return digit ? 'exponent' : undefined
    default:
      return digit ? 'exponent' : undefined
  }
}
