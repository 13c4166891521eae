import OpenAI from 'openai'
import { createOpenAI as create, type OpenAIOptions, type OpenAIProvider } from '@interlingua/openai'
import { createNodeFetch } from '@interlingua/core/node'

/** A way to a server: a `createOpenAI` that takes the same options as the real one. */
interface Transport {
  readonly transport: 'built-in' | 'node:http' | 'openai client'
  readonly createOpenAI: (options: OpenAIOptions) => OpenAIProvider
}

const nodeFetch = createNodeFetch()

/** Every way to a server: what holds for one must hold for the other. */
export const transports: readonly Transport[] = [
  { transport: 'built-in', createOpenAI: (options) => create({ ...options, api: 'chat' }) },
  { transport: 'node:http', createOpenAI: (options) => create({ fetch: nodeFetch, ...options, api: 'chat' }) },
  { transport: 'openai client', createOpenAI: (options) => create({ ...throughClient(options), api: 'chat' }) },
]

/** The key, the address and the `fetch` are the client's; what else there is stays ours. */
function throughClient({ apiKey = 'key', baseURL, fetch, ...rest }: OpenAIOptions): OpenAIOptions {
  const client = new OpenAI({ apiKey, ...(baseURL !== undefined && { baseURL }), ...(fetch && { fetch }) })
  return { ...rest, client }
}
