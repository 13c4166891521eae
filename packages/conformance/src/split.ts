/** One of the ways in which the same bytes can arrive. */
export interface Split {
  readonly name: string
  readonly cut: (bytes: Uint8Array) => readonly Uint8Array[]
}

/** From one read for everything to one for each byte, and at places in between that are the same in every run. */
export const splits: readonly Split[] = [
  { name: 'in one read', cut: (bytes) => [bytes] },
  { name: 'one byte at a time', cut: (bytes) => inPieces(bytes, 1) },
  { name: '7 bytes at a time', cut: (bytes) => inPieces(bytes, 7) },
  ...[1, 2, 3].map((seed) => ({
    name: `at random places (${seed})`,
    cut: (bytes: Uint8Array) => atRandom(bytes, seed),
  })),
]

export function inPieces(bytes: Uint8Array, length: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += length) pieces.push(bytes.subarray(at, at + length))
  return pieces
}

/** After every CR and every LF: between the two is where it matters most. */
export function afterLineEnds(bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let start = 0
  for (const [at, byte] of bytes.entries()) {
    if (byte !== 10 && byte !== 13) continue
    pieces.push(bytes.subarray(start, at + 1))
    start = at + 1
  }
  return [...pieces, bytes.subarray(start)]
}

/**
 * The lengths to which a stream is cut: after every byte, but inside of a word of letters only once. What a parser makes of
 * half a word is the same whichever half it is, and most of a stream is words.
 */
export function* cutsOf(bytes: Uint8Array): Generator<number> {
  for (let length = 0; length < bytes.length; length++) {
    const isInside = isLetter(bytes[length - 1]) && isLetter(bytes[length])
    if (!isInside || !isLetter(bytes[length - 2])) yield length
  }
}

function isLetter(byte = 0): boolean {
  return (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)
}

function atRandom(bytes: Uint8Array, seed: number): Uint8Array[] {
  const pieces: Uint8Array[] = []
  let state = seed
  for (let at = 0; at < bytes.length;) {
    // A linear congruential generator: the same places in every run. Empty reads are among them.
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    const length = (state >> 8) % 64
    pieces.push(bytes.subarray(at, at + length))
    at += length
  }
  return pieces
}
