import { createModel, late, type Model } from '@interlingua/core/adapter'
import { encodedCall } from './api-call.ts'
import { billableUnits } from './billing.ts'
import { type Connection, connect, type OpenAIOptions } from './connection.ts'
import { createEndpoints, type OpenAIEndpoints } from './endpoints.ts'
import { plainCall } from './message.ts'
import type { OpenAIModelId } from './model-id.ts'
import { outputSupportOf } from './output.ts'
import { OpenAICallResponse } from './response.ts'
import { createResponsesModel } from './responses/provider.ts'
import type { OpenAIResponsesTypes } from './responses/types.ts'
import { OpenAIStream } from './stream.ts'
import { OpenAITool } from './tool.ts'
import type { OpenAITypes } from './types.ts'

/** Makes models that are asked through chat completions: `createOpenAI({ api: 'chat' })('gpt-5-mini')`. */
export interface OpenAIProvider extends OpenAIEndpoints {
  (model: OpenAIModelId): Model<OpenAITypes>
}

/** Makes models that are asked through the Responses API: `openai('gpt-5-mini')`. */
export interface OpenAIResponsesProvider extends OpenAIEndpoints {
  (model: OpenAIModelId): Model<OpenAIResponsesTypes>
}

/** What says that another server than OpenAI's may be meant. */
type Elsewhere =
  | { readonly dialect: NonNullable<OpenAIOptions['dialect']> }
  | { readonly baseURL: NonNullable<OpenAIOptions['baseURL']> }

/**
 * Makes a provider of OpenAI's, or of a server that speaks its API. OpenAI is asked through its Responses API, and what a
 * `dialect` or a `baseURL` of your own names through chat completions, which all servers have; `api` says otherwise.
 *
 * ```ts
 * const openai = createOpenAI({ apiKey: process.env.MY_KEY })
 * const response = await openai('gpt-5-mini').call('Recommend a fantasy book')
 * ```
 */
export function createOpenAI(options: OpenAIOptions & { readonly api: 'responses' }): OpenAIResponsesProvider
export function createOpenAI(options: OpenAIOptions & { readonly api: 'chat' }): OpenAIProvider
export function createOpenAI(
  options?: OpenAIOptions & { readonly api?: undefined; readonly dialect?: undefined; readonly baseURL?: undefined },
): OpenAIResponsesProvider
export function createOpenAI(options: OpenAIOptions & { readonly api?: undefined } & Elsewhere): OpenAIProvider
export function createOpenAI(options: OpenAIOptions): OpenAIProvider | OpenAIResponsesProvider
export function createOpenAI(options: OpenAIOptions = {}): OpenAIProvider | OpenAIResponsesProvider {
  const connection = connect(options)
  const { api = options.dialect === undefined && options.baseURL === undefined ? 'responses' : 'chat' } = options
  const endpoints = createEndpoints(connection)
  if (api === 'responses') return Object.assign((id: string) => createResponsesModel(connection, id), endpoints)
  return Object.assign((id: string) => createChatModel(connection, id), endpoints)
}

/** Each API is loaded by the first call that goes through it. */
const loadChatCall = late(() => import('./chat-call.ts'))

/** A model that is asked through chat completions. */
function createChatModel(connection: Connection, id: string): Model<OpenAITypes> {
  return createModel<OpenAITypes>(
    {
      ...connection,
      // The usage comes after the finish reason. `[DONE]`, or the end of the body after the usage, is the end.
      endsAtFinish: false,
      outputSupport: outputSupportOf(connection.known),
      encode: async (request) => {
        const { chatCall } = await loadChatCall()
        return encodedCall(request, connection, await chatCall(request, await connection.load(), plainCall(request)))
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
export const openai: OpenAIResponsesProvider = createOpenAI()
