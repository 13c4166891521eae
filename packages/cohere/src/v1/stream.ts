import { BaseStream } from '@interlingua/core/adapter'
import type { CohereV1Types } from './types.ts'

/** A Cohere v1 chat while it arrives. */
export class CohereV1Stream extends BaseStream<
  CohereV1Types['Response'],
  CohereV1Types['Chunk'],
  CohereV1Types['Message'],
  CohereV1Types['Tool'],
  CohereV1Types['Config'],
  CohereV1Types['Params'],
  CohereV1Types['FinishReason']
> {}
