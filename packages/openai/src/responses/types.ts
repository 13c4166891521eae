import type { ProviderTypes } from '@interlingua/core'
import type { OpenAIConfig } from '../config.ts'
import type { OpenAIMessage } from '../message.ts'
import type { OpenAITool } from '../tool.ts'
import type { OpenAIResponsesCallResponseChunk } from './chunk.ts'
import type { OpenAIResponsesFinishReason } from './finish-reason.ts'
import type { OpenAIResponsesParams } from './params.ts'
import type { OpenAIResponsesCallResponse } from './response.ts'

/** The types of OpenAI's Responses API. */
export interface OpenAIResponsesTypes extends ProviderTypes {
  Response: OpenAIResponsesCallResponse
  Chunk: OpenAIResponsesCallResponseChunk
  Message: OpenAIMessage
  Tool: OpenAITool
  Config: OpenAIConfig
  Params: OpenAIResponsesParams
  FinishReason: OpenAIResponsesFinishReason
}
