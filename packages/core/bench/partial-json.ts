// Prints what the parser costs, for documents that come in pieces of four characters:
// node --conditions=@interlingua/source packages/core/bench/partial-json.ts
import { PartialJson } from '../src/partial-json.ts'
import { compare, type Reading } from './compare.ts'

const documents: Readonly<Record<string, (length: number) => string>> = {
  'array of objects': (length) =>
    JSON.stringify({
      items: Array.from({ length: length / 90 }, (_, id) => ({
        id,
        name: `item ${id}`,
        tags: ['a', 'b'],
        note: 'a\nb é',
      })),
    }),
  'one long string': (length) => JSON.stringify({ text: 'lorem ipsum\ndolor '.repeat(length / 18) }),
  'array of numbers': (length) => JSON.stringify(Array.from({ length: length / 8 }, (_, index) => 1_000_000 + index)),
  'object of many keys': (length) =>
    JSON.stringify(
      Object.fromEntries(Array.from({ length: length / 16 }, (_, index) => [`k${1_000_000 + index}`, 'ab'])),
    ),
  'nested arrays': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
}

const readings: Readonly<Record<string, (json: PartialJson) => unknown>> = {
  value: (json) => json.value,
  snapshot: (json) => json.snapshot(),
}

function measure(pieces: readonly string[], read: (json: PartialJson) => unknown): Reading {
  const json = new PartialJson()
  let kept: unknown
  const start = performance.now()
  for (const piece of pieces) {
    json.push(piece)
    kept = read(json)
  }
  const ms = performance.now() - start
  if (!json.complete) throw new Error(json.error?.message)
  return { ms, kept }
}

for (const [reading, read] of Object.entries(readings)) {
  for (const [name, create] of Object.entries(documents)) {
    const pieces = new Map([1e5, 1e6].map((length) => [length, create(length).match(/.{1,4}/gs) ?? []]))
    const row = await compare((length) => measure(pieces.get(length) ?? [], read))
    console.log(`${reading.padEnd(10)}${name.padEnd(22)}${row}`)
  }
}
