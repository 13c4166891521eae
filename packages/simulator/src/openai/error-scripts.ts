import type { Script } from '../script.ts'

/** The errors that `openaiErrors` has. */
export type OpenAIErrorName =
  | 'insufficientQuota'
  | 'rateLimit'
  | 'country'
  | 'permission'
  | 'conflict'
  | 'serverError'
  | 'overloaded'
  | 'gateway'
  | 'insideStream'

/**
 * Scripts for the errors of OpenAI's service that no request brings about by itself, such as
 * `scripts: [{ ...openaiErrors.rateLimit, times: 1 }]`. The texts are documented at
 * https://platform.openai.com/docs/guides/error-codes, but for those of `permission`, `conflict` and `gateway`.
 */
export const openaiErrors: Readonly<Record<OpenAIErrorName, Script>> = {
  /** Clients must not try again: only money helps. */
  insufficientQuota: {
    error: {
      status: 429,
      message:
        'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    },
  },
  rateLimit: {
    error: {
      status: 429,
      message:
        'Rate limit reached for organization org-interlingua on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      type: 'requests',
      code: 'rate_limit_exceeded',
      retryAfterMs: 20,
    },
  },
  country: {
    error: {
      status: 403,
      message: 'Country, region, or territory not supported',
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    },
  },
  permission: {
    error: {
      status: 403,
      message: 'You have insufficient permissions for this operation. Missing scopes: model.request.',
      code: 'missing_scope',
    },
  },
  conflict: { error: { status: 409, message: 'The resource was updated by another request.' } },
  serverError: {
    error: {
      status: 500,
      message: 'The server had an error while processing your request. Sorry about that!',
      type: 'server_error',
    },
  },
  overloaded: {
    error: {
      status: 503,
      message: 'The engine is currently overloaded, please try again later.',
      type: 'server_error',
      code: 'server_overloaded',
    },
  },
  /** What the proxy in front of the service says: a page. */
  gateway: {
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n',
  },
  /** A failure after the status 200, inside of the stream. */
  insideStream: {
    text: 'I will look that up for you.',
    openai: {
      afterTokens: 4,
      error: {
        message: 'The server had an error processing your request. Sorry about that!',
        type: 'server_error',
        code: 'server_error',
      },
    },
  },
}
