import { BaseCallResponseChunk } from '@interlingua/core/adapter'
import type { CohereStreamEvent } from './wire.ts'

/** One event of a Cohere chat stream. */
export class CohereCallResponseChunk extends BaseCallResponseChunk<CohereStreamEvent> {}
