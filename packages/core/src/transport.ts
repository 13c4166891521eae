import type { Cancellation } from './cancellation.ts'
import { type Deadline, Expiry } from './deadline.ts'
import type { DeadlineWatch } from './deadline-watch.ts'
import { type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import { excerpt } from './json.ts'
import { tooLong } from './limits.ts'

/** Characters; an error says what it has to say long before. */
const failureBodyLimit = 65_536
/** Characters; no answer of a model comes near it. */
const defaultLongest = 64 * 2 ** 20

/**
 * Sends a request and waits for the headers of the response. Throws an `InterlinguaError` of code `connection` where the
 * server cannot be reached and `protocol` where it redirects: a redirect is not followed, so that the key goes nowhere else.
 */
export async function send(
  request: {
    readonly method: 'GET' | 'POST'
    readonly url: string
    readonly headers: Headers
    readonly body: string | undefined
  },
  options: { readonly fetch: typeof globalThis.fetch | undefined; readonly watch: DeadlineWatch },
): Promise<Response> {
  const { watch, fetch = globalThis.fetch } = options
  const { cancellation } = watch
  throwIfStopped(cancellation)
  const { method, headers, body } = request
  const init: RequestInit = {
    method,
    headers,
    ...(body !== undefined && { body }),
    redirect: 'manual',
    signal: cancellation.signal,
  }
  let response: Response
  try {
    // A function of its own, since a `fetch` may throw before it gives a promise.
    watch.begin()
    const sent = (async () => fetch(request.url, init))()
    response = await cancellation.race(sent, (late) => void late.body?.cancel().catch(() => {}))
  } catch (error) {
    throwIfStopped(cancellation)
    // A `fetch` that sends through a vendor's client knows what that client's failures mean.
    throw isInterlinguaError(error)
      ? error
      : (platformTimeout(error) ?? new InterlinguaError(unreachable(request.url, error)))
  }
  if (!(response?.headers instanceof Object) || typeof response.status !== 'number') {
    const message = 'the custom `fetch` gave something that is not a Response.'
    throw new InterlinguaError({ code: 'connection', message })
  }
  if (response.type === 'opaqueredirect' || isRedirect(response)) {
    response.body?.cancel().catch(() => {})
    throw new InterlinguaError({
      code: 'protocol',
      status: response.status,
      message: `${originOf(request.url)} redirects elsewhere, and redirects are not followed so that the key goes nowhere else. Set \`baseURL\` to the final address.`,
    })
  }
  watch.markHeaders(!response.ok)
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
export async function readText(
  response: Response,
  watch: DeadlineWatch,
  limit: number = defaultLongest,
): Promise<string> {
  const { text, ended, failure } = await readBody(response, watch, limit)
  if (failure !== undefined) {
    throwIfStopped(watch.cancellation)
    const timeout = platformTimeout(failure)
    if (timeout) throw timeout
    const message = 'the connection broke before the answer was complete.'
    throw new InterlinguaError({ code: 'connection', message, retryable: true, cause: failure })
  }
  if (ended) return text
  throw tooLong('the answer', limit, 'responseCharacters')
}

/** The beginning of an error's body. What cannot be read is left out: the status alone tells enough. */
export async function readFailureBody(response: Response, watch: DeadlineWatch): Promise<string> {
  const { text, failure } = await readBody(response, watch, failureBodyLimit)
  if (failure !== undefined) throwIfStopped(watch.cancellation, ({ deadline }) => deadline === 'total')
  return text
}

async function readBody(
  response: Response,
  watch: DeadlineWatch,
  limit: number,
): Promise<{ readonly text: string; readonly ended: boolean; readonly failure?: unknown }> {
  if (!response.body) return { text: '', ended: true }
  const { cancellation } = watch
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length <= limit) {
      watch.begin()
      const { done, value } = await cancellation.race(reader.read(), () => {})
      if (done) return { text: text + decoder.decode(), ended: true }
      const piece = decoder.decode(value, { stream: true })
      // White space keeps a connection open, and is no answer.
      watch.end(/\S/.test(piece))
      text += piece
    }
    return { text: text.slice(0, limit), ended: false }
  } catch (failure) {
    return { text, ended: false, failure: failure ?? 'no reason was given' }
  } finally {
    // Closes the connection where the body was not read to its end.
    reader.cancel().catch(() => {})
  }
}

/** Throws where the caller has stopped the call, or a deadline has expired that counts. */
export function throwIfStopped(stopped: Cancellation, counts: (expiry: Expiry) => boolean = () => true): void {
  if (!stopped.aborted) return
  const cause = stopped.reason
  if (cause instanceof Expiry) {
    if (!counts(cause)) return
    throw new InterlinguaError(cause.details)
  }
  throw new InterlinguaError({ code: 'aborted', message: 'the call was stopped by its signal.', cause })
}

/** What becomes the body of a request. */
export function encodeJson(body: object): string {
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

/** The codes of Node's `fetch`, whose own deadlines these are. */
const platformDeadlines: Readonly<Record<string, Deadline>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'firstByte',
  UND_ERR_BODY_TIMEOUT: 'idle',
}

/** The error for a deadline of the platform's own; `undefined` for any other failure. */
export function platformTimeout(error: unknown): InterlinguaError | undefined {
  const reason = reasonOf(error)
  const deadline = Object.hasOwn(platformDeadlines, reason) ? platformDeadlines[reason] : undefined
  if (!deadline) return undefined
  const message = `a deadline of the platform's own expired (${reason}).`
  return new InterlinguaError({ code: 'timeout', message, deadline, retryable: true, cause: error })
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
