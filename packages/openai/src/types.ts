import type { ProviderTypes } from '@interlingua/core'
import type { OpenAICallResponse } from './response.ts'
import type { OpenAICallResponseChunk } from './chunk.ts'
import type { OpenAIConfig } from './config.ts'
import type { OpenAIFinishReason } from './finish-reason.ts'
import type { OpenAIMessage } from './message.ts'
import type { OpenAIParams } from './params.ts'
import type { OpenAITool } from './tool.ts'

/** The types of a chat completion. */
export interface OpenAITypes extends ProviderTypes {
  Response: OpenAICallResponse
  Chunk: OpenAICallResponseChunk
  Message: OpenAIMessage
  Tool: OpenAITool
  Config: OpenAIConfig
  Params: OpenAIParams
  FinishReason: OpenAIFinishReason
}
