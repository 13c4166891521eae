// Prints what the parser costs, for documents that come in pieces of four characters, and what the engine costs without it:
// node --conditions=@interlingua/source packages/core/bench/partial-json.ts
import { PartialJson } from '../src/partial-json.ts'
import { compare, processorTime, type Reading } from './compare.ts'

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
  const start = processorTime()
  for (const piece of pieces) {
    json.push(piece)
    kept = read(json)
  }
  const ms = processorTime() - start
  if (!json.complete) throw new Error(json.error?.message)
  return { ms, kept }
}

/** What no parser can go below: the same values, built by a loop that has nothing to read, and by the parser of the engine. */
const floors: Readonly<Record<string, (length: number) => unknown>> = {
  'one long string': (length) => {
    const { pieces } = prepared(length)
    let text = ''
    for (const piece of pieces) text += piece
    return text
  },
  'array of numbers': (length) => {
    const array: number[] = []
    for (let index = 0; index < length / 8; index++) array.push(1_000_000 + index)
    return array
  },
  'object of many keys': (length) => {
    const { keys } = prepared(length)
    const object: Record<string, string> = {}
    for (const key of keys) object[key] = 'ab'
    return object
  },
  'nested arrays': (length) => {
    const array: unknown[] = []
    let inner = array
    for (let depth = 1; depth < length / 2; depth++) {
      const next: unknown[] = []
      inner.push(next)
      inner = next
    }
    return array
  },
}

const preparations = new Map<number, { pieces: readonly string[]; keys: readonly string[] }>()

function prepared(length: number): { pieces: readonly string[]; keys: readonly string[] } {
  const known = preparations.get(length)
  if (known) return known
  const pieces = documents['one long string']?.(length).match(/.{1,4}/gs) ?? []
  const keys = Array.from({ length: length / 16 }, (_, index) => `k${1_000_000 + index}`)
  preparations.set(length, { pieces, keys })
  return { pieces, keys }
}

function timed(build: () => unknown): Reading {
  const start = processorTime()
  const kept = build()
  return { ms: processorTime() - start, kept }
}

for (const [name, build] of Object.entries(floors)) {
  for (const length of [1e5, 1e6]) prepared(length)
  console.log(`${'a loop'.padEnd(12)}${name.padEnd(22)}${await compare((length) => timed(() => build(length)))}`)
}

for (const [name, create] of Object.entries(documents)) {
  const texts = new Map([1e5, 1e6].map((length) => [length, create(length)]))
  const row = await compare((length) => timed(() => JSON.parse(texts.get(length) ?? '') as unknown))
  console.log(`${'JSON.parse'.padEnd(12)}${name.padEnd(22)}${row}`)
}

for (const [reading, read] of Object.entries(readings)) {
  for (const [name, create] of Object.entries(documents)) {
    const pieces = new Map([1e5, 1e6].map((length) => [length, create(length).match(/.{1,4}/gs) ?? []]))
    const row = await compare((length) => measure(pieces.get(length) ?? [], read))
    console.log(`${reading.padEnd(12)}${name.padEnd(22)}${row}`)
  }
}
