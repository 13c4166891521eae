import type { FailureScenario } from '@interlingua/conformance'

const refused = (code: FailureScenario['expected']['code']) => ({ code, retryable: false })

/**
 * Error responses in OpenAI's words.
 *
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export const failures: readonly FailureScenario[] = [
  failure(
    'a wrong key',
    401,
    'Incorrect API key provided: sk-inval*-key.',
    'invalid_api_key',
    refused('authentication'),
  ),
  failure('a quota used up', 429, 'You exceeded your current quota.', 'insufficient_quota', refused('quota')),
  failure('a rate limit', 429, 'Rate limit reached for gpt-5-mini.', 'rate_limit_exceeded', {
    code: 'rate_limit',
    retryable: true,
  }),
  failure(
    'too many tokens',
    400,
    "This model's maximum context length is 8192 tokens.",
    'context_length_exceeded',
    refused('context_length'),
  ),
  failure('a model that is not there', 404, 'The model `x` does not exist.', 'model_not_found', refused('not_found')),
  failure('an unknown field', 400, 'Unknown parameter: x.', 'unknown_parameter', refused('invalid_request')),
  failure('a filter', 400, 'The prompt was filtered.', 'content_filter', refused('content_filter')),
  failure('a failure', 500, 'The server had an error.', 'server_error', { code: 'server', retryable: true }),
  {
    name: 'a failure that the server knows to be final',
    status: 500,
    headers: { 'x-should-retry': 'false' },
    body: { error: { message: 'No.' } },
    expected: refused('server'),
  },
]

/** The same, and what other servers of chat completions say, each in its own form, as recorded. */
export const chatFailures: readonly FailureScenario[] = [
  ...failures,
  bare('Mistral’s wrong key', 401, { detail: 'Invalid API Key' }, refused('authentication')),
  bare(
    'Mistral’s wrong model',
    400,
    { object: 'error', message: 'Invalid model: x', type: 'invalid_model', param: null, code: '1500' },
    refused('not_found'),
  ),
  bare(
    'a validator’s list',
    422,
    { detail: [{ loc: ['body', 'messages'], msg: 'Field required' }] },
    refused('invalid_request'),
  ),
  bare('xAI’s text', 400, { code: 'invalid-argument', error: 'Argument not supported' }, refused('invalid_request')),
  bare(
    'Groq’s failed tool call',
    400,
    { error: { message: 'Failed to call a function', code: 'tool_use_failed' } },
    {
      code: 'server',
      retryable: true,
    },
  ),
  bare(
    'OpenRouter’s number',
    502,
    { error: { code: 502, message: 'Provider returned error' } },
    {
      code: 'server',
      retryable: true,
    },
  ),
]

function failure(
  name: string,
  status: number,
  message: string,
  code: string,
  expected: FailureScenario['expected'],
): FailureScenario {
  return bare(name, status, { error: { message, type: 'invalid_request_error', param: null, code } }, expected)
}

function bare(name: string, status: number, body: object, expected: FailureScenario['expected']): FailureScenario {
  return { name, status, body, expected }
}
