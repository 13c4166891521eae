import type { ModelRequest } from '@interlingua/core/adapter'
import type { ApiCall } from '../api-call.ts'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import type { PlainMessage } from '../message.ts'
import type { ResponsesDecoder } from './decode.ts'
import { encodeResponses } from './encode.ts'
import { PlainResponse } from './plain-response.ts'
import { OpenAIResponsesCallResponse } from './response.ts'
import { Told } from './told.ts'
import type { OpenAIResponsesTypes } from './types.ts'

/** A call of the Responses API. `turns` are those of one that brings texts and nothing else. */
export async function responsesCall(
  request: ModelRequest<OpenAIResponsesTypes>,
  dialect: OpenAIDialect,
  turns: PlainMessage[] | undefined,
): Promise<ApiCall<OpenAIResponsesTypes, ResponsesDecoder>> {
  const { toolNames, ...encoded } = await encodeResponses(request, dialect, turns)
  const { name: provider } = dialect
  const told = new Told(provider)
  return {
    ...encoded,
    path: '/responses',
    plain: new PlainResponse(told),
    loadWhole: async () => {
      const { ResponsesDecoder: Decoder } = await import('./decode.ts')
      return () => new Decoder({ provider, toolNames }, told)
    },
    takesWhole: toolNames.size > 0,
    createResponse: (fields) => new OpenAIResponsesCallResponse(fields, told.serviceTier),
  }
}
