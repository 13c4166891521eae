// The shapes of the pieces in which recorded streams arrive: a word with the space before it, a contraction's end, one
// digit, a few signs. The last two alternatives take whatever is left, so that no character is ever lost.
const piece =
  /'(?:s|t|re|ve|m|ll|d)\b|\s*[A-Za-z]{1,15}|\s*\p{N}|\s*[\p{P}\p{S}]{1,3}|\s*[^\s\p{P}\p{S}\p{N}A-Za-z]{1,2}|\s+/gu

/**
 * Cuts a text into the pieces that stand for tokens. Joined again they are the text; the same text always gives the
 * same pieces. It resembles a real tokeniser in shape and count and is none.
 */
export function tokenPieces(text: string): string[] {
  return text.match(piece) ?? []
}

/** The number of tokens of a text. */
export function countTokens(text: string): number {
  return tokenPieces(text).length
}
