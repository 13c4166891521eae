import type { Cancellation } from './cancellation.ts'
import type { EncodedRequest } from './request.ts'
import { type ErrorDetails, InterlinguaError } from './error.ts'
import { excerpt } from './json.ts'

/** Characters; an error says what it has to say long before. */
const failureBodyLimit = 65_536

/**
 * Sends a request and waits for the headers of the response. Throws an `InterlinguaError` of code `connection` where the
 * server cannot be reached and `protocol` where it redirects: a redirect is not followed, so that the key goes nowhere else.
 */
export async function send(
  request: EncodedRequest,
  options: {
    readonly fetch: typeof globalThis.fetch | undefined
    readonly headers: Readonly<Record<string, string>> | undefined
    readonly cancellation: Cancellation
  },
): Promise<Response> {
  const { cancellation, fetch = globalThis.fetch } = options
  const sent = fetch(request.url, {
    method: request.method ?? 'POST',
    headers: mergeHeaders(request.headers, options.headers),
    ...(request.body && { body: JSON.stringify(request.body) }),
    redirect: 'manual',
    signal: cancellation.signal,
  })
  let response: Response
  try {
    response = await cancellation.race(sent, (late) => void late.body?.cancel().catch(() => {}))
  } catch (error) {
    if (cancellation.signal.aborted) throw new InterlinguaError(aborted(error))
    // A `fetch` that sends through a vendor's client knows what that client's failures mean.
    throw error instanceof InterlinguaError ? error : new InterlinguaError(unreachable(request.url, error))
  }
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
    await response.body?.cancel()
    throw new InterlinguaError({
      code: 'protocol',
      status: response.status,
      message: `${originOf(request.url)} redirects elsewhere, and redirects are not followed so that the key goes nowhere else. Set \`baseURL\` to the final address.`,
    })
  }
  return response
}

/** The whole body as text. */
export async function readText(response: Response, cancellation: Cancellation): Promise<string> {
  try {
    return await cancellation.race(response.text(), () => {})
  } catch (error) {
    if (cancellation.signal.aborted) throw new InterlinguaError(aborted(error))
    const message = 'the connection broke before the answer was complete.'
    throw new InterlinguaError({ code: 'connection', message, retryable: true, cause: error })
  }
}

/** The beginning of an error's body. What cannot be read is left out: the status alone tells enough. */
export async function readFailureBody(response: Response, cancellation: Cancellation): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    while (text.length < failureBodyLimit) {
      const { done, value } = await cancellation.race(reader.read(), () => {})
      if (done) break
      text += decoder.decode(value, { stream: true })
    }
  } catch (error) {
    if (cancellation.signal.aborted) throw new InterlinguaError(aborted(error))
  }
  reader.cancel().catch(() => {})
  return text.slice(0, failureBodyLimit)
}

function mergeHeaders(
  provider: Readonly<Record<string, string>>,
  caller: Readonly<Record<string, string>> | undefined,
): Headers {
  const headers = new Headers(provider)
  for (const [name, value] of Object.entries(caller ?? {})) {
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

function aborted(cause: unknown): ErrorDetails {
  return { code: 'aborted', message: 'the call was stopped by its signal.', cause }
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
