import { detailsOf, type ErrorCode, type ErrorDetails, InterlinguaError, isInterlinguaError } from './error.ts'
import type { Redaction } from './redaction.ts'
import type { Reliability } from './reliability.ts'
import { noteBudget } from './retry-budget.ts'
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
  /** Deadlines, retries and limits, as `readReliability` reads them. The defaults, where this is left out. */
  readonly reliability?: Reliability | undefined
  /**
   * Secrets that are not in the headers of a request, such as the key of a client that adds it by itself. Asked whenever
   * something is told of a request.
   */
  secrets?(): readonly string[]
  decodeHeaders(headers: Headers): DecodedHeaders
  decodeFailure(failure: HttpFailure): DecodedFailure | Promise<DecodedFailure>
}

/** What is known of the request that an error belongs to. */
export interface ErrorContext {
  readonly model: string | undefined
  readonly requestId?: string | undefined
  /** How many requests were sent. */
  readonly attempts?: number | undefined
  /** Keeps the secrets of the request out of the error. */
  readonly redaction?: Redaction | undefined
}

/**
 * Completes an error with the provider and the model. One that has them already stays as it is; one that belongs to another
 * model's call becomes the cause.
 */
export function completeError(
  service: Pick<Service, 'provider' | 'displayName' | 'reliability'>,
  error: ErrorDetails,
  context: ErrorContext,
): InterlinguaError {
  const { provider, displayName } = service
  const { model, redaction } = context
  if (isInterlinguaError(error) && error.provider !== undefined) {
    if (error.provider === provider && error.model === model && error instanceof InterlinguaError) return error
    const { code, message, retryable, retryAfterMs, attempts, deadline } = error
    const own = { code, message, provider, model, retryable, retryAfterMs, attempts, deadline }
    return new InterlinguaError({ ...own, cause: error })
  }
  const details = redaction ? redaction.details(error) : detailsOf(error)
  const completed = new InterlinguaError({
    ...details,
    message: `${displayName}${model === undefined ? '' : ` (${model})`}: ${details.message}`,
    provider,
    model,
    requestId: context.requestId ?? details.requestId,
    attempts: details.attempts ?? context.attempts,
  })
  return noteBudget(completed, service.reliability?.budget)
}
