import type { ErrorCode } from '@interlingua/core'
import { withoutUndefined } from '@interlingua/core'

/** What a refusal says beside its message. */
export interface RefusalDetails {
  /** The HTTP status. */
  readonly status: number
  readonly code: ErrorCode
  /** The field of the request that is at fault, by the caller's name for it. */
  readonly param?: string | undefined
  /** When it may be tried again, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined
}

/** A request that the gateway itself refuses: nothing was sent to a provider. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  declare readonly status: number
  declare readonly code: ErrorCode
  declare readonly param?: string
  declare readonly retryAfterMs?: number

  constructor(message: string, details: RefusalDetails) {
    super(message)
    Object.assign(this, withoutUndefined(details))
  }
}

/** A request that is no request of this protocol. */
export function badRequest(message: string, param?: string): Refusal {
  return new Refusal(message, { status: 400, code: 'invalid_request', param })
}
