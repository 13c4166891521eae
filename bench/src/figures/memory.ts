import { generator, loop } from '../clients.ts'
import { median, type Quantity, wireNames, wireTables } from '../comparison-table.ts'
import { type Figure, target } from '../figure.ts'

const growth: Quantity = { digits: 1, of: ({ rssMB }) => rssMB }

export const slow: Figure = {
  name: 'slow',
  about:
    'By how many megabytes a process grows while the consumer sleeps for a second over its first piece of text and the server has 200 MB to push. What does not slow the server down grows by what it reads ahead.',
  measure: (context) =>
    wireTables(context, {
      title: 'Memory while the consumer sleeps',
      rounds: 3,
      warmUps: 0,
      isFresh: true,
      jobs: () => [{ what: 'slow', how: 'endless', count: 200 }],
      chooses: ({ name }) => !/response\(\)|deltas\(\)|bytes/.test(name),
      columns: [median('MB', growth)],
      targets: (among) =>
        among.all
          .filter(({ client }) => client.kind === 'ours')
          .map(({ client }) =>
            target(
              `${wireNames[among.wire]}, ${client.name}: flat, ≤ 10 MB more than the generator`,
              Math.max(0, among.samplesOf(client.name, growth).median - among.samplesOf(generator, growth).median),
              10,
              (value) => `${value.toFixed(1)} MB`,
            ),
          ),
    }),
}

export const retained: Figure = {
  name: 'retained',
  about:
    'By how many megabytes the heap, with the buffers beside it, has grown when an answer of 20 MB on the wire was read and let go and the garbage is collected, in a process that had read others before.',
  measure: (context) =>
    wireTables(context, {
      title: 'Memory retained after 20 MB',
      rounds: 3,
      warmUps: 0,
      isFresh: true,
      enoughMs: 20_000,
      jobs: (wire) => [{ what: 'retained', how: 'events', count: wire === 'cohere' ? 190_000 : 75_000 }],
      chooses: ({ name }) => !/text\(\)|deltas\(\)|textStream|bytes/.test(name),
      columns: [median('MB', growth)],
      targets: (among) =>
        among.all
          .filter(({ client }) => client.kind === 'ours')
          .map(({ client }) =>
            target(
              `${wireNames[among.wire]}, ${client.name}: ≤ 1 MB more than the loop`,
              Math.max(0, among.samplesOf(client.name, growth).median - among.samplesOf(loop, growth).median),
              1,
              (value) => `${value.toFixed(1)} MB`,
            ),
          ),
    }),
}
