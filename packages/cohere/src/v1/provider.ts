import { createModel, type Model } from '@interlingua/core/adapter'
import type { CohereOptions, Connection } from '../connection.ts'
import { type CohereEndpoints, createEndpoints } from '../endpoints.ts'
import type { CohereModelId } from '../model-id.ts'
import { outputSupport } from '../output.ts'
import { CohereTool } from '../tool.ts'
import { CohereV1CallResponse } from './response.ts'
import { CohereV1Stream } from './stream.ts'
import type { CohereV1Types } from './types.ts'

/** How to reach Cohere's v1 chat. */
export interface CohereV1Options extends CohereOptions {
  readonly api: 'v1'
}

/** Makes models of Cohere's that are asked through its v1 chat. The other endpoints are its methods. */
export interface CohereV1Provider extends CohereEndpoints {
  (model: CohereModelId): Model<CohereV1Types>
}

/** Makes a provider of Cohere's v1 chat over a connection. */
export function createCohereV1(connection: Connection): CohereV1Provider {
  const model = (id: CohereModelId): Model<CohereV1Types> =>
    createModel<CohereV1Types>(
      {
        ...connection,
        framing: 'lines',
        endsAtFinish: true,
        outputSupport,
        encode: async (request) => {
          const { chat } = await import('./chat.ts')
          return {
            ...(await chat(request)),
            url: connection.url('/v1/chat'),
            // A stream comes as lines of JSON, unless a header `Accepts` asks for events.
            headers: connection.headers(request.stream ? '*/*' : undefined),
            authorization: connection.authorization,
          }
        },
        billableUnits: (usage) => usage.billed,
        createResponse: (fields) => new CohereV1CallResponse(fields),
        createStream: (source) => new CohereV1Stream(source),
        createTool: (call, delta) => new CohereTool(call, delta),
      },
      id,
    )
  return Object.assign(model, createEndpoints(connection))
}
