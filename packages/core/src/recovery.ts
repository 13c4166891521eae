import { platformTimeout, unreachable } from './connection-failure.ts'
import { readFailure } from './failed-response.ts'
import { awaitAttempt, reopen } from './next-attempt.ts'
import { notEvents } from './not-events.ts'
import { notAStream } from './response-body.ts'

/** What only a failure needs. */
export interface Recovery {
  readonly awaitAttempt: typeof awaitAttempt
  readonly notAStream: typeof notAStream
  readonly notEvents: typeof notEvents
  readonly platformTimeout: typeof platformTimeout
  readonly readFailure: typeof readFailure
  readonly reopen: typeof reopen
  readonly unreachable: typeof unreachable
}

/** One door to all of it; see `loadRecovery`. */
export const recovery: Recovery = {
  awaitAttempt,
  notAStream,
  notEvents,
  platformTimeout,
  readFailure,
  reopen,
  unreachable,
}
