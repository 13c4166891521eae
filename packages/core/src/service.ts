import { type ErrorDetails, InterlinguaError } from './error.ts'
import type { ErrorCode } from './error.ts'
import type { Warning } from './warning.ts'

/** A response with an error status, as it arrived. */
export interface HttpFailure {
  readonly status: number
  readonly headers: Headers
  /** The beginning of the body. */
  readonly body: string
}

/** A provider's reading of an error response. */
export interface DecodedFailure {
  readonly code: ErrorCode
  /** The provider's own words, or the beginning of what it sent. */
  readonly message: string
  /** What to do next, as a sentence. */
  readonly advice?: string
  /** The field of the request that is at fault, where the provider names one. */
  readonly field?: string
  readonly retryable: boolean
  /** When a retry can help at the earliest, where the provider says so other than in a `retry-after` header. */
  readonly retryAfterMs?: number
}

/** What response headers say, on success and on failure alike. */
export interface DecodedHeaders {
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
}

/** A provider's server: how to reach it, and how to read what all of its answers have in common. */
export interface Service {
  /** The provider's name in code, for example `cohere`. */
  readonly provider: string
  /** The provider's name in sentences, for example `Cohere`. */
  readonly displayName: string
  /** Sends the requests; the global `fetch` where this is left out. */
  readonly fetch?: typeof globalThis.fetch | undefined
  decodeHeaders(headers: Headers): DecodedHeaders
  decodeFailure(failure: HttpFailure): DecodedFailure
}

/** Completes an error with the provider and the model. One that has them already stays as it is. */
export function completeError(
  service: Service,
  details: ErrorDetails,
  context: { readonly model: string | undefined; readonly requestId?: string | undefined },
): InterlinguaError {
  if (details instanceof InterlinguaError && details.provider !== undefined) return details
  const { code, status, retryable, retryAfterMs, field, headers, body, cause } = details
  const { model, requestId = details.requestId } = context
  return new InterlinguaError({
    code,
    message: `${service.displayName}${model === undefined ? '' : ` (${model})`}: ${details.message}`,
    provider: service.provider,
    model,
    status,
    requestId,
    retryable,
    retryAfterMs,
    field,
    headers,
    body,
    cause,
  })
}
