import { lettersOf } from './ids.ts'

// The letters mean nothing, and there is a padding in each chunk: they are made once for each length.
const paddings = Array.from({ length: 16 }, (_, length) => lettersOf(`padding ${length}`, 16 - length))

/** Signs that bring a chunk to a length that tells nothing about its text. */
export function padding({ piece }: { readonly piece: string }): string {
  return paddings[piece.length % paddings.length] ?? ''
}
