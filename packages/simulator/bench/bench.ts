import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { availableParallelism, cpus } from 'node:os'

// How many events a second a server sends to one client that only reads: bytes from a socket, events counted by the
// empty line that ends each. The server runs in a process of its own, on one core where the system can hold it there.

const runs = Number(process.env['RUNS'] ?? 7)
// An answer may not be longer than the shortest limit of the models allows.
const eventsOfAnswer = 8000
const answers = Number(process.env['ANSWERS'] ?? 25)

const cohere = {
  path: '/v2/chat',
  body: { model: 'command-a-03-2025', stream: true, messages: [{ role: 'user', content: 'Go' }] },
}
const openai = {
  path: '/v1/chat/completions',
  body: { model: 'gpt-4o-mini', stream: true, messages: [{ role: 'user', content: 'Go' }] },
}
const responses = {
  path: '/v1/responses',
  body: { model: 'gpt-4o-mini', stream: true, input: 'Go' },
}

const contenders = [
  { name: 'simulator, Cohere /v2/chat', server: 'ours', request: cohere },
  { name: 'simulator, OpenAI /v1/chat/completions', server: 'ours', request: openai },
  { name: 'simulator, OpenAI /v1/responses', server: 'ours', request: responses },
  { name: 'aimock, Cohere /v2/chat', server: 'aimock', request: cohere },
  { name: 'aimock, OpenAI /v1/chat/completions', server: 'aimock', request: openai },
  { name: 'aimock, OpenAI /v1/responses', server: 'aimock', request: responses },
]

interface Server {
  readonly url: string
  stop(): void
}

/** Starts a server on the last core; without `taskset`, on whatever core the system gives it. */
async function start(which: string): Promise<Server> {
  const node = [process.execPath, `${import.meta.dirname}/serve.ts`, which, String(eventsOfAnswer)]
  const pinned = process.platform === 'linux' ? ['taskset', '-c', String(availableParallelism() - 1), ...node] : node
  const [command = '', ...args] = pinned
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of child.stdout) return { url: String(line).trim(), stop: () => void child.kill() }
  throw new Error(`the server ${which} did not start`)
}

/** The seconds from the connection to its last byte, and how many events came. */
function read(
  url: string,
  { path, body }: { path: string; body: unknown },
): Promise<{ seconds: number; count: number }> {
  const { hostname, port } = new URL(url)
  const json = JSON.stringify(body)
  const head = [`POST ${path} HTTP/1.1`, `host: ${hostname}`, 'authorization: Bearer any', 'connection: close']
  const headers = [...head, 'content-type: application/json', `content-length: ${Buffer.byteLength(json)}`]
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const begun = performance.now()
    let [count, last, header, tail] = [0, 0, false, '']
    socket.on('connect', () => socket.write(`${headers.join('\r\n')}\r\n\r\n${json}`))
    socket.on('data', (bytes) => {
      if (!header) {
        header = true
        const first = bytes.toString('latin1', 0, 15)
        if (!first.includes('200')) reject(new Error(`${url}${path}: ${bytes.toString()}`))
      }
      // An event ends with an empty line; the frames of chunked transfer have "\r\n" and never two "\n" in a row.
      for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) {
        const before = at === 0 ? last : bytes[at - 1]
        if (before === 10) count += 1
      }
      last = bytes.at(-1) ?? 0
      // The last chunk is empty. Not every server closes the connection then.
      tail = (tail + bytes.toString('latin1', Math.max(0, bytes.length - 5))).slice(-5)
      if (tail === '0\r\n\r\n') {
        resolve({ seconds: (performance.now() - begun) / 1000, count })
        socket.destroy()
      }
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`${url}${path} ended without a last chunk`)))
  })
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

const servers = new Map<string, Server>()
for (const which of new Set(contenders.map(({ server }) => server))) servers.set(which, await start(which))
const rates = new Map<string, number[]>()
try {
  // In turns, so that whatever else the machine does slows all of them alike; the first round warms up.
  for (let run = 0; run <= runs; run++) {
    for (const { name, server, request } of contenders) {
      let [time, total] = [0, 0]
      for (let answer = 0; answer < answers; answer++) {
        const { seconds, count } = await read(servers.get(server)?.url ?? '', request)
        if (count < eventsOfAnswer) throw new Error(`${name} sent ${count} events of ${eventsOfAnswer}`)
        time += seconds
        total += count
      }
      if (run > 0) rates.set(name, [...(rates.get(name) ?? []), total / time])
    }
  }
} finally {
  for (const server of servers.values()) server.stop()
}

const whole = new Intl.NumberFormat('en')
console.log(
  `Events a second to one client, median of ${runs} runs of ${answers} answers with ${whole.format(eventsOfAnswer)} tokens each`,
)
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown CPU'}\n`)
for (const [name, values] of rates) {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map(Math.round)
  console.log(
    `${name.padEnd(40)} ${whole.format(middle ?? 0).padStart(9)}   (${whole.format(least ?? 0)} to ${whole.format(most ?? 0)})`,
  )
}
