import { InterlinguaError } from './error.ts'

/** The error of one request among several, with the inputs that it was about. */
export function aboutBatch(
  error: unknown,
  { start, size }: { readonly start: number; readonly size: number },
  count: number,
): unknown {
  // A call that was stopped is not about any of its inputs.
  if (!(error instanceof InterlinguaError) || error.code === 'aborted') return error
  const { code, message, provider, model, status, requestId, retryable, retryAfterMs, headers, body, cause } = error
  const { attempts, deadline } = error
  const last = start + size - 1
  const { field = `inputs[${start}..${last}]` } = error
  return new InterlinguaError({
    code,
    message: `${message} The request was for inputs ${start} to ${last} of ${count}.`,
    provider,
    model,
    status,
    requestId,
    retryable,
    retryAfterMs,
    attempts,
    deadline,
    field,
    headers,
    body,
    cause,
  })
}
