import OpenAI from 'openai'
import {
  createOpenAI as create,
  type OpenAIOptions,
  type OpenAIProvider,
  type OpenAIResponsesProvider,
} from '@interlingua/openai'
import { createNodeFetch } from '@interlingua/core/node'

/** A way to a server: a `createOpenAI` that takes the same options as the real one. */
interface Transport {
  readonly transport: 'built-in' | 'node:http' | 'openai client'
  readonly createOpenAI: (options: OpenAIOptions) => OpenAIProvider
  readonly createResponses: (options: OpenAIOptions) => OpenAIResponsesProvider
}

const nodeFetch = createNodeFetch()

/** Every way to a server: what holds for one must hold for the other. */
export const transports: readonly Transport[] = [
  { transport: 'built-in', ...over((options) => options) },
  { transport: 'node:http', ...over((options) => ({ fetch: nodeFetch, ...options })) },
  { transport: 'openai client', ...over(throughClient) },
]

function over(settle: (options: OpenAIOptions) => OpenAIOptions): Omit<Transport, 'transport'> {
  return {
    createOpenAI: (options) => create({ ...settle(options), api: 'chat' }),
    createResponses: (options) => create({ ...settle(options), api: 'responses' }),
  }
}

/** The key, the address and the `fetch` are the client's; what else there is stays ours. */
function throughClient({ apiKey = 'key', baseURL, fetch, ...rest }: OpenAIOptions): OpenAIOptions {
  const client = new OpenAI({ apiKey, ...(baseURL !== undefined && { baseURL }), ...(fetch && { fetch }) })
  return { ...rest, client }
}
