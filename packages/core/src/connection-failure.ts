import type { Deadline } from './deadline.ts'
import { InterlinguaError } from './error.ts'
import { excerpt } from './json.ts'
import { originOf } from './transport.ts'

/** The error for a server that could not be reached. */
export function unreachable(url: string, cause: unknown): InterlinguaError {
  const message = `${originOf(url)} could not be reached (${excerpt(reasonOf(cause))}). Check the network, and \`baseURL\` where you set one.`
  return platformTimeout(cause) ?? new InterlinguaError({ code: 'connection', message, retryable: true, cause })
}

/** The codes of Node's `fetch`, whose own deadlines these are. */
const platformDeadlines: Readonly<Record<string, Deadline>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'firstByte',
  UND_ERR_BODY_TIMEOUT: 'idle',
}

/** The error for a deadline of the platform's own; `undefined` for any other failure. */
export function platformTimeout(error: unknown): InterlinguaError | undefined {
  const reason = reasonOf(error)
  const deadline = Object.hasOwn(platformDeadlines, reason) ? platformDeadlines[reason] : undefined
  if (!deadline) return undefined
  const message = `a deadline of the platform's own expired (${reason}).`
  return new InterlinguaError({ code: 'timeout', message, deadline, retryable: true, cause: error })
}

/** `fetch failed` says nothing; what did fail is further down. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause === undefined ? error.message : reasonOf(error.cause)
}
