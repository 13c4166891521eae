import { BaseStream } from '@interlingua/core/adapter'
import type { CohereTypes } from './types.ts'

/** A Cohere chat while it arrives. */
export class CohereStream extends BaseStream<
  CohereTypes['Response'],
  CohereTypes['Chunk'],
  CohereTypes['Message'],
  CohereTypes['Tool'],
  CohereTypes['Config'],
  CohereTypes['Params'],
  CohereTypes['FinishReason']
> {}
