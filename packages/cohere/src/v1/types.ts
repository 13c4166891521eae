import type { ProviderTypes } from '@interlingua/core'
import type { CohereConfig } from '../config.ts'
import type { CohereMessage } from '../message.ts'
import type { CohereTool } from '../tool.ts'
import type { CohereV1CallResponse } from './response.ts'
import type { CohereV1CallResponseChunk } from './chunk.ts'
import type { CohereV1FinishReason } from './finish-reason.ts'
import type { CohereV1Params } from './params.ts'

/** The types of Cohere's v1 chat. */
export interface CohereV1Types extends ProviderTypes {
  Response: CohereV1CallResponse
  Chunk: CohereV1CallResponseChunk
  Message: CohereMessage
  Tool: CohereTool
  Config: CohereConfig
  Params: CohereV1Params
  FinishReason: CohereV1FinishReason
}
