import type { Client, Wire } from './answer.ts'
import { clients, loop, nodeLoop, tuples, tuplesOverNode } from './clients.ts'
import { type Context, roundsFor, target } from './figure.ts'
import type { Table, Target } from './result.ts'
import { compare, type Compared, type Comparison } from './rounds.ts'
import { type Samples, samplesOf } from './statistics.ts'
import type { Measured } from './worker.ts'

export const wireNames: Readonly<Record<Wire, string>> = {
  cohere: 'Cohere',
  openai: 'OpenAI',
  responses: 'OpenAI Responses',
}

/** What is read off a round: of the first job, or another one. */
export interface Quantity {
  readonly job?: number
  readonly digits?: number
  readonly of: (measured: Measured) => number
}

function valuesOf({ series }: Compared, { job = 0, of }: Quantity): readonly number[] {
  return series[job]?.measured.map(of) ?? []
}

/** The clients of a wire that were compared, and what can be said of them. */
export class ComparedClients {
  readonly wire: Wire
  readonly all: readonly Compared[]

  constructor(wire: Wire, all: readonly Compared[]) {
    this.wire = wire
    this.all = all
  }

  samplesOf(name: string, quantity: Quantity): Samples {
    const one = this.#find(name)
    return samplesOf(one ? valuesOf(one, quantity) : [])
  }

  /** How much more one takes than another, or than itself in another job, in the same round. */
  ratio(name: string, base: string, quantity: Quantity, baseQuantity = quantity): Samples {
    const [one, other] = [this.#find(name), this.#find(base)]
    if (!one || !other) return samplesOf([])
    const bases = valuesOf(other, baseQuantity)
    return samplesOf(
      valuesOf(one, quantity).flatMap((value, round) => (round in bases ? value / (bases[round] ?? 0) : [])),
    )
  }

  /** That our client takes at most so much more than a floor. */
  within(limit: number, name: string, base: string, quantity: Quantity, what = ''): Target {
    const want = `${wireNames[this.wire]}, ${shortName(name)}${what && `, ${what}`}: ≤ ${limit.toFixed(2)} × ${base}`
    return target(want, this.ratio(name, base, quantity).median, limit, (value) => `${value.toFixed(2)} ×`)
  }

  /** That we take at most so much more than the loop, and over Node's transport than `node:http`. */
  withinBoth(limits: { readonly fetch: number; readonly node: number }, quantity: Quantity, base = loop): Target[] {
    return [
      this.within(limits.fetch, tuples, base, quantity),
      this.within(limits.node, tuplesOverNode, nodeLoop, quantity),
    ]
  }

  #find(name: string): Compared | undefined {
    return this.all.find(({ client }) => client.name === name)
  }
}

function shortName(name: string): string {
  return name === tuples ? 'tuples' : name === tuplesOverNode ? 'tuples over node:http' : name
}

export interface Column {
  readonly title: string
  readonly cell: (one: Compared, among: ComparedClients) => string
}

/** The median of a quantity, with the least and the most. */
export function median(title: string, quantity: Quantity): Column {
  const { job = 0, digits = 2 } = quantity
  return {
    title,
    cell: (one) => {
      const { failure } = one.series[job] ?? {}
      const values = valuesOf(one, quantity)
      if (failure !== undefined) return failure.startsWith('>') ? failure : 'failed'
      if (values.length === 0) return '–'
      const samples = samplesOf(values)
      const [middle, min, max] = [samples.median, samples.min, samples.max].map((value) => value.toFixed(digits))
      return `${middle} (${min} – ${max})`
    },
  }
}

/** How much more that is than the loop takes. */
export function timesLoop(quantity: Quantity): Column {
  return {
    title: '× loop',
    cell: ({ client, series }, among) => {
      if (series[quantity.job ?? 0]?.failure !== undefined) return '–'
      const ratio = among.ratio(client.name, loop, quantity)
      return Number.isNaN(ratio.median) ? '–' : ratio.median.toFixed(2)
    },
  }
}

export interface WireTables extends Omit<Comparison, 'jobs'> {
  readonly title: string
  readonly wires?: readonly Wire[]
  readonly columns: readonly Column[]
  readonly jobs: (wire: Wire) => Comparison['jobs']
  readonly chooses?: (client: Client) => boolean
  readonly targets: (among: ComparedClients) => readonly Target[]
}

/** Compares all clients of each wire, and makes a table of each. */
export async function wireTables(context: Context, tables: WireTables): Promise<readonly Table[]> {
  const { title, wires = ['cohere', 'openai'], columns, jobs, chooses = () => true, targets } = tables
  const server = await context.server()
  const made: Table[] = []
  for (const wire of wires) {
    const chosen = clients.filter(
      (client) =>
        client.wire === wire &&
        chooses(client) &&
        (client.kind === 'floor' || !context.only || client.name.includes(context.only)),
    )
    const warmUps = context.effort < 0.2 ? 0 : tables.warmUps
    const comparison = { ...tables, jobs: jobs(wire), rounds: roundsFor(context, tables.rounds), warmUps }
    const among = new ComparedClients(wire, await compare(server, chosen, comparison))
    made.push({
      title: `${title}, ${wireNames[wire]}`,
      columns: ['client', ...columns.map((column) => column.title)],
      rows: among.all.map((one) => [one.client.name, ...columns.map(({ cell }) => cell(one, among))]),
      remarks: among.all.flatMap(({ client, series }) =>
        [...new Set(series.map(({ failure = '' }) => failure))]
          .filter((failure) => failure !== '' && !failure.startsWith('>'))
          .map((failure) => `${client.name} failed: ${failure.split('\n')[0]?.slice(0, 200)}`),
      ),
      targets: targets(among),
    })
  }
  return made
}
