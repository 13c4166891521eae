import { Cancellation } from './cancellation.ts'
import { InterlinguaError, isInterlinguaError } from './error.ts'
import { parseObject } from './json.ts'
import { Redaction } from './redaction.ts'
import { retryAfterMs } from './retry-after.ts'
import { completeError, type Service } from './service.ts'
import { mergeHeaders, readFailureBody, readText, send } from './transport.ts'
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
}

/** Sends a request and waits for the headers of a success. Throws the provider's reading of a failure. */
export async function request(
  service: Service,
  encoded: EncodedRequest,
  options: { readonly headers: RequestOptions['headers']; readonly cancellation: Cancellation },
): Promise<Received> {
  const headers = mergeHeaders(encoded.authorization?.(), encoded.headers, options.headers)
  const redaction = new Redaction(headers)
  try {
    const response = await send(encoded, { fetch: service.fetch, headers, cancellation: options.cancellation })
    const { requestId, warnings } = service.decodeHeaders(response.headers)
    if (!response.ok) throw await failureOf(service, response, requestId, options.cancellation)
    return { response, requestId, redaction, warnings: [...(encoded.warnings ?? []), ...warnings] }
  } catch (error) {
    throw isInterlinguaError(error) ? redact(error, redaction) : error
  }
}

/** An error that belongs to another model's call has been told its secrets by that one. */
function redact(error: InterlinguaError, redaction: Redaction): InterlinguaError {
  return error.provider === undefined ? new InterlinguaError(redaction.details(error)) : error
}

async function failureOf(
  service: Service,
  response: Response,
  requestId: string | undefined,
  cancellation: Cancellation,
): Promise<InterlinguaError> {
  const { status, headers } = response
  const body = await readFailureBody(response, cancellation)
  const failure = await service.decodeFailure({ status, headers, body })
  return new InterlinguaError({
    code: failure.code,
    status,
    requestId,
    message: `${failure.message}${failure.advice ? ` ${failure.advice}` : ''} (HTTP ${status})`,
    field: failure.field,
    retryable: failure.retryable,
    retryAfterMs: failure.retryable ? (retryAfterMs(headers) ?? failure.retryAfterMs) : undefined,
    headers: Object.fromEntries(headers),
    body,
  })
}

/** A whole answer of an endpoint that does not stream. */
export interface ReceivedJson {
  readonly body: Record<string, unknown>
  /** The response headers, with lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
}

/**
 * Sends a request and reads the JSON object that answers it.
 *
 * @throws {InterlinguaError} with the provider and the model, where there is no such answer.
 */
export async function requestJson(
  service: Service,
  encode: () => EncodedRequest,
  options: RequestOptions & { readonly model?: string | undefined } = {},
): Promise<ReceivedJson> {
  const cancellation = new Cancellation(options.signal)
  let received: Received | undefined
  try {
    received = await request(service, encode(), { headers: options.headers, cancellation })
    const { response, requestId, warnings } = received
    const body = parseObject(await readText(response, cancellation))
    return { body, headers: Object.fromEntries(response.headers), requestId, warnings }
  } catch (error) {
    if (!isInterlinguaError(error)) throw error
    const { model } = options
    throw completeError(service, error, { model, requestId: received?.requestId, redaction: received?.redaction })
  } finally {
    cancellation.release()
  }
}
