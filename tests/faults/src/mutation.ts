/** Numbers that are the same in every run of the same seed, from 0 up to 1. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  // Mulberry32, which is in the public domain.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Bytes that mean something to a reader of streams, and are likely to be in the wrong place. */
const telling = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  'data: ',
  'event: x\n',
  ':',
  '{',
  '}',
  '"',
  '\\',
  'null',
  '[DONE]',
  '\u2028',
  '\uFEFF',
  '\0',
  '😀',
]

/** The same bytes after some damage: flipped, cut out, put in, repeated, exchanged. */
export function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  let result = Buffer.from(bytes)
  const times = 1 + Math.floor(random() * 6)
  for (let time = 0; time < times; time++) result = damaged(result, random)
  return result
}

function damaged(bytes: Buffer, random: () => number): Buffer<ArrayBuffer> {
  const place = (): number => Math.floor(random() * (bytes.length + 1))
  const [from = 0, to = 0] = [place(), place()].toSorted((a, b) => a - b)
  const [before, between, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)]
  switch (Math.floor(random() * 6)) {
    case 0: {
      const copy = Buffer.from(bytes)
      if (from < copy.length) copy[from] = Math.floor(random() * 256)
      return copy
    }
    case 1:
      return Buffer.concat([before, after])
    case 2:
      return Buffer.concat([before, Buffer.from(telling[Math.floor(random() * telling.length)] ?? ''), between, after])
    case 3:
      return Buffer.concat([before, between, between.subarray(0, 2_000), after])
    case 4:
      return Buffer.concat([after, between, before])
    default:
      return Buffer.concat([before])
  }
}
