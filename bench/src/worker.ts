import type { Connected } from './answer.ts'
import { clients } from './clients.ts'
import { memoryFigures } from './worker-memory.ts'
import { expectedAnswer } from './wire-bodies.ts'

/** What a client's process is asked to measure. */
export interface Job {
  readonly baseURL: string
  readonly what: 'stream' | 'call' | 'first' | 'slow' | 'retained'
  /** Pieces of text in the answer. */
  readonly count: number
  /** How many answers are read at the same time, and how often. */
  readonly together: number
  readonly times: number
}

/** What one round took. */
export interface Measured {
  readonly wallMs: number
  readonly cpuMs: number
  readonly firstMs: number
  readonly rssMB: number
  readonly heapMB: number
  readonly error?: string
}

const client = clients.find(({ name, wire }) => `${wire} ${name}` === process.argv[2])
if (!client) throw new Error(`There is no client ${process.argv[2]}.`)
const { connect, isBytesOnly = false } = client

let connected: { readonly url: string; readonly to: Connected } | undefined

async function connectionTo(url: string): Promise<Connected> {
  if (connected?.url !== url) connected = { url, to: await connect(url) }
  return connected.to
}

/** Reads once, and checks what was read. */
async function read(connection: Connected, { what, count }: Job): Promise<number> {
  const start = performance.now()
  let firstMs = Number.NaN
  const markFirst = (): void => {
    firstMs = performance.now() - start
  }
  const { call } = connection
  if (what === 'call' && !call) throw new Error('no calls')
  const answer = await (what === 'call' && call ? call() : connection.stream(markFirst))
  const expected = expectedAnswer(count)
  if (isBytesOnly && what !== 'call') return firstMs
  if (answer.text !== expected.text)
    throw new Error(`wrong text: ${answer.text.length} characters of ${expected.text.length}`)
  if (answer.inputTokens !== expected.inputTokens) throw new Error(`wrong usage: ${answer.inputTokens}`)
  return firstMs
}

async function run(job: Job): Promise<Measured> {
  const connection = await connectionTo(job.baseURL)
  if (job.what === 'slow' || job.what === 'retained') return memoryFigures(connection, job)
  globalThis.gc?.()
  let rss = process.memoryUsage.rss()
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 5)
  const firsts: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  for (let time = 0; time < job.times; time++) {
    firsts.push(...(await Promise.all(Array.from({ length: job.together }, () => read(connection, job)))))
  }
  const wallMs = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  clearInterval(watch)
  rss = Math.max(rss, process.memoryUsage.rss())
  firsts.sort((a, b) => a - b)
  return {
    wallMs,
    cpuMs: (user + system) / 1000,
    firstMs: firsts[firsts.length >> 1] ?? Number.NaN,
    rssMB: rss / 1e6,
    heapMB: process.memoryUsage().heapUsed / 1e6,
  }
}

process.on('message', (job: Job) => {
  run(job).then(
    (measured) => process.send?.(measured),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.send?.({ ready: true })
