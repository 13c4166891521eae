import { CohereClientV2 } from 'cohere-ai'
import {
  type CohereOptions,
  type CohereProvider,
  type CohereV1Provider,
  createCohere as create,
} from '@interlingua/cohere'
import { createNodeFetch } from '@interlingua/core/node'

/** A way to Cohere: a `createCohere` that takes the same options as the real one. */
export interface Transport {
  readonly transport: 'built-in' | 'node:http' | 'cohere-ai client'
  readonly createCohere: (options?: CohereOptions) => CohereProvider
  readonly createCohereV1: (options?: CohereOptions) => CohereV1Provider
}

const nodeFetch = createNodeFetch()

/** Every way to Cohere: what holds for one must hold for the other, but for the differences listed below. */
export const transports: readonly Transport[] = [
  { transport: 'built-in', ...over((options) => options) },
  { transport: 'node:http', ...over((options) => ({ fetch: nodeFetch, ...options })) },
  { transport: 'cohere-ai client', ...over(throughClient) },
]

/** Where a client of the SDK's cannot be made to do what the built-in transport does, and why. */
export const differences = {
  environment: 'the client looks for its key itself, and knows only the variable CO_API_KEY',
  redirects:
    'the client passes `redirect: "manual"` by, so the platform follows: without the key where the origin changes; the answer is not used',
  status: 'the status of a redirect is gone once it has been followed',
  timer:
    "a client with a `timeoutInSeconds` of its own leaves its timer running where the request fails before the response's headers",
} as const

/** Whether a transport is the one that differs here. */
export function differsIn(_: keyof typeof differences, transport: Transport['transport']): boolean {
  return transport === 'cohere-ai client'
}

function over(settle: (options: CohereOptions) => CohereOptions): Omit<Transport, 'transport'> {
  return {
    createCohere: (options = {}) => create(settle(options)),
    createCohereV1: (options = {}) => create({ ...settle(options), api: 'v1' }),
  }
}

/** The key, the address and the `fetch` are the client's; what else there is stays ours. */
function throughClient({ apiKey, baseURL, fetch, ...rest }: CohereOptions): CohereOptions {
  const client = new CohereClientV2({
    ...(apiKey !== undefined && { token: apiKey }),
    ...(baseURL !== undefined && { environment: baseURL }),
    ...(fetch && { fetch }),
  })
  return { ...rest, client }
}
