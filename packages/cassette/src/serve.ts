import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Where a cassette listens, and whom it stands for. */
export interface ListenOptions {
  /** Whom requests are meant for, such as `https://api.cohere.com`: paths are put behind it. */
  readonly upstream: string
  /** Default 0: any free port. */
  readonly port?: number
  /** Default `127.0.0.1`, which other machines cannot reach. */
  readonly host?: string
}

/** A cassette that listens. */
export interface Listening extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8788`, without a slash at the end. */
  readonly url: string
  /** Closes all connections. The cassette stays open. */
  close(): Promise<void>
}

/** Serves a `fetch` over HTTP: what comes in is sent on to `upstream`. */
export async function serve(
  fetch: typeof globalThis.fetch,
  { upstream, port = 0, host = '127.0.0.1' }: ListenOptions,
): Promise<Listening> {
  const base = new URL(upstream).href.replace(/\/$/, '')
  const server = createServer((incoming, outgoing) => {
    pass(fetch, base, incoming, outgoing).catch((error: unknown) => {
      if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy()
      else outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(`${base} could not be reached: ${told(error)}`)
    })
  })
  server.listen(port, host)
  await once(server, 'listening')
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const name = host.includes(':') ? `[${host}]` : host
  const { port: used } = server.address() as AddressInfo
  return { url: `http://${name}:${used}`, close, [Symbol.asyncDispose]: close }
}

// What is about this connection and not about the next one. `fetch` has undone the encoding of what it gives.
const ownHeader =
  /^(?:host|connection|keep-alive|transfer-encoding|content-length|content-encoding|accept-encoding|upgrade|te|trailer|expect)$/

async function pass(
  fetch: typeof globalThis.fetch,
  base: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(incoming.headersDistinct)) {
    if (!ownHeader.test(name)) for (const value of values) headers.append(name, value)
  }
  const pieces: Buffer[] = []
  for await (const piece of incoming) pieces.push(piece as Buffer)
  const { method = 'GET' } = incoming
  const response = await fetch(`${base}${incoming.url ?? '/'}`, {
    method,
    headers,
    redirect: 'manual',
    signal: gone.signal,
    ...(pieces.length > 0 && { body: new Uint8Array(Buffer.concat(pieces)) }),
  })
  const sent = [...response.headers].filter(([name]) => !ownHeader.test(name))
  outgoing.writeHead(response.status, sent.flat()).flushHeaders()
  if (response.body)
    for await (const chunk of response.body) {
      if (!outgoing.write(chunk)) await once(outgoing, 'drain', { signal: gone.signal })
      // Node joins what is written in one turn of the event loop, and chunks are to arrive as they were recorded.
      else await nextTurn()
    }
  outgoing.end()
}

function told(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error instanceof Error ? error.message : String(error)}${cause}`
}
