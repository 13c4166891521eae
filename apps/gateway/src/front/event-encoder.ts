import type { BaseCallResponse, Delta } from '@interlingua/core'
import type { Failure } from '../failure.ts'

/**
 * Writes the events of a stream in a protocol, as text. What a provider sent in that protocol is passed; everything else is
 * translated, delta by delta.
 */
export interface EventEncoder {
  /** The events that deltas become; `''` for none. */
  encode(deltas: readonly Delta[]): string
  /** The events that complete a translated answer. */
  end(response: BaseCallResponse): string
  /** An event of the same protocol, as it came; `''` where the caller is not to see it. */
  pass(event: object): string
  /** What stands behind the last event that was passed. */
  endPassed(): string
  /** The events that tell of a failure in the middle. `wasPassed`: the provider's own telling of it has been passed. */
  fail(failure: Failure, wasPassed: boolean): string
}
