import { isInterlinguaError } from '@interlingua/core'
import type { Failure } from '../protocol.ts'

const longestBody = 2_000

/** What the page is told of an error. Core has taken the secrets out of it. */
export function failureOf(error: unknown): Failure {
  if (!isInterlinguaError(error)) {
    return { code: 'server', message: `The playground failed: ${String(error)}`, retryable: false }
  }
  const { code, message, provider, model, status, requestId, retryable, retryAfterMs } = error
  const { field, deadline, attempts, body, cause } = error
  return {
    code,
    message,
    provider,
    model,
    status,
    requestId,
    retryable,
    retryAfterMs,
    ...(field !== undefined && { field }),
    ...(deadline !== undefined && { deadline }),
    ...(attempts !== undefined && { attempts }),
    ...(body !== undefined && { body: body.slice(0, longestBody) }),
    ...(cause instanceof Error && { cause: `${cause.name}: ${cause.message}` }),
  }
}
