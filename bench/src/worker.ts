import type { Connected, OnFirst, ReadGrowing } from './answer.ts'
import { clients, idOf } from './clients.ts'
import { type Document, documentOf, inputTokens, piecesOf, type Sent } from './sent.ts'

/** What a client's process is asked to measure. */
export interface Job extends Sent {
  /** What is read; or what becomes of memory: while the consumer sleeps, and after an answer was let go. */
  readonly what: 'stream' | 'call' | 'object' | 'tool' | 'slow' | 'retained'
  /** How many answers are read at the same time. */
  readonly together?: number
  /** How often that is done, unless it takes more milliseconds of CPU than these: of those, a busy machine takes no more. */
  readonly times?: number
  readonly untilCpuMs?: number
}

/** What one round took. */
export interface Measured {
  readonly wallMs: number
  readonly cpuMs: number
  /** The median of what a reading noted: milliseconds to the first piece of text, or how many values growing JSON had. */
  readonly noted: number
  /** The most memory that the process held; in jobs about memory, by how much it grew. */
  readonly rssMB: number
  /** How often it was done. */
  readonly times: number
}

/** What there is of a client's process in place of a measurement. */
export interface Failed {
  readonly error: string
}

const client = clients.find((each) => idOf(each) === process.argv[2])
if (!client) throw new Error(`There is no client ${process.argv[2]}.`)
const { connect, name } = client

const origin = process.argv[3] ?? ''
const connections = new Map<string, Promise<Connected>>()
const expected = new Map<string, string>()

function connectionTo({ how, count }: Sent): Promise<Connected> {
  const url = `${origin}/${how}/${count}`
  const connection = connections.get(url) ?? connect(url)
  connections.set(url, connection)
  return connection
}

function textOf(sent: Sent): string {
  const key = `${sent.how} ${sent.count}`
  const text = expected.get(key) ?? piecesOf(sent).join('')
  expected.set(key, text)
  return text
}

/** Reads once, and checks what was read. */
async function read(connection: Connected, job: Job): Promise<number> {
  if (job.what === 'object' || job.what === 'tool') return readGrowing(connection[job.what], job)
  const { stream, call } = connection
  const start = performance.now()
  let firstMs = Number.NaN
  const markFirst = (): void => {
    firstMs = performance.now() - start
  }
  const answer = await (job.what === 'call' ? call?.() : stream?.(markFirst))
  if (!answer) throw new Error('cannot do this')
  if (name === 'fetch, bytes only' && job.what !== 'call') return firstMs
  const text = textOf(job)
  if (answer.text !== text) throw new Error(`wrong text: ${answer.text.length} characters of ${text.length}`)
  if (answer.inputTokens !== inputTokens) throw new Error(`wrong usage: ${answer.inputTokens}`)
  return firstMs
}

async function readGrowing(growing: ReadGrowing | undefined, { count }: Job): Promise<number> {
  let partials = 0
  const last = (await growing?.(() => partials++)) as Document | undefined
  const { items } = documentOf(count)
  if (JSON.stringify(last?.items.at(-1)) !== JSON.stringify(items.at(-1))) throw new Error('the last value is wrong')
  return partials
}

async function run(job: Job): Promise<Measured> {
  if (job.what === 'slow' || job.what === 'retained') return memoryOf(job)
  const { together = 1, times = 1, untilCpuMs = Infinity } = job
  // What is expected is known before anything is measured.
  textOf(job)
  const connection = await connectionTo(job)
  // No collection is forced before: it would throw away what compilers have learnt, which servers keep for hours.
  let rss = process.memoryUsage.rss()
  const watch = setInterval(() => (rss = Math.max(rss, process.memoryUsage.rss())), 5)
  const notes: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  let done = 0
  for (; done < times && (done === 0 || msSince(cpu) < untilCpuMs); done++) {
    notes.push(...(await Promise.all(Array.from({ length: together }, () => read(connection, job)))))
  }
  const wallMs = performance.now() - start
  const cpuMs = msSince(cpu)
  clearInterval(watch)
  notes.sort((a, b) => a - b)
  return {
    wallMs,
    cpuMs,
    noted: notes[notes.length >> 1] ?? Number.NaN,
    rssMB: Math.max(rss, process.memoryUsage.rss()) / 1e6,
    times: done,
  }
}

function msSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

/** By how much memory grows while a consumer sleeps that had its first piece, or by an answer that was read and let go. */
async function memoryOf(job: Job): Promise<Measured> {
  // What is loaded with a first answer does not count.
  const warm = await connectionTo({ how: 'events', count: 200 })
  for (let time = 0; time < 5; time++) await warm.stream?.()
  const { stream } = await connectionTo(job)
  if (!stream) throw new Error('cannot do this')
  const start = performance.now()
  const grown = await (job.what === 'slow' ? grownAsleep(stream) : grownAfter(stream))
  return { wallMs: performance.now() - start, cpuMs: 0, noted: 0, rssMB: grown / 1e6, times: 1 }
}

async function grownAsleep(stream: (onFirst: OnFirst) => Promise<unknown>): Promise<number> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let peak = before
  await new Promise<void>((resolve, reject) => {
    const sleep = async (): Promise<void> => {
      const until = performance.now() + 1_000
      while (performance.now() < until) {
        await new Promise((wake) => setTimeout(wake, 20))
        peak = Math.max(peak, process.memoryUsage.rss())
      }
      resolve()
      await new Promise(() => {})
    }
    stream(sleep).then(() => reject(new Error('does not wait for its consumer')), reject)
  })
  return peak - before
}

async function grownAfter(stream: () => Promise<unknown>): Promise<number> {
  const before = await held()
  await stream()
  return Math.max(0, (await held()) - before)
}

/** What is left on the heap, and of the buffers beside it, when what can be let go is gone. */
async function held(): Promise<number> {
  for (let time = 0; time < 3; time++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

process.on('message', (job: Job) => {
  run(job).then(
    (measured) => process.send?.(measured),
    (error: unknown) => process.send?.({ error: String(error) } satisfies Failed),
  )
})
process.once('disconnect', () => process.exit())
process.send?.({ ready: true })
