import { createModel, type Model } from '@interlingua/core/adapter'
import type { Connection } from '../connection.ts'
import { outputSupportOf } from '../output.ts'
import { OpenAITool } from '../tool.ts'
import { billableUnits } from '../usage.ts'
import { decodeBody, decodeEvent } from './decode.ts'
import { encodeResponses } from './encode.ts'
import { Reading } from './reading.ts'
import { OpenAIResponsesCallResponse } from './response.ts'
import { OpenAIResponsesStream } from './stream.ts'
import type { OpenAIResponsesTypes } from './types.ts'

/** A model that is asked through the Responses API, of OpenAI or of a server that speaks it too. */
export function createResponsesModel(connection: Connection, id: string): Model<OpenAIResponsesTypes> {
  const { dialect } = connection
  return createModel<OpenAIResponsesTypes>(
    {
      ...connection,
      endsAtFinish: true,
      outputSupport: outputSupportOf(dialect),
      encode: (request) => {
        const { toolNames, ...encoded } = encodeResponses(request, dialect)
        const reading = new Reading({ provider: dialect.name, toolNames })
        return {
          ...encoded,
          url: connection.url('/responses'),
          headers: connection.headers(request.stream ? 'text/event-stream' : undefined),
          authorization: connection.authorization,
          decode: (event) => decodeEvent(event, reading),
          decodeBody: (body) => decodeBody(body, reading),
          createResponse: (fields) => new OpenAIResponsesCallResponse(fields, reading.serviceTier),
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
