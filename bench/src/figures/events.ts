import { generator, tuples } from '../clients.ts'
import { type Column, median, type Quantity, timesLoop, wireNames, wireTables } from '../comparison-table.ts'
import { type Figure, target } from '../figure.ts'
import { samplesOf } from '../statistics.ts'
import type { Job } from '../worker.ts'

const counts = [200, 2_000, 100_000] as const

function perEvent(job: number, count: number): Quantity {
  return { job, of: ({ cpuMs, times }) => (cpuMs * 1_000) / (count * times) }
}

function perSecond(quantity: Quantity): Column {
  return {
    title: 'events/s',
    cell: ({ series }) => {
      const { median: micros } = samplesOf(series[quantity.job ?? 0]?.measured.map(quantity.of) ?? [])
      return Number.isNaN(micros) ? '–' : Math.round(1e6 / micros).toLocaleString('en')
    },
  }
}

const [small, middle, large] = counts.map((count, job) => perEvent(job, count)) as [Quantity, Quantity, Quantity]

/** Streams of all lengths take turns in one process, so that their costs can be compared. */
const jobs: readonly Job[] = counts.map((count) => ({
  what: 'stream',
  how: 'events',
  count,
  times: Math.ceil(100_000 / count),
  untilCpuMs: 250,
}))

export const events: Figure = {
  name: 'events',
  about:
    'CPU time of the client’s process for each event, in microseconds, while it reads streams of 200, 2,000 and 100,000 events that come as fast as it takes them; and the events that a second of CPU is good for. Streams of 200 events have the cost of a request in them.',
  measure: (context) =>
    wireTables(context, {
      title: 'CPU per event',
      wires: ['cohere', 'openai', 'responses'],
      rounds: 5,
      warmUps: 3,
      enoughMs: 8_000,
      jobs: () => jobs,
      columns: [
        median('200 events, µs', small),
        timesLoop(small),
        median('2,000 events, µs', middle),
        timesLoop(middle),
        median('100,000 events, µs', large),
        timesLoop(large),
        perSecond(large),
      ],
      targets: (among) => [
        among.within(1.15, tuples, generator, middle, '2,000 events'),
        target(
          `${wireNames[among.wire]}, tuples: an event of 100,000 ≤ 1.10 × one of 2,000`,
          among.ratio(tuples, tuples, large, middle).median,
          1.1,
          (value) => `${value.toFixed(2)} ×`,
        ),
      ],
    }),
}

const packetJob = { what: 'stream', how: 'packets', count: 250, together: 20 } as const
/** What each packet takes: the process wakes up for every one. */
const perPacket: Quantity = {
  of: ({ cpuMs, times }) => (cpuMs * 1_000) / (packetJob.count * packetJob.together * times),
}

export const packets: Figure = {
  name: 'packets',
  about:
    'CPU time for each event, in microseconds, where every token comes in a packet of its own, as it does from a model: 20 streams at a time, each with a token every two milliseconds. Most of it is what the platform takes to wake up and read.',
  measure: (context) =>
    wireTables(context, {
      title: 'CPU per packet',
      rounds: 5,
      warmUps: 1,
      jobs: () => [packetJob],
      columns: [median('µs', perPacket), timesLoop(perPacket)],
      targets: (among) => among.withinBoth({ fetch: 1.1, node: 1.1 }, perPacket),
    }),
}
