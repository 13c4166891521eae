import type { ErrorCode } from './error.ts'

/** What an HTTP error status means unless the body says better. */
export interface StatusMeaning {
  readonly code: ErrorCode
  readonly retryable: boolean
}

const meanings = new Map<number, StatusMeaning>([
  [401, { code: 'authentication', retryable: false }],
  [402, { code: 'quota', retryable: false }],
  [403, { code: 'permission', retryable: false }],
  [404, { code: 'not_found', retryable: false }],
  [408, { code: 'timeout', retryable: true }],
  [409, { code: 'server', retryable: true }],
  [429, { code: 'rate_limit', retryable: true }],
  [501, { code: 'server', retryable: false }],
  [503, { code: 'overloaded', retryable: true }],
  [504, { code: 'timeout', retryable: true }],
  [529, { code: 'overloaded', retryable: true }],
])

/** What an HTTP error status means where nothing more is known. */
export function meaningOfStatus(status: number): StatusMeaning {
  const isServers = status >= 500
  return meanings.get(status) ?? { code: isServers ? 'server' : 'invalid_request', retryable: isServers }
}
