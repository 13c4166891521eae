import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'

/** One request over a socket. */
export interface ServedRequest {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The body, as text. */
  readonly text: string
  /** Resolves when the connection is closed, or the answer complete. */
  readonly closed: Promise<void>
  /** Bytes of the answer that were handed to the socket. */
  bytesSent: number
}

/** A server on a free port of 127.0.0.1 that does with each request what it is told. */
export class LoopbackServer implements AsyncDisposable {
  readonly url: string
  readonly requests: ServedRequest[] = []
  readonly #close: () => Promise<void>

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url
    this.#close = close
  }

  static async start(
    answer: (response: ServerResponse, request: ServedRequest, index: number) => unknown,
  ): Promise<LoopbackServer> {
    const http = createServer((incoming, response) => {
      const serve = async (): Promise<void> => {
        // Not the event `close` of the request, which comes with its last byte.
        const closed = new Promise<void>((resolve) => response.once('close', () => resolve()))
        let text = ''
        for await (const chunk of incoming.setEncoding('utf8')) text += chunk
        const request = { path: incoming.url ?? '/', headers: incoming.headers, text, closed, bytesSent: 0 }
        server.requests.push(request)
        await answer(response, request, server.requests.length - 1)
      }
      serve().catch(() => response.destroy())
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const address = http.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const server = new LoopbackServer(`http://127.0.0.1:${port}`, async () => {
      const done = new Promise<void>((resolve) => http.close(() => resolve()))
      http.closeAllConnections()
      await done
    })
    return server
  }

  /** Waits until so many requests have come in. */
  async received(count: number): Promise<ServedRequest> {
    const request = await until(() => this.requests[count - 1])
    return request
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close()
  }
}

/** Waits until there is something, looking again in every turn of the event loop. */
export async function until<Value>(look: () => Value | undefined | false): Promise<Value> {
  for (;;) {
    const value = look()
    if (value !== undefined && value !== false) return value
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Writes a body for as long as somebody reads it. */
export async function writeAll(
  response: ServerResponse,
  request: ServedRequest,
  reads: Iterable<Uint8Array>,
): Promise<void> {
  for (const read of reads) {
    if (response.destroyed) return
    request.bytesSent += read.length
    if (!response.write(read)) await Promise.race([once(response, 'drain'), request.closed])
    // Lets a connection that is closed be noticed.
    else await new Promise((resolve) => setImmediate(resolve))
  }
}
