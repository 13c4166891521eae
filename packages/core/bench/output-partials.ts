// Prints what the partials of a stream cost, for outputs that come in pieces of four characters:
// node --conditions=@interlingua/source packages/core/bench/output-partials.ts
import { structured } from '../src/index.ts'
import { calling, saying } from '../test/output-model.ts'
import { compare, processorTime, type Reading } from './compare.ts'

const outputs: Readonly<Record<string, (length: number) => unknown>> = {
  'list of objects': (length) =>
    Array.from({ length: length / 90 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'], note: 'a\nb é' })),
  'one long text': (length) => 'lorem ipsum\ndolor '.repeat(length / 18),
  'list of numbers': (length) => Array.from({ length: length / 8 }, (_, index) => 1_000_000 + index),
  'object of many keys': (length) =>
    Object.fromEntries(Array.from({ length: length / 16 }, (_, index) => [`k${1_000_000 + index}`, 'ab'])),
}

const schema = { description: 'any value' }

async function measure(pieces: readonly string[], mode: 'prompted' | 'tool'): Promise<Reading> {
  const model = mode === 'tool' ? calling('output', pieces) : saying(pieces)
  const stream = structured(model, schema, { mode }).stream('?')
  let kept: unknown
  const start = processorTime()
  for await (const partial of stream.partials()) kept = partial
  return { ms: processorTime() - start, kept: [kept, stream] }
}

for (const mode of ['prompted', 'tool'] as const) {
  for (const [name, create] of Object.entries(outputs)) {
    const piecesOf = (length: number): string[] => JSON.stringify({ value: create(length) }).match(/.{1,4}/gs) ?? []
    const pieces = new Map([1e5, 1e6].map((length) => [length, piecesOf(length)]))
    const row = await compare((length) => measure(pieces.get(length) ?? [], mode))
    console.log(`${mode.padEnd(10)}${name.padEnd(22)}${row}`)
  }
}
