import type { Citation } from './citation.ts'

/** A citation on its way: what is found out about it is written into the object that was handed out. */
type OpenCitation = { -readonly [Key in keyof Citation]: Citation[Key] }

/**
 * Whether the text at the offsets is what the citation quotes. Providers count in UTF-16 code units as far as recorded
 * traffic goes; where that does not fit and code points do, the offsets are converted, which `codePoints` is for, and the
 * provider's own are kept: those go back to it.
 */
export function checkCitation(
  citation: OpenCitation,
  slice: (start: number, end: number) => string,
  codePoints?: () => readonly number[],
): boolean {
  const { start, end, text } = citation
  if (text === '' && end > start) return quote(citation, slice)
  if (slice(start, end) !== text) {
    const starts = codePoints?.()
    const from = starts?.[start]
    const to = starts?.[end]
    if (from === undefined || to === undefined || slice(from, to) !== text) return false
    citation.providerOffsets = { start, end }
    citation.start = from
    citation.end = to
  }
  citation.verified = true
  return true
}

/** Completes a citation of a provider that quotes nothing. Then there is nothing to verify. */
function quote(citation: OpenCitation, slice: (start: number, end: number) => string): boolean {
  const { start, end } = citation
  const found = slice(start, end)
  if (found.length < end - start) return false
  citation.text = found
  return true
}

/** Marks a citation whose offsets fit in no way. */
export function refuteCitation(citation: OpenCitation): void {
  citation.verified = false
}

/** Where each code point of a text begins in UTF-16 code units, and where the text ends. */
export function codePointStarts(text: string): readonly number[] {
  const starts: number[] = []
  for (let at = 0; at < text.length; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) starts.push(at)
  starts.push(text.length)
  return starts
}
