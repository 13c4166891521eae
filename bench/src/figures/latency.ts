import { median, type Quantity, timesLoop, wireTables } from '../comparison-table.ts'
import type { Figure } from '../figure.ts'

const toFirst: Quantity = { digits: 3, of: ({ noted }) => noted }
const limits = { fetch: 1.1, node: 1.15 }

export const first: Figure = {
  name: 'first',
  about:
    'Time from the call to the first piece of text in the hands of the caller, in milliseconds: of streams with 20 events, one after the other over a connection that is open. The median of each round’s calls counts.',
  measure: (context) =>
    wireTables(context, {
      title: 'Time to the first piece of text',
      rounds: 9,
      warmUps: 2,
      jobs: () => [{ what: 'stream', how: 'events', count: 20, times: 200, untilCpuMs: 400 }],
      chooses: ({ name }) => !name.endsWith('response()'),
      columns: [median('ms', toFirst), timesLoop(toFirst)],
      targets: (among) => among.withinBoth(limits, toFirst),
    }),
}

const perCall: Quantity = { digits: 3, of: ({ wallMs, times }) => wallMs / times }

export const call: Figure = {
  name: 'call',
  about:
    'Time of a small call without streaming, in milliseconds, from the call to the folded answer: one after the other over a connection that is open.',
  measure: (context) =>
    wireTables(context, {
      title: 'A call without streaming',
      rounds: 9,
      warmUps: 2,
      jobs: () => [{ what: 'call', how: 'events', count: 20, times: 200, untilCpuMs: 400 }],
      // A call is the same whatever a stream is read with; and TanStack AI has only streams.
      chooses: ({ name }) =>
        !/text\(\)|deltas\(\)|response\(\)|textStream|bytes|generator|eventsource|tanstack/.test(name),
      columns: [median('ms', perCall), timesLoop(perCall)],
      targets: (among) => among.withinBoth(limits, perCall),
    }),
}
