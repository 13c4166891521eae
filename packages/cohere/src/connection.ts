import {
  bearerAuthorization,
  InterlinguaError,
  type Price,
  readReliability,
  type ReliabilityOptions,
  type Service,
} from '@interlingua/core/adapter'
import { type CohereSdkClient, readClient } from './client.ts'
import { coherePrices } from './price.ts'

/** How to reach Cohere. */
export interface CohereOptions extends ReliabilityOptions {
  /**
   * The API key. Default: the environment variable `CO_API_KEY`, else `COHERE_API_KEY`, read when a request is sent. An
   * empty text sends none, for private deployments that want none.
   */
  readonly apiKey?: string | undefined
  /** Where the API is, without `/v2`. Default: `https://api.cohere.com`. */
  readonly baseURL?: string | undefined
  /** HTTP headers for every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /**
   * A client of Cohere's own SDK to send through, with its key, its headers, its base URL and its `fetch`. It takes the
   * place of `apiKey` and `fetch`, and needs neither. Answers are read here as without it.
   *
   * ```ts
   * const cohere = createCohere({ client: new CohereClientV2({ token: 'a key' }) })
   * ```
   */
  readonly client?: CohereSdkClient | undefined
  /** Prices by model id, which come before the built-in ones. */
  readonly prices?: Readonly<Record<string, Price>> | undefined
}

/** Cohere's server, as every endpoint uses it. */
export interface Connection extends Service {
  /** The address of an endpoint, for example of `/v2/chat`. */
  url(path: string): string
  /** The headers of a request, but for the key. */
  headers(accept?: string): Readonly<Record<string, string>>
  /** The header with the key. Throws an error of code `authentication` where there is none. */
  readonly authorization: () => Readonly<Record<string, string>>
  /** The price list of a model; `undefined` where it is not known. */
  price(model: string): Price | undefined
}

const defaultBaseURL = 'https://api.cohere.com'

/** Reads the options once, for all endpoints. */
export function connect(options: CohereOptions): Connection {
  const { fetch, client } = options
  const { base, authorization, secrets } = client ? throughClient(client, options) : directly(options)
  const prices = new Map(Object.entries({ ...coherePrices, ...options.prices }))
  const named = { provider: 'cohere', displayName: 'Cohere' }
  return {
    ...named,
    fetch: client ? lateFetchThrough(client) : fetch,
    reliability: readReliability(options, named),
    ...(secrets && { secrets }),
    url: (path) => `${base}${path}`,
    headers: (accept = 'application/json') => ({
      'content-type': 'application/json',
      accept,
      ...options.headers,
    }),
    authorization,
    price: (model) => prices.get(model),
    decodeHeaders: (received) => {
      const warning = received.get('x-api-warning')
      return {
        requestId: received.get('x-debug-trace-id') ?? undefined,
        warnings: warning === null ? [] : [{ code: 'provider', message: warning }],
      }
    },
    decodeFailure: async (failure) => (await import('./error.ts')).decodeFailure(failure),
  }
}

/** What paths are put behind, and the headers that say who calls. */
interface Access {
  readonly base: string
  readonly authorization: () => Readonly<Record<string, string>>
  readonly secrets?: () => readonly string[]
}

const name = { 'x-client-name': 'interlingua' }

function directly({ apiKey, baseURL = defaultBaseURL }: CohereOptions): Access {
  const variables = ['CO_API_KEY', 'COHERE_API_KEY']
  return {
    base: trimmed(baseURL),
    authorization: () => ({
      ...name,
      ...bearerAuthorization({ apiKey, variables, option: 'createCohere({ apiKey })' }),
    }),
  }
}

function throughClient(client: CohereSdkClient, { apiKey, fetch, baseURL }: CohereOptions): Access {
  if (apiKey !== undefined || fetch !== undefined) {
    const message = 'Cohere: `client` takes the place of `apiKey` and `fetch`. Give those to the client.'
    throw new InterlinguaError({ code: 'invalid_request', message, provider: 'cohere', field: 'client' })
  }
  const { base = defaultBaseURL, named, secrets } = readClient(client)
  return {
    base: trimmed(baseURL ?? base),
    authorization: () => (named ? {} : name),
    secrets,
  }
}

function lateFetchThrough(client: CohereSdkClient): typeof globalThis.fetch {
  return async (input, init) => (await import('./client-fetch.ts')).fetchThrough(client)(input, init)
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '')
}
