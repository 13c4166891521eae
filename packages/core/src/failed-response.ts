import type { DeadlineWatch } from './deadline-watch.ts'
import { InterlinguaError } from './error.ts'
import { hoped } from './late-recovery.ts'
import { plainFailure } from './request.ts'
import { readFailureBody } from './response-body.ts'
import { retryAfterMs } from './retry-after.ts'
import type { Service } from './service.ts'

/** Reads an error response as the provider does. */
export async function readFailure(
  service: Service,
  response: Response,
  requestId: string | undefined,
  watch: DeadlineWatch,
): Promise<InterlinguaError> {
  const { status, headers } = response
  const body = await readFailureBody(response, watch)
  const shown = { headers: Object.fromEntries(headers), body }
  const failure = await hoped((async () => service.decodeFailure({ status, headers, body }))())
  if (!failure) return new InterlinguaError({ ...plainFailure(status, requestId), ...shown })
  const { code } = failure
  const retryable = code !== 'quota' && toldToRetry(headers, failure.retryable)
  return new InterlinguaError({
    code,
    status,
    requestId,
    message: `${failure.message}${failure.advice ? ` ${failure.advice}` : ''} (HTTP ${status})`,
    field: failure.field,
    retryable,
    retryAfterMs: retryable ? (retryAfterMs(headers) ?? failure.retryAfterMs) : undefined,
    ...shown,
  })
}

/** The servers of several vendors say of an error whether it is worth another attempt, and know best. */
function toldToRetry(headers: Headers, otherwise: boolean): boolean {
  const told = headers.get('x-should-retry')
  return told === 'true' || (told !== 'false' && otherwise)
}
