import { type ErrorDetails, isInterlinguaError } from './error.ts'

/**
 * What a client is told of an error: what it can act on. The prompt, the answer so far, headers, bodies and causes stay
 * where they are.
 */
export type SentError = Pick<
  ErrorDetails,
  'code' | 'message' | 'provider' | 'model' | 'status' | 'requestId' | 'retryable' | 'retryAfterMs'
>

/** An error as it may be sent to a client. What is no `InterlinguaError` may say anything, so that none of it is told. */
export function sentError(error: unknown): SentError {
  if (!isInterlinguaError(error)) return { code: 'server', message: 'the answer failed.', retryable: false }
  const { code, message, provider, model, status, requestId, retryable, retryAfterMs } = error
  return { code, message, provider, model, status, requestId, retryable, retryAfterMs }
}
