import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { recordBody, recordBytes } from './bytes.ts'
import type { Exchange } from './exchange.ts'
import { scrubChunks } from './scrub.ts'
import { Secrets } from './secrets.ts'

/** A recorded exchange as two files have it: what was asked for and the headers, beside the body of the response. */
interface ExchangeFile {
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: unknown
  }
  readonly response: {
    readonly status: number
    readonly headers?: Readonly<Record<string, string>>
    /** The body's file, beside this one. */
    readonly bodyFile?: string
  }
}

/**
 * Reads an exchange that is kept as `<name>.meta.json`, with `request` and `response`, and a file with the body, which
 * `response.bodyFile` names. Its times are not known: the body is one chunk.
 *
 * ```ts
 * await writeCassette('cassettes/chat.json', [await importExchange('recordings/chat.0.meta.json')])
 * ```
 *
 * An address that is only a path is put behind `baseURL`.
 */
export async function importExchange(path: string, { baseURL }: { readonly baseURL?: string } = {}): Promise<Exchange> {
  const { request, response } = JSON.parse(await readFile(path, 'utf8')) as ExchangeFile
  const secrets = new Secrets()
  const scrub = (bytes: Uint8Array): Uint8Array => scrubChunks([bytes], secrets)[0] ?? bytes
  const url = secrets.url(new URL(request.url, baseURL).href)
  const headers = secrets.headers(new Headers(request.headers))
  const { bodyFile } = response
  const body = bodyFile === undefined ? undefined : new Uint8Array(await readFile(join(dirname(path), bodyFile)))
  return {
    request: {
      method: request.method,
      url,
      headers,
      ...(hasBody(request.body) && { body: recordBody(scrub(bytesOf(request.body))) }),
    },
    response: {
      status: response.status,
      headers: secrets.headers(new Headers(response.headers)),
      afterMs: 0,
      body: body ? [{ afterMs: 0, ...recordBytes(scrub(body)) }] : null,
      ending: 'complete',
    },
  }
}

function hasBody(body: unknown): boolean {
  return body !== undefined && body !== null && body !== ''
}

function bytesOf(body: unknown): Uint8Array {
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
}
