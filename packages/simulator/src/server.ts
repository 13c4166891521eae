import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BrokenAnswer, Outgoing, Respond } from './exchange.ts'

/** Where a simulator listens. */
export interface ListenOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default `127.0.0.1`, which other machines cannot reach. */
  readonly host?: string
}

/** A running server. */
export interface Listening extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8787`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** Ends running answers, closes all sockets, and resolves when that is done. */
  close(): Promise<void>
}

/** Serves a simulator over HTTP; rejects when the port is taken. */
export async function listen(
  respond: Respond,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<Listening> {
  const server = createServer((request, response) => {
    // What can throw is a script of the user's; its message belongs where the user sees it.
    serve(respond, request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  let closed: Promise<void> | undefined
  const close = (): Promise<void> =>
    (closed ??= new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }))
  const name = host.includes(':') ? `[${host}]` : host
  return { url: `http://${name}:${address.port}`, port: address.port, close, [Symbol.asyncDispose]: close }
}

async function serve(respond: Respond, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const outgoing = await respond({
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    host: (request.headers.host ?? '').replace(/:\d+$/, ''),
    headers: headersOf(request),
    text: Buffer.concat(chunks).toString(),
    signal: gone.signal,
  })
  if (!outgoing) return
  if ('breaks' in outgoing) breakWith(outgoing, response)
  else await send(outgoing, response, gone.signal)
}

/** Puts bytes on the socket that need not be HTTP. */
function breakWith({ breaks, bytes }: BrokenAnswer, { socket }: ServerResponse): void {
  if (!socket) return
  if (breaks === 'reset') socket.resetAndDestroy()
  else socket.end(bytes)
}

async function send({ status, headers, body }: Outgoing, response: ServerResponse, gone: AbortSignal): Promise<void> {
  response.once('finish', () => body.complete())
  response.writeHead(status, { ...headers, ...(body.length !== undefined && { 'content-length': body.length }) })
  // A stream's headers do not wait for its first event, nor for one that never comes.
  if (body.length === undefined) response.flushHeaders()
  for await (const chunk of body) {
    if (gone.aborted) break
    const flowing = response.write(chunk)
    if (body.done) break
    if (!flowing) await drained(response, gone)
    // Node joins writes of one turn of the event loop.
    else if (body.separate) await nextTurn()
  }
  if (gone.aborted) return
  if (!body.breaks) {
    response.end()
    return
  }
  // One turn for the bytes before the reset to leave.
  if (!response.socket) return
  if (response.socket.writableLength > 0) await once(response.socket, 'drain', { signal: gone }).catch(() => {})
  await nextTurn()
  body.complete()
  if (body.breaks === 'reset') response.socket.resetAndDestroy()
  else response.socket.end()
}

function drained(response: ServerResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go)
      gone.removeEventListener('abort', go)
      resolve()
    }
    response.on('drain', go)
    gone.addEventListener('abort', go)
    if (gone.aborted) go()
  })
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return headers
}
