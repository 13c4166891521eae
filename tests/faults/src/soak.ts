/**
 * Hundreds of streams at once with faults, aborts and slow readers, for a while. Fails unless every stream came to one end
 * and nothing is left: no socket, no timer, no listener, no memory. Prints how soon the server saw a stop.
 *
 *     node --expose-gc src/soak.ts [seconds] [streams at once]
 */
import { getEventListeners } from 'node:events'
import { isInterlinguaError, type Model } from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { randomOf } from './mutation.ts'
import { targets } from './target.ts'
import { wireOf } from './wire.ts'

const [seconds = 60, atOnce = 500] = process.argv.slice(2).map(Number)
const random = randomOf(1)
const oneOf = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]
const outcomes = new Map<string, number>()
const stops: number[] = []
const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
/** Outlives all calls. */
const longLived = new AbortController()

process.on('unhandledRejection', (error) => {
  console.error('an unhandled rejection:', error)
  process.exit(1)
})

const servers = await Promise.all(
  targets.map(async (target) => {
    const wire = wireOf(target)
    const long = new TextDecoder().decode(wire.text(Array<string>(400).fill('some words ')))
    const scripts: readonly Script[] = [
      wire.stream(wire.good),
      wire.stream(long),
      { ...wire.stream(wire.good), chunking: 5 },
      { ...wire.stream(long), chunking: 'event' },
      { ...wire.stream(wire.good), truncateAfterBytes: wire.middle },
      { ...wire.stream(wire.good), destroyAfterBytes: wire.middle },
      { ...wire.stream(wire.good), closeAfterBytes: wire.middle },
      { ...wire.stream(wire.good), holdOpen: true },
      { breakBeforeHeaders: 'reset' },
      { status: 503, body: 'busy' },
      { status: 500, body: '<h1>broken</h1>' },
      // Nothing ends these but the client.
      { ...wire.stream(long), stallAfterBytes: wire.middle },
      { stallBeforeHeaders: true },
    ]
    const simulator = createSimulator({ script: () => oneOf(scripts), keepRequests: 100_000 })
    const server = await simulator.listen()
    const model = target.createModel({ apiKey: 'a-key-for-tests', baseURL: server.url, retry: false })
    return { simulator, server, model }
  }),
)

async function one(model: Model): Promise<void> {
  const stop = new AbortController()
  const { signal } = random() < 0.5 ? longLived : stop
  const stream = model.stream('Hi', { signal })
  const hasty = random() < 0.3
  // Whatever nobody else ends is ended here.
  const endsAfter = hasty ? random() * 1_500 : 6_000
  const timer = setTimeout(() => (signal === stop.signal ? stop.abort() : stream.cancel()), endsAfter)
  const slow = random() < 0.2
  const leaveAfter = random() < 0.2 ? Math.floor(random() * 20) : Infinity
  let chunks = 0
  try {
    for await (const _ of stream) {
      if (++chunks > leaveAfter) break
      if (slow && chunks % 5 === 0) await pause(5)
    }
    count(chunks > leaveAfter ? 'left' : 'completed')
  } catch (error) {
    if (!isInterlinguaError(error)) throw error
    count(error.code)
  } finally {
    clearTimeout(timer)
  }
}

/** The time from a `break` until the server sees that the socket is closed. */
async function measureStops(): Promise<void> {
  const [target] = targets
  if (!target) return
  const wire = wireOf(target)
  const script = { ...wire.stream(wire.good), stallAfterBytes: wire.end }
  const simulator = createSimulator({ scripts: [script] })
  await using server = await simulator.listen()
  const model = target.createModel({ apiKey: 'a-key-for-tests', baseURL: server.url, retry: false })
  for (let index = 0; index < 50; index++) {
    for await (const [chunk] of model.stream('Hi')) if (chunk.content) break
    const stopped = performance.now()
    await simulator.requests[index]?.finished
    stops.push(performance.now() - stopped)
  }
}

async function memory(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.()
    await pause(20)
  }
  return process.memoryUsage().heapUsed
}

let begun = 0
async function load(until: number, limit: number): Promise<void> {
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      const server = oneOf(servers)
      if (!server) return
      begun += 1
      await one(server.model)
    }
  }
  await Promise.all(Array.from({ length: limit }, work))
}

await measureStops()
await load(performance.now() + 2_000, atOnce)
const timersBefore = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
for (const { simulator } of servers) (simulator.requests as unknown[]).length = 0
const before = await memory()
await load(performance.now() + seconds * 1_000, atOnce)
await pause(300)
const open = servers.flatMap(({ simulator }) => simulator.requests.filter(({ ended }) => ended === undefined)).length
const requests = servers.reduce((sum, { simulator }) => sum + simulator.requests.length, 0)
for (const { simulator } of servers) (simulator.requests as unknown[]).length = 0
const after = await memory()
const listeners = getEventListeners(longLived.signal, 'abort').length
await Promise.all(servers.map(({ server }) => server.close()))
await pause(200)
const left = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
const ended = [...outcomes.values()].reduce((sum, each) => sum + each, 0)
const megabytes = (after - before) / 2 ** 20
const median = stops.toSorted((a, b) => a - b)[Math.floor(stops.length / 2)] ?? Number.NaN

console.log(`${begun} streams, ${atOnce} at once, ${requests} requests since the warm-up`)
console.log(
  [...outcomes]
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, times]) => `  ${times} ${outcome}`)
    .join('\n'),
)
console.log(
  `left: ${open} requests, ${listeners} listeners, ${left} timers (${timersBefore} before), ${megabytes.toFixed(1)} MB`,
)
console.log(`a break reaches the server in ${median.toFixed(2)} ms (median of ${stops.length})`)
const problems = [
  ended === begun ? '' : `${begun - ended} streams have no outcome`,
  open === 0 ? '' : `${open} requests are still open`,
  listeners === 0 ? '' : `${listeners} listeners are left`,
  left <= timersBefore ? '' : `${left - timersBefore} timers are left`,
  globalThis.gc && megabytes > 20 ? `${megabytes.toFixed(1)} MB more are in use` : '',
].filter((problem) => problem !== '')
for (const problem of problems) console.error(`problem: ${problem}`)
process.exit(problems.length === 0 ? 0 : 1)
