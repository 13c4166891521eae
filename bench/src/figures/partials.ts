import { tuples } from '../clients.ts'
import { type Column, median, type Quantity, timesLoop, wireNames, wireTables } from '../comparison-table.ts'
import { type Figure, target } from '../figure.ts'
import type { Table } from '../result.ts'

const sizes = [10, 100, 1_000] as const
const [small, middle, large] = sizes.map((_, job) => ({
  job,
  digits: 0,
  of: ({ wallMs, times }) => wallMs / times,
})) as [Quantity, Quantity, Quantity]

const values: Column = {
  title: 'values in 100 kB',
  cell: ({ series }) => series[1]?.measured[0]?.noted.toLocaleString('en') ?? '–',
}

const growth: Column = {
  title: '1 MB : 100 kB',
  cell: ({ client }, among) => {
    const { median: ratio } = among.ratio(client.name, client.name, large, middle)
    return Number.isNaN(ratio) ? '–' : ratio.toFixed(1)
  },
}

const kinds = { object: 'A growing object', tool: 'Growing arguments of a tool call' } as const
/** Who can: of the peers, those that give values of JSON that has not ended. */
const able: Readonly<Record<keyof typeof kinds, RegExp>> = {
  object: /^hand-written|\[chunk\] of stream\)$|^openai$|fullStream$|^@langchain\/openai$/,
  tool: /^hand-written|\[chunk\] of stream\)$|^openai$|^@langchain\/openai$/,
}

export const partials: Figure = {
  name: 'partials',
  about:
    'Time to read JSON that comes sixteen characters at a time, with its value so far after each piece, in milliseconds: a list of small objects, of 10 kB, 100 kB and 1 MB. The loop feeds a parser of sixty lines that checks nothing. What parses all there is again with each piece takes the square of the length, and is given up after ten seconds. Those that are not here give no values of unfinished JSON.',
  measure: async (context) => {
    const tables: Table[] = []
    for (const what of ['object', 'tool'] as const) {
      tables.push(
        ...(await wireTables(context, {
          title: kinds[what],
          rounds: 5,
          warmUps: 1,
          limitMs: 10_000,
          jobs: () => sizes.map((count) => ({ what, how: what, count, times: 1_000 / count, untilCpuMs: 300 })),
          chooses: ({ name }) => able[what].test(name),
          columns: [
            median('10 kB, ms', small),
            timesLoop(small),
            median('100 kB, ms', middle),
            timesLoop(middle),
            median('1 MB, ms', large),
            timesLoop(large),
            growth,
            values,
          ],
          targets: (among) => {
            const name = `${wireNames[among.wire]}, ours`
            return [
              target(
                `${name}: 1 MB ≤ 12 × 100 kB`,
                among.ratio(tuples, tuples, large, middle).median,
                12,
                (value) => `${value.toFixed(1)} ×`,
              ),
              target(
                `${name}: 1 MB ≤ 0.75 s`,
                among.samplesOf(tuples, large).median / 1_000,
                0.75,
                (value) => `${value.toFixed(2)} s`,
              ),
            ]
          },
        })),
      )
    }
    return tables
  },
}
