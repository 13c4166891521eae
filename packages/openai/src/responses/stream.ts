import { BaseStream } from '@interlingua/core/adapter'
import type { OpenAIResponsesTypes } from './types.ts'

/** An answer of OpenAI's Responses API while it arrives. */
export class OpenAIResponsesStream extends BaseStream<
  OpenAIResponsesTypes['Response'],
  OpenAIResponsesTypes['Chunk'],
  OpenAIResponsesTypes['Message'],
  OpenAIResponsesTypes['Tool'],
  OpenAIResponsesTypes['Config'],
  OpenAIResponsesTypes['Params'],
  OpenAIResponsesTypes['FinishReason']
> {}
