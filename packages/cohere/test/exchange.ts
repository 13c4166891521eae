import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder } from './recording.ts'

/** One recorded exchange with an endpoint that answers whole. */
export interface Exchange {
  readonly name: string
  readonly method: string
  /** With its query. */
  readonly path: string
  /** `null` where nothing was sent. */
  readonly request: Readonly<Record<string, unknown>> | null
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

/** The recorded exchanges with Cohere whose path begins so. Empty where there are no recordings. */
export function exchanges(path: string): Exchange[] {
  const index = join(folder, 'INDEX.json')
  if (!existsSync(index)) return []
  const rows = JSON.parse(readFileSync(index, 'utf8')) as { url: string; meta: string; body: string; kind: string }[]
  return rows
    .filter(({ url, kind }) => url.startsWith(`api.cohere.com${path}`) && kind === 'json')
    .map(({ meta: name, body }) => {
      const { request, response } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        request: { method: string; url: string; body: Exchange['request'] }
        response: Pick<Exchange, 'status' | 'headers'>
      }
      const { pathname, search } = new URL(request.url)
      return {
        name,
        method: request.method,
        path: `${pathname}${search}`,
        request: request.body,
        status: response.status,
        headers: response.headers,
        body: JSON.parse(readFileSync(join(folder, body), 'utf8')) as Exchange['body'],
      }
    })
}

/** A request as it was sent. */
export interface Sent {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** `undefined` where there is none. */
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** What a server says. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** A `fetch` that answers as it is told, and remembers what it was asked. */
export function answering(answer: (sent: Sent, signal: AbortSignal) => Answer | Promise<Answer>): {
  readonly fetch: typeof globalThis.fetch
  readonly sent: Sent[]
} {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    // As the platform does.
    init.signal?.throwIfAborted()
    const request = new Request(input, init)
    const text = await request.text()
    const one = {
      method: request.method,
      url: new URL(request.url),
      headers: request.headers,
      body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
    }
    sent.push(one)
    const { status = 200, headers = {}, body } = await answer(one, request.signal)
    return Response.json(body, { status, headers })
  }
  return { fetch, sent }
}

/** A `fetch` that gives back a recorded answer. */
export function replaying({ status, headers, body }: Exchange): ReturnType<typeof answering> {
  // The recorded body was unpacked, so what the headers say of its form is no longer so.
  const { 'content-encoding': _, 'transfer-encoding': __, 'content-length': ___, ...rest } = headers
  return answering(() => ({ status, headers: rest, body }))
}
