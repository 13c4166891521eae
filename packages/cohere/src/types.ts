import type { ProviderTypes } from '@interlingua/core'
import type { CohereCallResponse } from './response.ts'
import type { CohereCallResponseChunk } from './chunk.ts'
import type { CohereConfig } from './config.ts'
import type { CohereFinishReason } from './finish-reason.ts'
import type { CohereMessage } from './message.ts'
import type { CohereParams } from './params.ts'
import type { CohereTool } from './tool.ts'

/** The types of Cohere's chat. */
export interface CohereTypes extends ProviderTypes {
  Response: CohereCallResponse
  Chunk: CohereCallResponseChunk
  Message: CohereMessage
  Tool: CohereTool
  Config: CohereConfig
  Params: CohereParams
  FinishReason: CohereFinishReason
}
