import type { Cancellation } from './cancellation.ts'
import type { EncodedRequest } from './request.ts'
import { type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import { excerpt } from './json.ts'

/** Characters; an error says what it has to say long before. */
const failureBodyLimit = 65_536
/** Characters; no answer of a model comes near it. */
const answerBodyLimit = 64 * 2 ** 20

/**
 * Sends a request and waits for the headers of the response. Throws an `InterlinguaError` of code `connection` where the
 * server cannot be reached and `protocol` where it redirects: a redirect is not followed, so that the key goes nowhere else.
 */
export async function send(
  request: EncodedRequest,
  options: {
    readonly fetch: typeof globalThis.fetch | undefined
    readonly headers: Headers
    readonly cancellation: Cancellation
  },
): Promise<Response> {
  const { cancellation, headers, fetch = globalThis.fetch } = options
  throwIfStopped(cancellation)
  const init: RequestInit = {
    method: request.method ?? 'POST',
    headers,
    ...(request.body && { body: encodeJson(request.body) }),
    redirect: 'manual',
    signal: cancellation.signal,
  }
  let response: Response
  try {
    // A function of its own, since a `fetch` may throw before it gives a promise.
    const sent = (async () => fetch(request.url, init))()
    response = await cancellation.race(sent, (late) => void late.body?.cancel().catch(() => {}))
  } catch (error) {
    throwIfStopped(cancellation)
    // A `fetch` that sends through a vendor's client knows what that client's failures mean.
    throw isInterlinguaError(error) ? error : new InterlinguaError(unreachable(request.url, error))
  }
  if (!(response?.headers instanceof Object) || typeof response.status !== 'number') {
    const message = 'the custom `fetch` gave something that is not a Response.'
    throw new InterlinguaError({ code: 'connection', message })
  }
  if (response.type === 'opaqueredirect' || isRedirect(response)) {
    await response.body?.cancel()
    throw new InterlinguaError({
      code: 'protocol',
      status: response.status,
      message: `${originOf(request.url)} redirects elsewhere, and redirects are not followed so that the key goes nowhere else. Set \`baseURL\` to the final address.`,
    })
  }
  return response
}

/** The headers of a request: the provider's, and the caller's, which replace them. */
export function mergeHeaders(...layers: readonly (Readonly<Record<string, string>> | undefined)[]): Headers {
  const headers = new Headers()
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer ?? {}))) {
    try {
      headers.set(name, value)
    } catch {
      // The platform's own error quotes the value, which may be a secret.
      const message = `the header ${JSON.stringify(name)} has a name or a value that HTTP does not allow.`
      throw new InterlinguaError({ code: 'invalid_request', message })
    }
  }
  return headers
}

/** The whole body as text. Throws an error of code `protocol` where there is no end of it. */
export async function readText(response: Response, cancellation: Cancellation): Promise<string> {
  const { text, ended, failure } = await readBody(response, cancellation, answerBodyLimit)
  if (failure !== undefined) {
    const message = 'the connection broke before the answer was complete.'
    throw new InterlinguaError({ code: 'connection', message, retryable: true, cause: failure })
  }
  if (ended) return text
  const message = `the answer is longer than ${answerBodyLimit} characters, and was not read on.`
  throw new InterlinguaError({ code: 'protocol', message })
}

/** The beginning of an error's body. What cannot be read is left out: the status alone tells enough. */
export async function readFailureBody(response: Response, cancellation: Cancellation): Promise<string> {
  return (await readBody(response, cancellation, failureBodyLimit)).text
}

async function readBody(
  response: Response,
  cancellation: Cancellation,
  limit: number,
): Promise<{ readonly text: string; readonly ended: boolean; readonly failure?: unknown }> {
  if (!response.body) return { text: '', ended: true }
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length < limit) {
      const { done, value } = await cancellation.race(reader.read(), () => {})
      if (done) return { text: text + decoder.decode(), ended: true }
      text += decoder.decode(value, { stream: true })
    }
    return { text: text.slice(0, limit), ended: false }
  } catch (failure) {
    throwIfStopped(cancellation)
    return { text, ended: false, failure: failure ?? 'no reason was given' }
  } finally {
    // Closes the connection where the body was not read to its end.
    reader.cancel().catch(() => {})
  }
}

/** Throws where the caller has stopped the call. */
export function throwIfStopped({ signal }: Cancellation): void {
  if (!signal.aborted) return
  const cause: unknown = signal.reason
  throw new InterlinguaError({ code: 'aborted', message: 'the call was stopped by its signal.', cause })
}

function encodeJson(body: object): string {
  try {
    return JSON.stringify(body)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InterlinguaError({ code: 'invalid_request', message: `the request is not JSON: ${reason}`, cause })
  }
}

/** 304 is no redirect: it says that nothing has changed. */
function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400 && status !== 304
}

function unreachable(url: string, error: unknown): ErrorDetails {
  return {
    code: 'connection',
    retryable: true,
    cause: error,
    message: `${originOf(url)} could not be reached (${excerpt(reasonOf(error))}). Check the network, and \`baseURL\` where you set one.`,
  }
}

/** `fetch failed` says nothing; what did fail is further down. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}

/** A vendor's own client may be given a path, and knows where it leads. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'the server'
}
