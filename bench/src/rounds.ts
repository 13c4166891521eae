import type { Client } from './answer.ts'
import { idOf } from './clients.ts'
import { type Server, startWorker, type Worker } from './processes.ts'
import type { Job, Measured } from './worker.ts'

/** What is asked of all clients. */
export interface Comparison {
  /** Each client's turn in a round: these, one after the other, the smaller first. Who fails in one is not asked for more. */
  readonly jobs: readonly Job[]
  readonly rounds: number
  readonly warmUps: number
  /** How long one job may take. */
  readonly limitMs?: number
  /** A client that has had three rounds and took longer than this has enough. */
  readonly enoughMs?: number
  /** Whether processes are used once, so that nothing of the round before is left in them. */
  readonly isFresh?: boolean
}

/** What came out for a job: a measurement for each round, or why there is none. */
export interface Series {
  readonly measured: Measured[]
  failure?: string
}

export interface Compared {
  readonly client: Client
  /** In the order of the jobs. */
  readonly series: readonly Series[]
}

/** Runs clients in turns: each round asks each of them once, so that what disturbs one disturbs all. */
export async function compare(
  server: Server,
  clients: readonly Client[],
  comparison: Comparison,
): Promise<readonly Compared[]> {
  const { jobs, rounds, warmUps, enoughMs = 15_000, isFresh = false } = comparison
  const turns = clients.map((client) => new Turn(client, server, comparison))
  for (let round = -warmUps; round < rounds; round++) {
    for (const turn of turns) {
      if (round >= 3 && turn.tookMs > enoughMs) continue
      for (const [index, job] of jobs.entries()) {
        await turn.take(job, index, round >= 0)
        if (isFresh) turn.stop()
      }
    }
  }
  for (const turn of turns) turn.stop()
  return turns
}

/** One client among others. */
class Turn implements Compared {
  readonly client: Client
  readonly series: readonly Series[]
  tookMs = 0
  readonly #server: Server
  readonly #limitMs: number
  #worker: Worker | undefined

  constructor(client: Client, server: Server, { jobs, limitMs = 60_000 }: Comparison) {
    this.client = client
    this.series = jobs.map(() => ({ measured: [] }))
    this.#server = server
    this.#limitMs = limitMs
  }

  async take(job: Job, index: number, counts: boolean): Promise<void> {
    const series = this.series[index]
    if (!series || series.failure !== undefined) return
    const start = performance.now()
    try {
      this.#worker ??= await startWorker(idOf(this.client), this.#server)
      const measured = await this.#worker.measure(job, this.#limitMs)
      if ('error' in measured) this.#fail(index, measured.error)
      else if (counts) series.measured.push(measured)
    } catch (error) {
      this.#fail(index, String(error))
    }
    this.tookMs += performance.now() - start
  }

  #fail(index: number, why: string): void {
    for (const series of this.series.slice(index)) series.failure ??= why
    this.stop()
  }

  stop(): void {
    this.#worker?.stop()
    this.#worker = undefined
  }
}
