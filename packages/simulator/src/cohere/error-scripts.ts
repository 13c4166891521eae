import { uuidOf } from '../fingerprint.ts'
import type { Script } from '../script.ts'
import { trialProblem } from './trial.ts'

/** The errors that `cohereErrors` has. */
export type CohereErrorName =
  | 'expiredKey'
  | 'paymentRequired'
  | 'billingLimit'
  | 'forbidden'
  | 'requestTimeout'
  | 'tooManyRequests'
  | 'trialPerMinute'
  | 'trialPerMonth'
  | 'trialTokens'
  | 'blockedToken'
  | 'cancelled'
  | 'internal'
  | 'notImplemented'
  | 'unavailable'
  | 'gatewayTimeout'
  | 'insideStream'

/**
 * Scripts for the errors of Cohere's service that no request brings about by itself, such as
 * `scripts: [{ ...cohereErrors.trialPerMinute, times: 1 }]`. The texts are documented at
 * https://docs.cohere.com/reference/errors; statuses without a documented text (403, 408, 498, 501, 504) have one of this
 * package's own.
 */
export const cohereErrors: Readonly<Record<CohereErrorName, Script>> = {
  expiredKey: failure(
    401,
    'Your API key has expired. Please create a production key at dashboard.cohere.com or reach out to your contact at Cohere to continue usage.',
  ),
  paymentRequired: failure(
    402,
    'Please add or update your payment method at https://dashboard.cohere.com/billing?tab=payment to continue',
  ),
  billingLimit: failure(
    402,
    'Maximum billing reached for this API key as set in your dashboard, please go to https://dashboard.cohere.com/billing?tab=payment to increase your maximum amount to continue using this API key. Your billing capacity will reset at the beginning of next month.',
  ),
  forbidden: failure(403, 'this API key is not allowed to use this resource'),
  requestTimeout: failure(408, 'request timed out'),
  tooManyRequests: failure(429, 'You are past the per minute request limit, please wait and try again later.'),
  trialPerMinute: failure(429, trialProblem(40, 'minute').message),
  trialPerMonth: failure(429, trialProblem(1000, 'month').message),
  trialTokens: failure(429, 'trial token rate limit exceeded, limit is 100000 tokens per minute'),
  blockedToken: failure(498, 'invalid token: the request or the response has a token that is on the deny list'),
  cancelled: failure(499, 'request cancelled'),
  internal: failure(500, 'internal server error, this has been reported to our developers'),
  notImplemented: failure(501, 'not implemented'),
  /** What the proxy in front of the service says: plain text that is declared to be JSON. */
  unavailable: {
    status: 503,
    headers: { 'content-type': 'application/json' },
    body: 'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
  },
  gatewayTimeout: { status: 504, headers: { 'content-type': 'application/json' }, body: 'upstream request timeout' },
  /** Recorded: a failure after the status 200, inside of the stream, in the middle of a plan. */
  insideStream: {
    cohere: {
      plan: 'I will look up what is needed to answer the question.',
      afterTokens: 8,
      finishReason: 'ERROR',
      error: 'your request resulted in an invalid tool generation. Try updating the messages or tool definitions',
      errorType: 'INVALID_TOOL_GENERATION',
    },
  },
}

function failure(status: number, message: string): { readonly status: number; readonly body: string } {
  return { status, body: JSON.stringify({ id: uuidOf(message), message }) }
}
