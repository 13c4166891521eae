import { createModel, type Model } from '@interlingua/core'
import { type Connection, connect, type OpenAIOptions } from './connection.ts'
import { ChatDecoder } from './decode.ts'
import { encodeChat } from './encode.ts'
import type { OpenAIModelId } from './model-id.ts'
import { outputSupportOf } from './output.ts'
import { OpenAICallResponse } from './response.ts'
import { OpenAIStream } from './stream.ts'
import { OpenAITool } from './tool.ts'
import type { OpenAITypes } from './types.ts'
import { billableUnits } from './usage.ts'

/** Makes models that are asked through chat completions: `openai('gpt-5-mini')`. */
export interface OpenAIProvider {
  (model: OpenAIModelId): Model<OpenAITypes>
}

/**
 * Makes a provider of OpenAI's, or of a server that speaks its API.
 *
 * ```ts
 * const openai = createOpenAI({ apiKey: process.env.MY_KEY })
 * const response = await openai('gpt-5-mini').call('Recommend a fantasy book')
 * ```
 */
export function createOpenAI(options: OpenAIOptions = {}): OpenAIProvider {
  const connection = connect(options)
  return (id) => createChatModel(connection, id)
}

/** A model that is asked through chat completions. */
function createChatModel(connection: Connection, id: string): Model<OpenAITypes> {
  const { dialect } = connection
  return createModel<OpenAITypes>(
    {
      ...connection,
      // The usage comes after the finish reason. `[DONE]`, or the end of the body, is the end.
      endsAtFinish: false,
      outputSupport: outputSupportOf(dialect),
      encode: (request) => {
        const { toolNames, ...encoded } = encodeChat(request, dialect)
        const { params, config } = request
        const decoder = new ChatDecoder({ dialect, toolNames, tools: config.tools, audioFormat: params.audio?.format })
        return {
          ...encoded,
          url: connection.url('/chat/completions'),
          headers: connection.headers(request.stream ? 'text/event-stream' : undefined),
          decode: (event) => decoder.decodeEvent(event),
          decodeBody: (body) => decoder.decodeBody(body),
          createResponse: (fields) => new OpenAICallResponse(fields, decoder.details),
        }
      },
      billableUnits,
      createResponse: (fields) => new OpenAICallResponse(fields),
      createStream: (source) => new OpenAIStream(source),
      createTool: (call, delta) => new OpenAITool(call, delta),
    },
    id,
  )
}

/** OpenAI with the key from the environment: `OPENAI_API_KEY`. */
export const openai: OpenAIProvider = createOpenAI()
