import {
  bearerAuthorization,
  environmentVariable,
  InterlinguaError,
  type Price,
  readReliability,
  type ReliabilityOptions,
  type Service,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { type OpenAISdkClient, transportOf } from './client.ts'
import type { OpenAIDialect } from './dialects/dialect.ts'
import { knownDialect } from './dialects/known.ts'
import type { DialectName } from './dialects/table.ts'

/** How to reach OpenAI, or a server that speaks its API. */
export interface OpenAIOptions extends ReliabilityOptions {
  /**
   * The API that is spoken. Default: `responses`; where a `dialect` or a `baseURL` is given, `chat`, which is chat
   * completions: few servers but OpenAI's have the Responses API.
   */
  readonly api?: 'chat' | 'responses' | undefined
  /**
   * The server that is asked: the name of one that is known, or what sets yours apart from OpenAI's. Default: `openai`.
   *
   * ```ts
   * const groq = createOpenAI({ dialect: 'groq' })
   * const local = createOpenAI({ dialect: 'llamacpp', baseURL: 'http://localhost:8080/v1' })
   * ```
   */
  readonly dialect?: DialectName | OpenAIDialect | undefined
  /**
   * The API key. Default: the environment variable `OPENAI_API_KEY`, or the one of the dialect, read when a request is sent.
   * An empty text sends none.
   */
  readonly apiKey?: string | undefined
  /** Where the API is, with its version. Default: `https://api.openai.com/v1`, or where the dialect's server is. */
  readonly baseURL?: string | undefined
  /** The organization that is charged, sent as `OpenAI-Organization`. Default: the environment variable `OPENAI_ORG_ID`. */
  readonly organization?: string | undefined
  /** The project that is charged, sent as `OpenAI-Project`. Default: the environment variable `OPENAI_PROJECT_ID`. */
  readonly project?: string | undefined
  /** HTTP headers for every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** What to put behind every address, such as Azure's `api-version`. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /**
   * A client of OpenAI's own SDK to send through, `OpenAI` or `AzureOpenAI`, with its key, its headers, its base URL and its
   * `fetch`. It takes the place of `apiKey` and `fetch`, and needs neither. Answers are read here as without it.
   *
   * ```ts
   * const openai = createOpenAI({ client: new OpenAI({ apiKey: 'a key' }) })
   * ```
   */
  readonly client?: OpenAISdkClient | undefined
  /** Prices by model id, which come before the built-in ones. */
  readonly prices?: Readonly<Record<string, Price>> | undefined
}

/** A server, as every endpoint uses it. */
export interface Connection extends Service {
  /** What is known of the server before the first request: its names, and what it makes of schemas. */
  readonly known: OpenAIDialect
  /** What sets the server apart from OpenAI's. It is loaded before a request is made, and what follows takes that. */
  load(): Promise<OpenAIDialect>
  /** The address of an endpoint, for example of `/chat/completions`. */
  url(path: string): string
  /** The headers of a request, but for the key. */
  headers(accept?: string): Readonly<Record<string, string>>
  /** The headers with the key and the account. Throws an error of code `authentication` where there is no key. */
  readonly authorization: () => Readonly<Record<string, string>>
  /** The price list of a model; `undefined` where it is not known. */
  price(model: string): Price | undefined
}

/** Reads the options once, for all endpoints. */
export function connect(options: OpenAIOptions): Connection {
  const { client, query = {}, dialect: asked = 'openai', prices } = options
  const known = knownDialect(asked)
  const { name, displayName } = known
  const named = { provider: name, displayName }
  // A server of which only the address is known need not end as OpenAI's does.
  const isStrangers = options.baseURL !== undefined && options.dialect === undefined && options.api === undefined
  let dialect: OpenAIDialect = isStrangers ? { ...known, endsSilently: true } : known
  const { base, authorization, fetch, secrets } = client
    ? throughClient(client, options, known)
    : directly(options, () => dialect)
  const search = new URLSearchParams(query).toString()
  const priceOf = (model: string): Price | undefined =>
    [prices, dialect.prices].find((list) => list && Object.hasOwn(list, model))?.[model]
  return {
    ...named,
    known,
    load: async () => {
      if (typeof asked === 'string' && asked !== 'openai') {
        dialect = (await import('./dialects/table.ts')).dialects[asked]
      }
      return dialect
    },
    fetch,
    reliability: readReliability(options, named),
    ...(secrets && { secrets }),
    url: (path) => `${base()}${path}${search && `?${search}`}`,
    headers: (accept = 'application/json') => ({
      'content-type': 'application/json',
      accept,
      ...options.headers,
    }),
    authorization,
    // A snapshot, such as gpt-4o-mini-2024-07-18, costs what the model does unless it has a price of its own.
    price: (model) => priceOf(model) ?? priceOf(model.replace(/-\d{4}-\d{2}-\d{2}$/, '')),
    decodeHeaders: (received) => ({
      requestId: received.get(dialect.requestIdHeader ?? 'x-request-id') ?? undefined,
      warnings: [],
    }),
    decodeFailure: async (failure) => (await import('./error.ts')).decodeFailure(failure),
  }
}

/** What paths are put behind, and the headers that say who calls. */
interface Access {
  readonly base: () => string
  readonly authorization: () => Readonly<Record<string, string>>
  readonly fetch: typeof globalThis.fetch | undefined
  readonly secrets?: () => readonly string[]
}

function directly(options: OpenAIOptions, dialect: () => OpenAIDialect): Access {
  const { apiKey, baseURL } = options
  return {
    base: () => trimmed(baseURL ?? dialect().baseURL ?? missingAddress(dialect())),
    fetch: options.fetch,
    authorization: () => {
      const { name, apiKeyVariables: variables = [], apiKeyHeader } = dialect()
      // Servers that need no key have no variable for one, and are sent the one that is given.
      if (apiKey === undefined && variables.length === 0) return {}
      const option = name === 'openai' ? 'createOpenAI({ apiKey })' : `createOpenAI({ dialect: '${name}', apiKey })`
      const { authorization } = bearerAuthorization({ apiKey, variables, option })
      if (authorization === undefined) return {}
      const key = apiKeyHeader ? { [apiKeyHeader]: authorization.slice('Bearer '.length) } : { authorization }
      return { ...key, ...accountOf(options, name) }
    },
  }
}

function accountOf({ organization, project }: OpenAIOptions, name: string): Readonly<Record<string, string>> {
  // What the environment says is meant for OpenAI, and for no other server.
  const variable = (id: string): string | undefined => (name === 'openai' ? environmentVariable(id) : undefined)
  return withoutUndefined({
    'openai-organization': organization ?? variable('OPENAI_ORG_ID'),
    'openai-project': project ?? variable('OPENAI_PROJECT_ID'),
  })
}

function throughClient(client: OpenAISdkClient, options: OpenAIOptions, dialect: OpenAIDialect): Access {
  if (options.apiKey !== undefined || options.fetch !== undefined) {
    const message = `${dialect.displayName}: \`client\` takes the place of \`apiKey\` and \`fetch\`. Give those to the client.`
    throw new InterlinguaError({ code: 'invalid_request', message, provider: dialect.name, field: 'client' })
  }
  return {
    // The client completes the path itself, with its own base URL; Azure's puts the deployment into it.
    base: () => trimmed(options.baseURL ?? ''),
    authorization: () =>
      withoutUndefined({ 'openai-organization': options.organization, 'openai-project': options.project }),
    ...transportOf(client),
  }
}

function missingAddress({ name, displayName }: OpenAIDialect): never {
  const message = `${displayName} has no address of its own: give \`createOpenAI({ dialect: '${name}', baseURL })\`.`
  throw new InterlinguaError({ code: 'invalid_request', message, field: 'baseURL' })
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '')
}
