import type { Cancellation } from './cancellation.ts'
import { Expiry } from './deadline.ts'
import type { DeadlineWatch } from './deadline-watch.ts'
import { InterlinguaError, isInterlinguaError } from './error.ts'
import { loadRecovery } from './late-recovery.ts'

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
    watch.begin()
    response = await cancellation.race(
      Promise.resolve(fetch(request.url, init)),
      (late) => void late.body?.cancel().catch(() => {}),
    )
  } catch (error) {
    throwIfStopped(cancellation)
    // A `fetch` that sends through a vendor's client knows what that client's failures mean.
    throw isInterlinguaError(error) ? error : await connectionFailure(error, request.url, cancellation.signal)
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
  for (const layer of layers) {
    for (const [name, value] of Object.entries(layer ?? {})) {
      try {
        headers.set(name, value)
      } catch {
        // The platform's own error quotes the value, which may be a secret.
        const message = `the header ${JSON.stringify(name)} has a name or a value that HTTP does not allow.`
        throw new InterlinguaError({ code: 'invalid_request', message })
      }
    }
  }
  return headers
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

/** A vendor's own client may be given a path, and knows where it leads. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'the server'
}

async function connectionFailure(cause: unknown, url: string, signal: AbortSignal): Promise<InterlinguaError> {
  const recovery = await loadRecovery(signal)
  if (recovery) return recovery.unreachable(url, cause)
  return new InterlinguaError({
    code: 'connection',
    message: 'the server could not be reached.',
    retryable: true,
    cause,
  })
}
