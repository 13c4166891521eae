import { createModel, type Model } from '@interlingua/core/adapter'
import { CohereCallResponse } from './response.ts'
import { CohereStream } from './stream.ts'
import { CohereTool } from './tool.ts'
import { outputSupport } from './output.ts'
import type { CohereModelId } from './model-id.ts'
import type { CohereTypes } from './types.ts'
import { type CohereOptions, connect } from './connection.ts'
import { type CohereEndpoints, createEndpoints } from './endpoints.ts'
import { decodeBody, decodeEvent } from './decode.ts'
import { encodeChat } from './encode.ts'
import { createCohereV1, type CohereV1Options, type CohereV1Provider } from './v1/provider.ts'

/** Makes models of Cohere's: `cohere('command-a-03-2025')`. The other endpoints are its methods. */
export interface CohereProvider extends CohereEndpoints {
  (model: CohereModelId): Model<CohereTypes>
}

/** How to reach Cohere's v2 chat, which is the default. */
export interface CohereV2Options extends CohereOptions {
  readonly api?: 'v2'
}

/**
 * Makes a Cohere provider. With `api: 'v1'` its models are asked through Cohere's older chat.
 *
 * ```ts
 * const cohere = createCohere({ apiKey: process.env.MY_KEY })
 * const response = await cohere('command-a-03-2025').call('Recommend a fantasy book')
 * ```
 */
export function createCohere(options: CohereV1Options): CohereV1Provider
export function createCohere(options?: CohereV2Options): CohereProvider
export function createCohere({ api, ...options }: CohereV1Options | CohereV2Options = {}):
  | CohereProvider
  | CohereV1Provider {
  const connection = connect(options)
  if (api === 'v1') return createCohereV1(connection)
  const model = (id: CohereModelId): Model<CohereTypes> =>
    createModel<CohereTypes>(
      {
        ...connection,
        endsAtFinish: true,
        outputSupport,
        encode: async (request) => {
          const { toolNames, ...encoded } = await encodeChat(request)
          return {
            ...encoded,
            url: connection.url('/v2/chat'),
            headers: connection.headers(request.stream ? 'text/event-stream' : undefined),
            authorization: connection.authorization,
            decode: (event) => decodeEvent(event, toolNames),
            decodeBody: (body) => decodeBody(body, toolNames),
          }
        },
        billableUnits: (usage) => usage.billed,
        createResponse: (fields) => new CohereCallResponse(fields),
        createStream: (source) => new CohereStream(source),
        createTool: (call, delta) => new CohereTool(call, delta),
      },
      id,
    )
  return Object.assign(model, createEndpoints(connection))
}

/** Cohere with the key from the environment: `CO_API_KEY`, else `COHERE_API_KEY`. */
export const cohere: CohereProvider = createCohere()
