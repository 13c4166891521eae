// Prints what the partials of a stream cost, for outputs that come in pieces of four characters:
// node --conditions=@interlingua/source packages/core/bench/output-partials.ts
import { structured } from '../src/index.ts'
import { calling, saying } from '../test/output-model.ts'

const outputs: Readonly<Record<string, (length: number) => unknown>> = {
  'list of objects': (length) =>
    Array.from({ length: length / 90 }, (_, id) => ({ id, name: `item ${id}`, tags: ['a', 'b'], note: 'a\nb é' })),
  'one long text': (length) => 'lorem ipsum\ndolor '.repeat(length / 18),
  'list of numbers': (length) => Array.from({ length: length / 8 }, (_, index) => 1_000_000 + index),
  'object of many keys': (length) =>
    Object.fromEntries(Array.from({ length: length / 16 }, (_, index) => [`k${1_000_000 + index}`, 'ab'])),
}

const schema = { description: 'any value' }

async function measure(value: unknown, mode: 'prompted' | 'tool'): Promise<number> {
  const pieces = JSON.stringify({ value }).match(/.{1,4}/gs) ?? []
  let best = Infinity
  for (let run = 0; run < 5; run++) {
    const model = mode === 'tool' ? calling('output', pieces) : saying(pieces)
    const stream = structured(model, schema, { mode }).stream('?')
    const start = performance.now()
    for await (const _ of stream.partials());
    best = Math.min(best, performance.now() - start)
  }
  return best
}

// The first runs are those of code that is not compiled yet.
for (const create of Object.values(outputs)) await measure(create(1e4), 'prompted')

for (const mode of ['prompted', 'tool'] as const) {
  for (const [name, create] of Object.entries(outputs)) {
    const times: number[] = []
    for (const length of [1e4, 1e5, 1e6]) times.push(await measure(create(length), mode))
    const row = times.map((time) => `${time.toFixed(2)} ms`.padStart(12)).join('')
    const [small = 1, middle = 1, large = 0] = times
    const ratios = `100 kB : 10 kB = ${(middle / small).toFixed(1)}   1 MB : 100 kB = ${(large / middle).toFixed(1)}`
    console.log(`${mode.padEnd(10)}${name.padEnd(22)}${row}   ${ratios}`)
  }
}
