import { Cancellation } from './cancellation.ts'
import { InterlinguaError } from './error.ts'
import { parseObject } from './json.ts'
import { retryAfterMs } from './retry-after.ts'
import { completeError, type Service } from './service.ts'
import { readFailureBody, readText, send } from './transport.ts'
import type { Warning } from './warning.ts'

/** A request in a provider's terms, ready to be sent. */
export interface EncodedRequest {
  /** Default: `POST`. */
  readonly method?: 'GET' | 'POST'
  readonly url: string
  /** The provider's headers, with the key. */
  readonly headers: Readonly<Record<string, string>>
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
}

/** What a single request is given beside what it asks for. */
export interface RequestOptions {
  /** Stops the request: the connection is closed at once. */
  readonly signal?: AbortSignal
  /** HTTP headers to add; they replace the provider's of the same name. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends a request and waits for the headers of a success. Throws the provider's reading of a failure. */
export async function request(
  service: Service,
  encoded: EncodedRequest,
  options: { readonly headers: RequestOptions['headers']; readonly cancellation: Cancellation },
): Promise<Received> {
  const { cancellation } = options
  const response = await send(encoded, { fetch: service.fetch, headers: options.headers, cancellation })
  const { requestId, warnings } = service.decodeHeaders(response.headers)
  if (response.ok) return { response, requestId, warnings: [...(encoded.warnings ?? []), ...warnings] }
  const { status, headers } = response
  const body = await readFailureBody(response, cancellation)
  const failure = service.decodeFailure({ status, headers, body })
  throw new InterlinguaError({
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
  let requestId: string | undefined
  try {
    const received = await request(service, encode(), { headers: options.headers, cancellation })
    requestId = received.requestId
    const body = parseObject(await readText(received.response, cancellation))
    return { body, headers: Object.fromEntries(received.response.headers), requestId, warnings: received.warnings }
  } catch (error) {
    throw error instanceof InterlinguaError ? completeError(service, error, { model: options.model, requestId }) : error
  } finally {
    cancellation.release()
  }
}
