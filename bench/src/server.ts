import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sent } from './sent.ts'
import { bodiesOf } from './wire-bodies.ts'

/** The server that all clients read from, in a process of its own. Everything that it sends was encoded before. */
interface Prepared {
  readonly type: string
  readonly stream: Buffer
  readonly events: readonly Buffer[]
  readonly whole: Buffer
}

const prepared = new Map<string, Prepared>()

function prepare(path: string, sent: Sent): Prepared {
  const key = `${sent.how} ${sent.count} ${path}`
  const known = prepared.get(key)
  if (known) return known
  const { type, events, whole } = bodiesOf(path, sent)
  const made = {
    type,
    stream: Buffer.from(events.join('')),
    events: sent.how === 'packets' || sent.how === 'endless' ? events.map((event) => Buffer.from(event)) : [],
    whole: Buffer.from(whole),
  }
  prepared.set(key, made)
  return made
}

/** How long a stream waits between its packets. */
const pauseMs = 2

/** With a callback: without one, Node 26.10 throws where nobody can catch it if the client has gone. */
function write(response: ServerResponse, bytes: Buffer): boolean {
  return response.write(bytes, () => {})
}

function endWith(response: ServerResponse, bytes: Buffer): void {
  write(response, bytes)
  response.end()
}

/** Streams that send packets: one timer serves them all, and no packet can run into the one before. */
const streams = new Map<ServerResponse, Iterator<Buffer>>()
setInterval(() => {
  for (const [response, events] of streams) {
    const { done, value } = events.next()
    if (!done) write(response, value)
    else {
      streams.delete(response)
      response.end()
    }
  }
}, pauseMs)

async function sendMegabytes(response: ServerResponse, { events }: Prepared, megabytes: number): Promise<void> {
  write(response, Buffer.concat(events.slice(0, 2)))
  const piece = Buffer.concat(events.slice(2, 1_000))
  for (let sent = 0; sent < megabytes * 1e6 && !response.destroyed; sent += piece.length) {
    if (!write(response, piece)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
  }
  endWith(response, Buffer.concat(events.slice(-3)))
}

async function sendPieces(response: ServerResponse, { stream }: Prepared): Promise<void> {
  for (let at = 0; at < stream.length && !response.destroyed; at += 65_536) {
    write(response, stream.subarray(at, at + 65_536))
    await new Promise((resolve) => setImmediate(resolve))
  }
  response.end()
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const [, how, count = '0', ...rest] = (request.url ?? '').split('/')
    const sent = { how: how as Sent['how'], count: Number(count) }
    const answer = prepare(`/${rest.join('/')}`, sent)
    const isStream = /"stream":\s*true/.test(Buffer.concat(chunks).toString())
    response.socket?.setNoDelay(true)
    response.writeHead(200, {
      'content-type': isStream ? answer.type : 'application/json',
      ...(!isStream && { 'content-length': answer.whole.length }),
    })
    if (!isStream) response.end(answer.whole)
    else if (sent.how === 'packets') streams.set(response, answer.events.values())
    else if (sent.how === 'endless') void sendMegabytes(response, answer, sent.count)
    else if (sent.how === 'large') void sendPieces(response, answer)
    else endWith(response, answer.stream)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', 4096, () => process.send?.({ port: (server.address() as AddressInfo).port }))
process.once('disconnect', () => process.exit())
