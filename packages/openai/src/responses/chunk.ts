import { BaseCallResponseChunk } from '@interlingua/core/adapter'
import type { OpenAIResponsesStreamEvent } from './wire-event.ts'

/** One event of a stream of OpenAI's Responses API. */
export class OpenAIResponsesCallResponseChunk extends BaseCallResponseChunk<OpenAIResponsesStreamEvent> {}
