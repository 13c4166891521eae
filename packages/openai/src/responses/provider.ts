import { createModel, late, type Model } from '@interlingua/core/adapter'
import { encodedCall } from '../api-call.ts'
import { billableUnits } from '../billing.ts'
import type { Connection } from '../connection.ts'
import { plainCall } from '../message.ts'
import { outputSupportOf } from '../output.ts'
import { OpenAITool } from '../tool.ts'
import { OpenAIResponsesCallResponse } from './response.ts'
import { OpenAIResponsesStream } from './stream.ts'
import type { OpenAIResponsesTypes } from './types.ts'

const loadResponsesCall = late(() => import('./responses-call.ts'))

/** A model that is asked through the Responses API, of OpenAI or of a server that speaks it too. */
export function createResponsesModel(connection: Connection, id: string): Model<OpenAIResponsesTypes> {
  return createModel<OpenAIResponsesTypes>(
    {
      ...connection,
      endsAtFinish: true,
      outputSupport: outputSupportOf(connection.known),
      encode: async (request) => {
        const { responsesCall } = await loadResponsesCall()
        return encodedCall(
          request,
          connection,
          await responsesCall(request, await connection.load(), plainCall(request)),
        )
      },
      billableUnits,
      createResponse: (fields) => new OpenAIResponsesCallResponse(fields),
      createStream: (source) => new OpenAIResponsesStream(source),
      createTool: (call, delta) => new OpenAITool(call, delta),
    },
    id,
  )
}
