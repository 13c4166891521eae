import { tuples, tuplesOverNode } from '../clients.ts'
import { median, type Quantity, wireNames, wireTables } from '../comparison-table.ts'
import { type Figure, target } from '../figure.ts'

const wall: Quantity = { digits: 3, of: ({ wallMs, times }) => wallMs / times / 1_000 }

export const large: Figure = {
  name: 'large',
  about:
    'Time to read one event of 16 MB, which arrives in pieces of 64 kB, in seconds. What looks at the beginning again with each piece takes the square of the length, and is given up after five seconds.',
  measure: (context) =>
    wireTables(context, {
      title: 'One event of 16 MB',
      rounds: 5,
      warmUps: 1,
      limitMs: 5_000,
      enoughMs: 6_000,
      jobs: () => [{ what: 'stream', how: 'large', count: 16 }],
      columns: [median('s', wall)],
      targets: (among) =>
        [tuples, tuplesOverNode].map((name) =>
          target(
            `${wireNames[among.wire]}, ${name}: ≤ 0.2 s`,
            among.samplesOf(name, wall).median,
            0.2,
            (value) => `${value.toFixed(3)} s`,
          ),
        ),
    }),
}
