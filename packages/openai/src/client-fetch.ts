import { InterlinguaError, isObject } from '@interlingua/core/adapter'
import type { OpenAISdkClient, SentOptions } from './client.ts'

/** How many keys of a client are remembered that it makes anew from time to time. */
const rememberedKeys = 8

/**
 * A `fetch` that sends through a client. The client does not retry, so that there is one place that does. It would read a
 * failure and throw an error that leaves out half of it: it is shown an empty success instead, and what really came is
 * read here, so that failures are the same as without a client. The keys that are sent are added to `sent`.
 */
export function fetchThrough(client: OpenAISdkClient, sent: string[]): typeof globalThis.fetch {
  const real = new WeakMap<Response, Response>()
  const own: unknown = Reflect.get(client, 'fetch')
  const sender = client.withOptions({
    maxRetries: 0,
    fetch: async (input, init) => {
      remember(new Headers(init?.headers), sent)
      const send = typeof own === 'function' ? (own as typeof globalThis.fetch) : globalThis.fetch
      const response = await send(input, { ...init, redirect: 'manual' })
      if (response.ok) return response
      const standIn = new Response(null)
      real.set(standIn, response)
      return standIn
    },
  })
  return async (input, { method = 'GET', body, headers, signal } = {}) => {
    const path = addressOf(input)
    const options: SentOptions = {
      headers: Object.fromEntries(new Headers(headers)),
      ...(signal && { signal }),
      ...(typeof body === 'string' && { body: JSON.parse(body) as unknown }),
    }
    try {
      const response = await (method === 'GET' ? sender.get(path, options) : sender.post(path, options)).asResponse()
      return real.get(response) ?? response
    } catch (error) {
      throw failureOf(error)
    }
  }
}

function remember(headers: Headers, sent: string[]): void {
  for (const name of ['authorization', 'api-key']) {
    const key = headers.get(name)?.replace(/^\w+ /, '')
    if (key === undefined || sent.includes(key)) continue
    sent.push(key)
    if (sent.length > rememberedKeys) sent.shift()
  }
}

function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input)
}

/** What the client threw before anything came back. Its own error has what really happened as its cause. */
function failureOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  switch (error.constructor.name) {
    case 'APIConnectionTimeoutError':
      return new InterlinguaError({
        code: 'timeout',
        message: 'the client gave up waiting for the response: its `timeout` is over.',
        retryable: true,
      })
    case 'APIConnectionError':
      return error.cause ?? error
    case 'APIUserAbortError':
      return isObject(error.cause) ? error.cause : error
    default:
      return isHeaderError(error) ? unsendableHeader() : error
  }
}

/** The platform's own error for a header that cannot be sent. It quotes the header, which may be the key: it is not kept. */
function isHeaderError(error: Error): boolean {
  return error instanceof TypeError && error.cause === undefined && /header|bytestring/i.test(error.message)
}

function unsendableHeader(): InterlinguaError {
  const message =
    "the client's API key, or one of its headers, has a line break or another character that HTTP does not allow."
  return new InterlinguaError({ code: 'authentication', message })
}
