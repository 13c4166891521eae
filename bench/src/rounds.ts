import type { Client } from './answer.ts'
import { type Server, startWorker, type Worker } from './processes.ts'
import { type Samples, samplesOf } from './statistics.ts'
import type { Job, Measured } from './worker.ts'

export interface Compared {
  readonly client: Client
  /** A number for each round, or why there are none. */
  readonly samples: Samples | string
  /** The ratio to the floor in the same round. */
  readonly ratio: Samples | undefined
}

/** What is asked of all clients, and which number of theirs counts. */
export interface Comparison extends Omit<Job, 'baseURL'> {
  /** The way the server sends, as the beginning of its paths. */
  readonly how: 'events' | 'packets' | 'endless'
  readonly rounds: number
  readonly warmUps: number
  readonly floor: string
  readonly of: (measured: Measured) => number
  /** Whether processes are used once, so that nothing of the round before is left in them. */
  readonly isFresh?: boolean
}

/** Runs clients in turns: each round asks each of them once, so that what disturbs one disturbs all. */
export async function compare(
  server: Server,
  clients: readonly Client[],
  comparison: Comparison,
): Promise<readonly Compared[]> {
  const { how, rounds, warmUps, floor, of, isFresh = false, ...job } = comparison
  const baseURL = `${server.origin}/${how}/${job.count}`
  const numbers = new Map<Client, number[]>()
  const failures = new Map<Client, string>()
  const workers = new Map<Client, Worker>()
  for (let round = -warmUps; round < rounds; round++) {
    for (const client of clients) {
      if (failures.has(client)) continue
      try {
        const worker = workers.get(client) ?? (await startWorker(idOf(client)))
        workers.set(client, worker)
        const measured = await worker.measure({ ...job, baseURL })
        if (isFresh) {
          worker.stop()
          workers.delete(client)
        }
        if (measured.error !== undefined) failures.set(client, measured.error)
        else if (round >= 0) numbers.set(client, [...(numbers.get(client) ?? []), of(measured)])
      } catch (error) {
        failures.set(client, String(error))
        workers.delete(client)
      }
    }
  }
  for (const worker of workers.values()) worker.stop()
  return clients.map((client) => {
    const values = numbers.get(client)
    const failure = failures.get(client)
    if (!values || failure !== undefined) return { client, samples: failure ?? 'nothing', ratio: undefined }
    const base = numbers.get(clients.find((other) => other.wire === client.wire && other.name === floor) ?? client)
    const ratios = values.map((value, round) => value / (base?.[round] ?? Number.NaN))
    return { client, samples: samplesOf(values), ratio: base && samplesOf(ratios) }
  })
}

function idOf({ wire, name }: Client): string {
  return `${wire} ${name}`
}
