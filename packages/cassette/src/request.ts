import { Buffer } from 'node:buffer'
import { playBody, recordBody } from './bytes.ts'
import type { RecordedRequest } from './exchange.ts'
import { scrubChunks } from './scrub.ts'
import type { Secrets } from './secrets.ts'

/** A request that is about to be sent, and what is recorded of it. */
export interface SentRequest {
  readonly recorded: RecordedRequest
  readonly signal: AbortSignal | undefined
  /** Sends it as it is. */
  send(fetch: typeof globalThis.fetch): Promise<Response>
}

/** Reads what `fetch` was called with. */
export async function readRequest(
  input: string | URL | Request,
  init: RequestInit | undefined,
  secrets: Secrets,
): Promise<SentRequest> {
  const request = new Request(input, withoutSignal(init))
  const type = request.headers.get('content-type')
  const bytes = new Uint8Array(await request.arrayBuffer())
  const url = secrets.url(request.url)
  const headers = secrets.headers(request.headers)
  secrets.learn(Buffer.from(bytes).toString())
  const [body = bytes] = scrubChunks([withFixedBoundary(bytes, type)], secrets)
  if (type?.startsWith('multipart/')) headers['content-type'] = type.replace(boundaryIn, 'boundary=boundary')
  return {
    recorded: { method: request.method, url, headers, ...(bytes.length > 0 && { body: recordBody(body) }) },
    signal: init?.signal ?? (input instanceof Request ? input.signal : undefined),
    send: async (fetch) => {
      const sent: RequestInit = { ...init, method: request.method, headers: request.headers }
      // A stream can be read once, and has been.
      if (bytes.length > 0) sent.body = bytes
      return fetch(request.url, sent)
    },
  }
}

/** A recorded request without secrets that were not known when it was made. */
export function scrubRequest({ method, url, headers, body }: RecordedRequest, secrets: Secrets): RecordedRequest {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, secrets.text(value)])
  const [clean] = body === undefined ? [] : scrubChunks([playBody(body)], secrets)
  return {
    method,
    url: secrets.text(url),
    headers: Object.fromEntries(entries),
    ...(clean && { body: recordBody(clean) }),
  }
}

/** An aborted signal would make the constructor throw, where the caller is to be told as by `fetch`. */
function withoutSignal({ signal, ...init }: RequestInit = {}): RequestInit {
  void signal
  return { ...init, ...(init.body instanceof ReadableStream && { duplex: 'half' }) }
}

const boundaryIn = /boundary="?([^";]+)"?/

/** The parts of a form are told apart by a text that is another one each time, and means nothing. */
function withFixedBoundary(bytes: Uint8Array, type: string | null): Uint8Array {
  const boundary = type?.startsWith('multipart/') ? boundaryIn.exec(type)?.[1] : undefined
  if (boundary === undefined) return bytes
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll(boundary, 'boundary'), 'latin1'))
}
