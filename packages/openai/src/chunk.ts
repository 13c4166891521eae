import { BaseCallResponseChunk, type Delta } from '@interlingua/core/adapter'
import type { WireChatCompletion } from './wire.ts'

/** What an event adds to one of several answers. */
export interface OpenAIChoiceDeltas {
  /** Which answer it is; the first one is 0, and `chunk.deltas` are about that. */
  readonly index: number
  readonly deltas: readonly Delta[]
}

/** One event of a chat completion's stream. */
export class OpenAICallResponseChunk extends BaseCallResponseChunk<WireChatCompletion> {
  /** What the event adds to the other answers, where several were asked for with `n`. */
  readonly others: readonly OpenAIChoiceDeltas[]

  constructor(event: WireChatCompletion, deltas: readonly Delta[], others: readonly OpenAIChoiceDeltas[]) {
    super(event, deltas)
    this.others = others
  }
}
