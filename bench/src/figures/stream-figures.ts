import type { Client, Wire } from '../answer.ts'
import { clients } from '../clients.ts'
import type { Context, Figure, Table, Target } from '../figure.ts'
import { compare, type Compared } from '../rounds.ts'
import type { Job, Measured } from '../worker.ts'

const loop = 'hand-written loop'
const titles: Readonly<Record<Wire, string>> = { cohere: 'Cohere wire', openai: 'OpenAI wire' }

interface StreamTable extends Pick<Job, 'count' | 'together' | 'times' | 'what'> {
  readonly title: string
  readonly note?: string
  readonly unit: string
  readonly how?: 'events' | 'packets' | 'endless'
  readonly rounds?: number
  readonly warmUps?: number
  readonly floor?: string
  readonly isFresh?: boolean
  readonly digits?: number
  readonly of: (measured: Measured) => number
  /** A further column made of the median. */
  readonly more?: { readonly column: string; of(median: number): string }
  readonly onlyKinds?: readonly Client['kind'][]
  skip?(client: Client): boolean
  target?(rows: readonly Compared[], wire: Wire): readonly Target[]
}

async function tablesOf(context: Context, figure: StreamTable): Promise<readonly Table[]> {
  const { floor = loop, how = 'events', rounds = 7, warmUps = 2, digits = 2 } = figure
  const server = await context.server()
  const tables: Table[] = []
  for (const wire of ['cohere', 'openai'] as const) {
    const chosen = clients.filter(
      (client) =>
        client.wire === wire &&
        !figure.skip?.(client) &&
        (!context.only || client.name.includes(context.only) || client.name === floor),
    )
    const compared = await compare(server, chosen, {
      ...figure,
      how,
      floor,
      times: Math.max(1, Math.round(figure.times * Math.min(1, context.effort))),
      rounds: Math.max(3, Math.round(rounds * context.effort)),
      warmUps,
    })
    const { more } = figure
    tables.push({
      title: `${figure.title}, ${titles[wire]}`,
      ...(figure.note && { note: figure.note }),
      columns: [
        'client',
        `${figure.unit}, median`,
        'min – max',
        `ratio to the ${floor}`,
        ...(more ? [more.column] : []),
      ],
      rows: compared.map(({ client, samples, ratio }) =>
        typeof samples === 'string'
          ? [client.name, '–', samples.slice(0, 120), '–', ...(more ? ['–'] : [])]
          : [
              client.name,
              samples.median.toFixed(digits),
              `${samples.min.toFixed(digits)} – ${samples.max.toFixed(digits)}`,
              ratio ? ratio.median.toFixed(2) : '–',
              ...(more ? [more.of(samples.median)] : []),
            ],
      ),
      targets: figure.target?.(compared, wire) ?? [],
    })
  }
  return tables
}

/** Holds the medians of our ratios to a limit. */
function withinRatio(
  limit: number,
  match = '',
  base = 'the loop',
): (rows: readonly Compared[], wire: Wire) => readonly Target[] {
  return (rows, wire) =>
    rows
      .filter(
        ({ client, ratio }) =>
          client.kind === 'ours' && ratio && client.name.includes(match) && !client.name.includes('vendor'),
      )
      .map(({ client, ratio }) => {
        const got = ratio?.median ?? Number.NaN
        const want = `${titles[wire]}, ${client.name}: ≤ ${limit} × ${base}`
        return { want, got: `${got.toFixed(2)} ×`, isMet: got <= limit }
      })
}

const perEvent = (count: number, times: number) => (measured: Measured) => (measured.cpuMs * 1000) / (count * times)

function eventsTable(count: number, times: number, rounds?: number): StreamTable {
  return {
    title: `CPU per event, ${count.toLocaleString('en')} events`,
    unit: 'µs',
    count,
    together: 1,
    times,
    what: 'stream',
    ...(rounds && { rounds }),
    of: (measured) => measured.cpuMs,
    more: { column: 'events/s of CPU', of: (median) => Math.round(1e6 / median).toLocaleString('en') },
    target: withinRatio(1.15, 'for await'),
  }
}

/** `times` may be cut down, so that what is divided by has to be what was run. */
function scaled(table: StreamTable, effort: number): StreamTable {
  const times = Math.max(1, Math.round(table.times * Math.min(1, effort)))
  return { ...table, of: perEvent(table.count, times) }
}

