import type { Attempts } from './attempts.ts'
import type { Timeout } from './deadline.ts'
import type { DeadlineWatch } from './deadline-watch.ts'
import { type ErrorCode, type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import { loadRecovery } from './late-recovery.ts'
import { Redaction } from './redaction.ts'
import type { RetryPolicy } from './retry-policy.ts'
import type { Service } from './service.ts'
import { encodeJson, mergeHeaders, send } from './transport.ts'
import type { Warning } from './warning.ts'

/** A request in a provider's terms, ready to be sent. */
export interface EncodedRequest {
  /** Default: `POST`. */
  readonly method?: 'GET' | 'POST'
  readonly url: string
  /** The provider's headers. */
  readonly headers: Readonly<Record<string, string>>
  /**
   * Further headers, with the key, made when the request is sent; `headers` replace them. Throws an error of code
   * `authentication` where there is no key. A request whose key stands in `headers` cannot be explained without one.
   */
  readonly authorization?: () => Readonly<Record<string, string>>
  /** What becomes the JSON body. */
  readonly body?: object
  /** What could not be sent as it was asked for. */
  readonly warnings?: readonly Warning[]
}

/** A response with a success status, and what its headers say. */
export interface Received {
  readonly response: Response
  /** The response headers, with lower-case names, and without what is secret. */
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
  /** Keeps the secrets of the request out of what is told about it. */
  readonly redaction: Redaction
}

/** What a single request is given beside what it asks for. */
export interface RequestOptions {
  /** Stops the request: the connection is closed at once. */
  readonly signal?: AbortSignal | undefined
  /** HTTP headers to add; they replace the provider's of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** How long each phase may take. Default: as the provider was told. */
  readonly timeout?: Timeout | undefined
  /** When and how the request is sent again where it fails; `false` for never. Default: as the provider was told. */
  readonly retry?: RetryPolicy | false | undefined
}

/** Sends a request once, and waits for the headers of a success. Throws the provider's reading of a failure. */
export async function request(
  service: Service,
  encoded: EncodedRequest,
  options: {
    readonly headers: RequestOptions['headers']
    readonly watch: DeadlineWatch
    readonly attempts: Attempts
  },
): Promise<Received> {
  const { watch, attempts } = options
  const { method = 'POST', url } = encoded
  const body = encoded.body && encodeJson(encoded.body)
  const headers = mergeHeaders(attempts.headers(body), encoded.authorization?.(), encoded.headers, options.headers)
  const redaction = new Redaction(headers, url, () => service.secrets?.() ?? [])
  try {
    const response = await send({ method, url, headers, body }, { fetch: service.fetch, watch })
    const { requestId, warnings } = service.decodeHeaders(response.headers)
    if (!response.ok) throw await failureOf(service, response, requestId, watch)
    return {
      response,
      headers: redaction.headers(response.headers),
      requestId: requestId && redaction.text(requestId),
      redaction,
      warnings: [...(encoded.warnings ?? []), ...redaction.warnings(warnings)],
    }
  } catch (error) {
    watch.release()
    throw isInterlinguaError(error) ? redact(error, redaction) : error
  }
}

/** An error that belongs to another model's call has been told its secrets by that one. */
function redact(error: InterlinguaError, redaction: Redaction): InterlinguaError {
  if (error.provider !== undefined) return error
  return Object.assign(new InterlinguaError(redaction.details(error)), { attempts: 1 })
}

async function failureOf(
  service: Service,
  response: Response,
  requestId: string | undefined,
  watch: DeadlineWatch,
): Promise<InterlinguaError> {
  const recovery = await loadRecovery(watch.cancellation.signal)
  if (recovery) return recovery.readFailure(service, response, requestId, watch)
  response.body?.cancel().catch(() => {})
  return new InterlinguaError(plainFailure(response.status, requestId))
}

const plainCodes: Readonly<Record<number, ErrorCode>> = { 401: 'authentication', 429: 'rate_limit' }

/** All that is told of an error response where nobody can read it. */
export function plainFailure(status: number, requestId: string | undefined): ErrorDetails {
  const code = plainCodes[status] ?? (status < 500 ? 'invalid_request' : 'server')
  const retryable = code === 'rate_limit' || code === 'server'
  return { code, status, requestId, retryable, message: `the request was refused (HTTP ${status}).` }
}
