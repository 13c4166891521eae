import { tokenPieces } from '../tokens.ts'

// A token is up to six bytes of UTF-8, and its number says which: so any text comes back as it was, without a list of
// tokens. Shorter tokens have the lower numbers.
const longest = 6
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A token: its number and its text. */
export interface Token {
  readonly id: number
  readonly text: string
}

/** The tokens of a text; `detokenize` undoes it. Lone surrogates are no text, and become U+FFFD. */
export function tokenize(text: string): Token[] {
  return tokenPieces(decoder.decode(encoder.encode(text)))
    .flatMap(shortPieces)
    .map((piece) => ({ id: idOf(piece), text: piece }))
}

/** The text of the tokens; numbers that are no token of `tokenize` give U+FFFD. */
export function detokenize(ids: readonly number[]): string {
  return decoder.decode(Uint8Array.from(ids.flatMap(bytesOf)))
}

function shortPieces(piece: string): string[] {
  if (encoder.encode(piece).length <= longest) return [piece]
  const pieces = ['']
  for (const character of piece) {
    const longer = `${pieces.at(-1)}${character}`
    if (encoder.encode(longer).length > longest) pieces.push(character)
    else pieces[pieces.length - 1] = longer
  }
  return pieces
}

function idOf(piece: string): number {
  const bytes = [...encoder.encode(piece)]
  return bytes.reduce((value, byte) => value * 256 + byte, 0) + firstId(bytes.length)
}

function bytesOf(id: number): number[] {
  if (!Number.isSafeInteger(id) || id < 0 || id >= firstId(longest + 1)) return [0xff]
  let length = 1
  while (id >= firstId(length + 1)) length += 1
  const bytes: number[] = []
  for (let value = id - firstId(length); bytes.length < length; value = Math.floor(value / 256))
    bytes.unshift(value % 256)
  return bytes
}

function firstId(length: number): number {
  let id = 0
  for (let shorter = 1; shorter < length; shorter++) id += 256 ** shorter
  return id
}
