import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodiesOf } from './wire-bodies.ts'

/**
 * The server that all clients read from, in a process of its own. Everything that it sends was encoded before. A path begins
 * with what is asked for: `/events/2000` sends so many pieces of text as fast as they are taken, `/packets/2000` each one in a
 * packet of its own, `/endless/200` so many megabytes.
 */
interface Prepared {
  readonly type: string
  readonly stream: Buffer
  readonly events: readonly Buffer[]
  readonly whole: Buffer
}

const prepared = new Map<string, Prepared>()

function prepare(path: string, count: number): Prepared {
  const key = `${count} ${path.slice(path.lastIndexOf('/v'))}`
  const known = prepared.get(key)
  if (known) return known
  const { type, events, whole } = bodiesOf(path, count)
  const made = {
    type,
    stream: Buffer.from(events.join('')),
    events: count <= 5_000 ? events.map((event) => Buffer.from(event)) : [],
    whole: Buffer.from(whole),
  }
  prepared.set(key, made)
  return made
}

async function sendPackets(response: ServerResponse, events: readonly Buffer[]): Promise<void> {
  for (const event of events) {
    response.write(event)
    await new Promise((resolve) => setImmediate(resolve))
  }
  response.end()
}

async function sendMegabytes(response: ServerResponse, { stream, events }: Prepared, megabytes: number): Promise<void> {
  const begin = Buffer.concat(events.slice(0, 2))
  response.write(begin)
  const block = Buffer.concat(Array.from({ length: 10 }, () => stream.subarray(begin.length, begin.length + 100_000)))
  // Cut where an event ends, so that the block can be repeated.
  const piece = block.subarray(0, block.subarray(0, 100_000).lastIndexOf('\n\n') + 2)
  for (let sent = 0; sent < megabytes * 1e6 && !response.destroyed; sent += piece.length) {
    if (!response.write(piece)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
    process.send?.({ sent })
  }
  response.end(Buffer.concat(events.slice(-3)))
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const [, how = '', count = '0', ...rest] = (request.url ?? '').split('/')
    const body = Buffer.concat(chunks).toString()
    const answer = prepare(`/${rest.join('/')}`, how === 'endless' ? 5_000 : Number(count))
    const isStream = /"stream":\s*true/.test(body)
    response.socket?.setNoDelay(true)
    response.writeHead(200, {
      'content-type': isStream ? answer.type : 'application/json',
      ...(!isStream && { 'content-length': answer.whole.length }),
    })
    if (!isStream) response.end(answer.whole)
    else if (how === 'packets') void sendPackets(response, answer.events)
    else if (how === 'endless') void sendMegabytes(response, answer, Number(count))
    else response.end(answer.stream)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', 4096, () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.once('disconnect', () => process.exit())
