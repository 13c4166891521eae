import { createModel, type Model } from '@interlingua/core'
import type { Connection } from '../connection.ts'
import { OpenAITool } from '../tool.ts'
import { billableUnits } from '../price.ts'
import { decodeBody, decodeEvent } from './decode.ts'
import { encodeResponses } from './encode.ts'
import { outputSupport } from './output.ts'
import { Reading } from './reading.ts'
import { OpenAIResponsesCallResponse } from './response.ts'
import { OpenAIResponsesStream } from './stream.ts'
import type { OpenAIResponsesTypes } from './types.ts'

/** Makes a model that is asked through the Responses API, of OpenAI or of a server that speaks it too. */
export function createResponsesModel(
  connection: Connection,
  id: string,
  { isOpenAI }: { readonly isOpenAI: boolean },
): Model<OpenAIResponsesTypes> {
  const { provider, displayName } = connection
  return createModel<OpenAIResponsesTypes>(
    {
      ...connection,
      endsAtFinish: true,
      outputSupport,
      encode: (request) => {
        const { toolNames, ...encoded } = encodeResponses(request, { provider, displayName, isOpenAI })
        const reading = new Reading({ provider, toolNames })
        return {
          ...encoded,
          url: connection.url('/responses'),
          headers: connection.headers(request.stream ? 'text/event-stream' : undefined),
          decode: (event) => decodeEvent(event, reading),
          decodeBody: (body) => decodeBody(body, reading),
        }
      },
      billableUnits,
      createResponse: (fields) => new OpenAIResponsesCallResponse(fields),
      createStream: (source) => new OpenAIResponsesStream(source),
      createTool: (call, delta) => new OpenAITool(call, delta),
    },
    id,
  )
}
