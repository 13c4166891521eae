import type { Deadline } from './deadline.ts'
import type { SchemaIssue } from './json-schema-issue.ts'
import type { BaseCallResponse } from './response.ts'
import type { RunSoFar } from './run.ts'
import { withoutUndefined } from './without-undefined.ts'

/**
 * What went wrong, in one vocabulary for all providers.
 *
 * - `authentication`: no API key, or one that the provider does not accept
 * - `permission`: the key may not do this
 * - `quota`: the account has used up what it may use; waiting does not help
 * - `rate_limit`: too many requests in a short time
 * - `not_found`: no such model or address
 * - `invalid_request`: the request cannot be answered as it is
 * - `context_length`: the request is longer than the model can read
 * - `content_filter`: the provider refuses the content
 * - `server`: the provider failed
 * - `overloaded`: the provider has no capacity at the moment
 * - `connection`: the server could not be reached, or the connection broke
 * - `timeout`: a deadline expired, of ours (`deadline` tells which one) or of the server's
 * - `aborted`: the caller stopped the call
 * - `truncated`: the answer ended before it was complete
 * - `protocol`: what arrived is not what this provider's API sends
 * - `unsupported`: the provider cannot do what was asked, and the caller wants to know rather than go without
 * - `output_validation`: the answer is not what its output schema asks for; `issues` tells what is wrong with `raw`
 * - `prompt`: the caller's prompt function threw or gave what is no prompt, or a prompt template cannot be filled in
 * - `stream_consumed`: the stream has been read already
 */
export type ErrorCode =
  | 'authentication'
  | 'permission'
  | 'quota'
  | 'rate_limit'
  | 'not_found'
  | 'invalid_request'
  | 'context_length'
  | 'content_filter'
  | 'server'
  | 'overloaded'
  | 'connection'
  | 'timeout'
  | 'aborted'
  | 'truncated'
  | 'protocol'
  | 'unsupported'
  | 'output_validation'
  | 'prompt'
  | 'stream_consumed'

/** What an error is made of. An `InterlinguaError` is itself of this form. */
export interface ErrorDetails {
  readonly code: ErrorCode
  readonly message: string
  readonly provider?: string | undefined
  readonly model?: string | undefined
  /** The HTTP status, where there was one. */
  readonly status?: number | undefined
  /** The provider's id of the request, which its support asks for. */
  readonly requestId?: string | undefined
  /** Whether the same request may succeed later. */
  readonly retryable?: boolean | undefined
  /** When it may succeed at the earliest, in milliseconds from now, where the provider says so. */
  readonly retryAfterMs?: number | undefined
  /** How many requests were sent in vain, with those of the attempts before. */
  readonly attempts?: number | undefined
  /** Which deadline expired, where it is one of `timeout`. */
  readonly deadline?: Deadline | undefined
  /** The field of the request that is at fault, where one is named. */
  readonly field?: string | undefined
  /** The response headers, with lower-case names. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** What the server sent instead of an answer: its error body, or the beginning of what could not be read. */
  readonly body?: string | undefined
  /** What the model wrote, where that is at fault. */
  readonly raw?: string | undefined
  /** Where it is not what was asked for. */
  readonly issues?: readonly SchemaIssue[] | undefined
  readonly cause?: unknown
}

const detailNames = [
  'code',
  'message',
  'provider',
  'model',
  'status',
  'requestId',
  'retryable',
  'retryAfterMs',
  'attempts',
  'deadline',
  'field',
  'headers',
  'body',
  'raw',
  'issues',
  'cause',
] as const satisfies readonly (keyof ErrorDetails)[]

/** What an error is made of, and nothing else that it may hold. */
export function detailsOf(error: ErrorDetails): ErrorDetails {
  const details = Object.fromEntries(detailNames.map((name) => [name, error[name]]))
  return details as typeof details & ErrorDetails
}

const brand = Symbol.for('interlingua.error')

/**
 * Every failure of a call is one of these. `code` tells the kinds apart; `cause` keeps the original error. An API key is
 * never part of it.
 */
export class InterlinguaError extends Error {
  override readonly name = 'InterlinguaError'
  declare readonly code: ErrorCode
  declare readonly provider?: string
  declare readonly model?: string
  declare readonly status?: number
  declare readonly requestId?: string
  declare readonly retryable: boolean
  declare readonly retryAfterMs?: number
  declare readonly attempts?: number
  declare readonly deadline?: Deadline
  declare readonly field?: string
  declare readonly headers?: Readonly<Record<string, string>>
  declare readonly body?: string
  declare readonly raw?: string
  declare readonly issues?: readonly SchemaIssue[]
  /** What had arrived of a stream when it failed, with the usage known by then. */
  declare partial: BaseCallResponse | undefined
  /** What the run had come to of which this ended a step; see `call.run`. */
  declare run: RunSoFar | undefined

  constructor({ message, cause, headers, ...details }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause })
    Object.assign(this, { retryable: false }, withoutUndefined(details))
    Object.defineProperty(this, brand, { value: true })
    // Not enumerable, so that printing an error prints neither all headers nor a whole conversation.
    Object.defineProperty(this, 'headers', { value: headers })
    Object.defineProperty(this, 'partial', { value: undefined, writable: true })
    Object.defineProperty(this, 'run', { value: undefined, writable: true })
  }

  /**
   * A plain object for logs: with what matters of the partial response, and with the message of the cause in place of the
   * cause. A conversation does not belong into a log.
   */
  toJSON(): Record<string, unknown> {
    const { message, partial, cause } = this
    const { id, content, usage } = partial ?? {}
    const arrived = partial && withoutUndefined({ id, content, usage })
    return withoutUndefined({
      ...Object.fromEntries(Object.entries(this)),
      message,
      partial: arrived,
      cause: plainCause(cause),
    })
  }
}

/** A cause of any kind as JSON can hold it: it must not keep the rest from being logged. */
function plainCause(cause: unknown): unknown {
  if (cause instanceof Error) return `${cause.name}: ${cause.message}`
  return ['string', 'number', 'boolean', 'undefined'].includes(typeof cause)
    ? cause
    : Object.prototype.toString.call(cause)
}

/** Tells an Interlingua error from any other value, also where two copies of this package are installed. */
export function isInterlinguaError(value: unknown): value is InterlinguaError {
  return value instanceof Error && brand in value
}
