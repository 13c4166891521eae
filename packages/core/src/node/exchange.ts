import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { decoded } from './content-coding.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import type { Routes } from './routes.ts'

/**
 * One request and its answer. Rejects with the signal's reason where it was stopped, else with the `TypeError` of a `fetch`,
 * whose `cause` says what happened.
 */
export function send(request: OutgoingRequest, routes: Routes, redirected: boolean): Promise<Response> {
  const { signal, url } = request
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    let fail: (reason: unknown) => void = reject
    let failure = 'fetch failed'
    const outgoing = begun(request, routes)
    const abort = (): void => {
      // Before the socket is closed, which is a failure too, but not the one to tell.
      fail(signal?.reason)
      outgoing.destroy()
    }
    signal?.addEventListener('abort', abort)
    // The signal may outlive the request by hours.
    outgoing.once('close', () => signal?.removeEventListener('abort', abort))
    const failed = (cause: Error & { rawPacket?: unknown }): void => {
      // All that the server sent, which may be an echo of the key.
      delete cause.rawPacket
      fail(new TypeError(failure, { cause }))
    }
    // There may be a second one, which nobody waits for.
    outgoing.on('error', failed)
    outgoing.once('upgrade', (_, socket) => {
      socket.destroy()
      failed(new Error('the server changed the protocol, which nobody asked for'))
    })
    outgoing.once('response', (incoming) => {
      try {
        const body = hasBody(incoming, request.method)
          ? bodyOf(decoded(incoming), outgoing, (failBody) => {
              failure = 'terminated'
              fail = failBody
            })
          : null
        if (!body) incoming.on('error', failed).resume()
        resolve(responseOf(incoming, body, { url: url.href, redirected }))
      } catch (cause) {
        fail = reject
        reject(new TypeError('fetch failed', { cause }))
        outgoing.destroy()
      }
    })
    outgoing.end(request.body)
  })
}

function begun(request: OutgoingRequest, routes: Routes): ClientRequest {
  try {
    return routes.open(request)
  } catch (cause) {
    // Such as a certificate that cannot be read.
    throw new TypeError('fetch failed', { cause })
  }
}

/**
 * Takes what has come when it is asked to, all in one piece. Node reads no more off the socket than its buffer holds, which is
 * one read of the system.
 */
function bodyOf(
  source: Readable,
  outgoing: ClientRequest,
  onFailure: (fail: (reason: unknown) => void) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOver = false
  let isAwaited = false
  function take(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): void {
    const bytes: Uint8Array<ArrayBuffer> | null = source.read()
    if (bytes === null || isOver) return
    isAwaited = false
    // A plain one: what Node gives has a `slice` of another meaning.
    controller.enqueue(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      start(controller) {
        const fail = (reason: unknown): void => {
          if (isOver) return
          isOver = true
          controller.error(reason)
          outgoing.destroy()
        }
        onFailure(fail)
        source.on('readable', () => {
          // Where there is nothing to read, it is the end, which has to be taken for the connection to serve again.
          if (isAwaited || source.readableLength === 0) take(controller)
        })
        source.on('end', () => {
          if (isOver) return
          isOver = true
          controller.close()
        })
        source.on('error', (cause) => fail(new TypeError('terminated', { cause })))
      },
      pull(controller) {
        isAwaited = true
        take(controller)
      },
      cancel() {
        isOver = true
        outgoing.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}

/** See https://fetch.spec.whatwg.org/#null-body-status. */
function hasBody({ statusCode = 0 }: IncomingMessage, method: string): boolean {
  return method !== 'HEAD' && ![204, 205, 304].includes(statusCode)
}

function responseOf(
  { statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage,
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  { url, redirected }: Pick<Response, 'url' | 'redirected'>,
): Response {
  const headers = new Headers()
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '')
  const response = new Response(body, { status: statusCode, statusText: statusMessage, headers })
  // A response that is made by hand knows neither.
  return Object.defineProperties(response, { url: { value: url }, redirected: { value: redirected } })
}
