import type { FailureScenario } from '@interlingua/conformance'

const months =
  "You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits at 'https://dashboard.cohere.com/api-keys'."

/**
 * Cohere's errors, in its words.
 *
 * @see https://docs.cohere.com/reference/errors
 */
export const failures: readonly FailureScenario[] = [
  failure('a wrong key', 401, 'invalid api token', { code: 'authentication', retryable: false }),
  failure('a month used up', 429, months, { code: 'quota', retryable: false }),
  failure('billing', 402, 'Please add or update your payment method', { code: 'quota', retryable: false }),
  failure('too many tokens', 400, 'too many tokens: size limit exceeded', { code: 'context_length', retryable: false }),
  failure('a model that is not there', 404, "model 'x' not found", { code: 'not_found', retryable: false }),
  failure('an unknown field', 422, 'parameter x is not a valid field', { code: 'invalid_request', retryable: false }),
  failure('a blocked token', 498, 'blocked input or output', { code: 'content_filter', retryable: false }),
  failure('a failure', 500, 'internal server error', { code: 'server', retryable: true }),
]

function failure(
  name: string,
  status: number,
  message: string,
  expected: FailureScenario['expected'],
): FailureScenario {
  return { name, status, body: { id: 'x', message }, expected }
}
