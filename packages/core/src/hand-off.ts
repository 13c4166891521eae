import { BaseCallResponseChunk } from './chunk.ts'
import type { InterlinguaError } from './error.ts'

/** Which model of which provider. */
export interface ModelName {
  readonly provider: string
  readonly model: string
}

/** One model failed, and another answers in its place, from the beginning. */
export interface HandOff {
  readonly type: 'hand-off'
  readonly from: ModelName
  readonly to: ModelName
  /** Why. Its `partial` is what had arrived. */
  readonly error: InterlinguaError
}

/**
 * The place in a stream where another model takes over. What came before it is no part of the answer: discard it, as
 * `stream.partial` and `stream.response()` do.
 */
export class HandOffChunk extends BaseCallResponseChunk<HandOff> {
  constructor(handOff: HandOff) {
    super(handOff, [handOff])
  }
}
