import { type Adapter, bearerAuthorization, createModel, type Model, type Price } from '@interlingua/core'
import { CohereCallResponse } from './response.ts'
import type { CohereModelId } from './model-id.ts'
import { coherePrices } from './price.ts'
import { CohereStream } from './stream.ts'
import { CohereTool } from './tool.ts'
import type { CohereTypes } from './types.ts'
import { decodeBody, decodeEvent } from './decode.ts'
import { decodeFailure } from './error.ts'
import { encodeBody } from './encode.ts'

/** How to reach Cohere. */
export interface CohereOptions {
  /**
   * The API key. Default: the environment variable `CO_API_KEY`, else `COHERE_API_KEY`, read when a request is sent. An
   * empty text sends none, for private deployments that want none.
   */
  readonly apiKey?: string
  /** Where the API is, without `/v2`. Default: `https://api.cohere.com`. */
  readonly baseURL?: string
  /** HTTP headers for every request. */
  readonly headers?: Readonly<Record<string, string>>
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch
  /** Prices by model id, which come before the built-in ones. */
  readonly prices?: Readonly<Record<string, Price>>
}

/** Makes models of Cohere's: `cohere('command-a-03-2025')`. */
export interface CohereProvider {
  (model: CohereModelId): Model<CohereTypes>
}

/**
 * Makes a Cohere provider.
 *
 * ```ts
 * const cohere = createCohere({ apiKey: process.env.MY_KEY })
 * const response = await cohere('command-a-03-2025').call('Recommend a fantasy book')
 * ```
 */
export function createCohere(options: CohereOptions = {}): CohereProvider {
  const adapter = createAdapter(options)
  return (model) => createModel(adapter, model)
}

/** Cohere with the key from the environment: `CO_API_KEY`, else `COHERE_API_KEY`. */
export const cohere: CohereProvider = createCohere()

function createAdapter(options: CohereOptions): Adapter<CohereTypes> {
  const { baseURL = 'https://api.cohere.com', headers, fetch } = options
  const prices = new Map(Object.entries({ ...coherePrices, ...options.prices }))
  const url = `${baseURL.replace(/\/+$/, '')}/v2/chat`
  return {
    provider: 'cohere',
    displayName: 'Cohere',
    fetch,
    endsAtFinish: true,
    encode: (request) => ({
      url,
      headers: {
        'content-type': 'application/json',
        accept: request.stream ? 'text/event-stream' : 'application/json',
        'x-client-name': 'interlingua',
        ...bearerAuthorization({
          apiKey: options.apiKey,
          variables: ['CO_API_KEY', 'COHERE_API_KEY'],
          option: 'createCohere({ apiKey })',
        }),
        ...headers,
      },
      body: encodeBody(request),
      warnings: [],
    }),
    decode: decodeEvent,
    decodeBody,
    decodeHeaders: (received) => {
      const warning = received.get('x-api-warning')
      return {
        requestId: received.get('x-debug-trace-id') ?? undefined,
        warnings: warning === null ? [] : [{ code: 'provider', message: warning }],
      }
    },
    decodeFailure,
    billableUnits: (usage) => usage.billed,
    price: (model) => prices.get(model),
    createResponse: (fields) => new CohereCallResponse(fields),
    createStream: (source) => new CohereStream(source),
    createTool: (call) => new CohereTool(call),
  }
}
