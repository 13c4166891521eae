import {
  type ErrorCode,
  type InterlinguaError,
  isInterlinguaError,
  isObject,
  withoutUndefined,
} from '@interlingua/core'
import type { JsonObject } from './json-object.ts'
import { Refusal } from './refusal.ts'

/** Why a request has no answer, as any of the protocols can say it. */
export interface Failure {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  readonly param?: string
  readonly retryAfterMs?: number
  /** Whether the same request may succeed later. */
  readonly retryable: boolean
  /** The provider that failed; absent where it is the gateway that refuses. */
  readonly provider?: string
  /** The error as the provider sent it, where that is a JSON object. */
  readonly body?: JsonObject
}

/** What a caller is told where the provider gave no status, or one that would be taken for the gateway's own. */
const statuses: Readonly<Record<ErrorCode, number>> = {
  // The caller's own key has been accepted: it is the gateway's that was not.
  authentication: 502,
  permission: 403,
  quota: 429,
  rate_limit: 429,
  not_found: 404,
  invalid_request: 400,
  context_length: 400,
  content_filter: 400,
  server: 502,
  overloaded: 503,
  connection: 502,
  timeout: 504,
  aborted: 499,
  truncated: 502,
  protocol: 502,
  unsupported: 400,
  output_validation: 502,
  prompt: 400,
  stream_consumed: 500,
}

/** The failure that an error is. Errors of no known kind say nothing of themselves: they may quote anything. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) {
    const { status, code, message, param, retryAfterMs } = error
    return withoutUndefined({ status, code, message, param, retryAfterMs, retryable: status === 429 || status === 503 })
  }
  if (isInterlinguaError(error)) return ofProvider(error)
  return { status: 500, code: 'server', message: 'The gateway failed. Its log says why.', retryable: true }
}

function ofProvider(error: InterlinguaError): Failure {
  const { code, message, field, retryAfterMs, retryable, provider } = error
  const keeps = error.status !== undefined && error.status >= 400 && code !== 'authentication'
  return withoutUndefined({
    status: keeps ? error.status : statuses[code],
    code,
    message:
      code === 'authentication' ? `The gateway's own access to ${provider ?? 'the provider'} was refused.` : message,
    param: field,
    retryAfterMs,
    retryable,
    provider,
    body: code === 'authentication' ? undefined : parsed(error.body),
  })
}

function parsed(body: string | undefined): JsonObject | undefined {
  if (body === undefined) return undefined
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