export const events: Figure = {
  name: 'events',
  measure: async (context) => {
    const tables: Table[] = []
    for (const table of [eventsTable(200, 100), eventsTable(2_000, 20), eventsTable(100_000, 1, 5)]) {
      tables.push(...(await tablesOf(context, scaled(table, context.effort))))
    }
    return tables
  },
}

export const packets: Figure = {
  name: 'packets',
  measure: (context) =>
    tablesOf(
      context,
      scaled(
        {
          ...eventsTable(2_000, 5),
          how: 'packets',
          title: 'Every token in a packet of its own, CPU per event',
          target: withinRatio(1.15, 'for await'),
        },
        context.effort,
      ),
    ),
}

export const together: Figure = {
  name: 'together',
  measure: async (context) => {
    const tables: Table[] = []
    for (const streams of [200, 1_000]) {
      const base = {
        count: 200,
        together: streams,
        times: 1,
        what: 'stream',
        rounds: 5,
        warmUps: 1,
        digits: 0,
      } as const
      const title = `${streams.toLocaleString('en')} streams at once, 200 events each`
      tables.push(
        ...(await tablesOf(context, {
          ...base,
          title: `${title}: CPU`,
          unit: 'ms',
          of: (m) => m.cpuMs,
          target: withinRatio(1.25, 'for await'),
        })),
        ...(await tablesOf(context, {
          ...base,
          title: `${title}: wall`,
          unit: 'ms',
          of: (m) => m.wallMs,
          target: withinRatio(1.25, 'for await'),
        })),
        ...(await tablesOf(context, {
          ...base,
          title: `${title}: peak memory`,
          unit: 'MB',
          isFresh: true,
          warmUps: 0,
          rounds: 3,
          of: (m) => m.rssMB,
        })),
      )
    }
    return tables
  },
}

export const first: Figure = {
  name: 'first',
  measure: (context) =>
    tablesOf(context, {
      title: 'Time to the first piece of text',
      note: 'From the call to the first piece of text in the hands of the caller, over loopback; streams of 20 events, medians of 100 calls one after the other in each round.',
      unit: 'ms',
      count: 20,
      together: 1,
      times: 100,
      what: 'stream',
      floor: 'fetch, bytes only',
      skip: ({ name }) => name.includes('response()'),
      of: (measured) => measured.firstMs,
      target: withinRatio(1.1, 'for await', 'fetch'),
    }),
}

export const call: Figure = {
  name: 'call',
  measure: async (context) => {
    const times = Math.max(1, Math.round(200 * Math.min(1, context.effort)))
    return tablesOf(context, {
      title: 'A call without streaming',
      unit: 'ms',
      count: 20,
      together: 1,
      times: 200,
      what: 'call',
      digits: 3,
      skip: ({ name }) => /text\(\)|deltas|response\(\)|textStream|bytes|generator|eventsource|tanstack/.test(name),
      of: (measured) => measured.wallMs / times,
      target: withinRatio(1.25, 'for await'),
    })
  },
}

export const slow: Figure = {
  name: 'slow',
  measure: (context) =>
    tablesOf(context, {
      title: 'Memory while the consumer sleeps and the server pushes 200 MB',
      note: 'Growth of the process within 1.5 s after the first piece of text, which the consumer holds on to.',
      unit: 'MB',
      how: 'endless',
      count: 200,
      together: 1,
      times: 1,
      what: 'slow',
      rounds: 3,
      warmUps: 0,
      digits: 0,
      isFresh: true,
      floor: 'the same as an async generator',
      skip: ({ name }) => /response\(\)|bytes|eventsource|hand-written/.test(name),
      of: (measured) => measured.rssMB,
      target: (rows, wire) =>
        rows.flatMap(({ client, samples }) => {
          if (client.kind !== 'ours' || typeof samples === 'string') return []
          const want = `${titles[wire]}, ${client.name}: ≤ 30 MB`
          return [{ want, got: `${samples.median.toFixed(0)} MB`, isMet: samples.median <= 30 }]
        }),
    }),
}

export const retained: Figure = {
  name: 'retained',
  measure: (context) =>
    tablesOf(context, {
      title: 'What is held after an answer of 20 MB was streamed and let go',
      note: 'Growth of the heap after garbage collection, once the answer is out of reach; 300,000 events.',
      unit: 'MB',
      count: 300_000,
      together: 1,
      times: 1,
      what: 'retained',
      rounds: 3,
      warmUps: 0,
      digits: 1,
      isFresh: true,
      skip: ({ name }) => name.includes('bytes'),
      of: (measured) => measured.heapMB,
    }),
}
