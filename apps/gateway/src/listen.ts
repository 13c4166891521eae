import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

/** A server that is listening. */
export interface Listening {
  readonly url: string
  /** Takes no more connections, and resolves when the last one is closed. */
  close(): Promise<void>
}

/** Listens for HTTP. */
export async function listen(
  app: Hono,
  { host = '127.0.0.1', port = 8080 }: { readonly host?: string | undefined; readonly port?: number | undefined },
): Promise<Listening> {
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }))
  // A stream may go on for as long as its provider lets it; what waits for a request may not.
  server.requestTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, close: () => closed(server) }
}

async function closed(server: Server): Promise<void> {
  const all = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  // Clients keep connections open for requests that are not going to be answered: those are closed as they fall idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 100)
  server.closeIdleConnections()
  await all
  clearInterval(sweep)
}
