import { BaseStream } from '@interlingua/core/adapter'
import type { OpenAITypes } from './types.ts'

/** A chat completion while it arrives. */
export class OpenAIStream extends BaseStream<
  OpenAITypes['Response'],
  OpenAITypes['Chunk'],
  OpenAITypes['Message'],
  OpenAITypes['Tool'],
  OpenAITypes['Config'],
  OpenAITypes['Params'],
  OpenAITypes['FinishReason']
> {}
