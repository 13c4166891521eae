/** A part of a text with what it was taken from. */
export interface CitedSpan<Source> {
  readonly start: number
  /** UTF-16 code units, not included. */
  readonly end: number
  readonly text: string
  readonly sources: readonly Source[]
}

/** A text that is put together from words of its own and from quotations, whose places it knows. */
export class CitedText<Source> {
  text = ''
  readonly spans: CitedSpan<Source>[] = []

  /** Adds words that are nobody else's. */
  say(words: string): this {
    this.text += words
    return this
  }

  /** Adds words that were taken from the sources. */
  quote(words: string, sources: readonly Source[]): this {
    const start = this.text.length
    this.text += words
    if (words !== '') this.spans.push({ start, end: this.text.length, text: words, sources })
    return this
  }
}
