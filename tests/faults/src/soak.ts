/**
 * Hundreds of streams at once with faults, aborts and slow readers, for a while, of all targets. Fails unless every stream
 * came to one end and nothing is left: no socket, no timer, no listener, no memory. Prints how soon the server saw a `break`
 * and an abort; that is not judged.
 *
 *     node --expose-gc src/soak.ts [seconds] [streams at once]
 */
import { getEventListeners } from 'node:events'
import type { ProviderUnderTest } from '@interlingua/conformance'
import { isInterlinguaError, type Model } from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { randomOf } from './mutation.ts'
import { targets } from './target.ts'
import { wireOf } from './wire.ts'

const [seconds = 60, atOnce = 500] = process.argv.slice(2).map(Number)
const random = randomOf(1)
const oneOf = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]
/** What the ends of streams are that do not speak for themselves. */
const meanings: Readonly<Record<string, string>> = {
  left: 'by break',
  aborted: 'by the caller, as stalls have to be',
  truncated: 'the server ended it too early',
  connection: 'the server broke it',
  overloaded: 'status 503',
  server: 'status 500',
}
const outcomes = new Map<string, number>()
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

/** How a caller stops a stream. */
type Stop = 'break' | 'abort'

/** The times from a stop until the server sees that the socket is closed. */
async function measureStops(target: ProviderUnderTest, way: Stop): Promise<number[]> {
  const wire = wireOf(target)
  const script = { ...wire.stream(wire.good), stallAfterBytes: wire.end }
  const simulator = createSimulator({ scripts: [script] })
  await using server = await simulator.listen()
  const model = target.createModel({ apiKey: 'a-key-for-tests', baseURL: server.url, retry: false })
  const times: number[] = []
  for (let index = 0; index < 50; index++) {
    const stop = new AbortController()
    let stopped = 0
    try {
      for await (const [chunk] of model.stream('Hi', { signal: stop.signal })) {
        if (!chunk.content) continue
        stopped = performance.now()
        if (way === 'break') break
        stop.abort()
      }
    } catch (error) {
      if (!isInterlinguaError(error) || error.code !== 'aborted') throw error
    }
    await simulator.requests[index]?.finished
    times.push(performance.now() - stopped)
  }
  return times.toSorted((short, long) => short - long)
}

async function stopLine(target: ProviderUnderTest): Promise<string> {
  const shown = async (way: Stop): Promise<string> => {
    const times = await measureStops(target, way)
    const at = (share: number): string => (times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1)
    return `${way} ${at(0.5).padStart(5)} ms, at most ${at(0.99).padStart(5)} ms`
  }
  return `  ${await shown('break')}   ${await shown('abort')}   ${target.name}`
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

console.log('Until the server sees that a stream was stopped (median of 50):')
for (const target of targets) console.log(await stopLine(target))
console.log(
  `\nStreams of ${targets.length} targets for ${seconds} s, ${atOnce} at once, with faults, aborts and slow readers …`,
)
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

console.log(`\n${begun} streams, of which came:`)
for (const [outcome, times] of [...outcomes].toSorted(([, few], [, many]) => many - few)) {
  console.log(`  ${String(times).padStart(7)}  ${outcome}${meanings[outcome] ? ` (${meanings[outcome]})` : ''}`)
}
console.log(`\nLeft over after ${requests} requests:`)
for (const [what, number] of Object.entries({
  'requests that are open': open,
  'listeners on a signal': listeners,
  'timers more than before': Math.max(0, left - timersBefore),
  'megabytes more than before': globalThis.gc ? megabytes.toFixed(1) : 'not measured: start with --expose-gc',
})) {
  console.log(`  ${String(number).padStart(7)}  ${what}`)
}
const problems = [
  ended === begun ? '' : `${begun - ended} streams have no outcome`,
  open === 0 ? '' : `${open} requests are still open`,
  listeners === 0 ? '' : `${listeners} listeners are left`,
  left <= timersBefore ? '' : `${left - timersBefore} timers are left`,
  globalThis.gc && megabytes > 20 ? `${megabytes.toFixed(1)} MB more are in use` : '',
].filter((problem) => problem !== '')
for (const problem of problems) console.error(`\nProblem: ${problem}`)
if (problems.length === 0) console.log('\nEvery stream came to one end, and nothing is left.')
process.exit(problems.length === 0 ? 0 : 1)
