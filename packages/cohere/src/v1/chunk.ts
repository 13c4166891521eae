import { BaseCallResponseChunk } from '@interlingua/core/adapter'
import type { CohereV1StreamEvent } from './wire.ts'

/** One event of a Cohere v1 chat stream. */
export class CohereV1CallResponseChunk extends BaseCallResponseChunk<CohereV1StreamEvent> {}
