/** What a client of OpenAI's own SDK sends: a request whose response is taken as it comes. */
interface SentRequest {
  asResponse(): Promise<Response>
}

/** What a client is given beside a path. */
export interface SentOptions {
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly signal?: AbortSignal
}

/**
 * What is needed of a client of OpenAI's own SDK, `OpenAI` or `AzureOpenAI`: it adds its key, its headers and its base URL to
 * a request, and gives back the response as it came.
 *
 * @see https://github.com/openai/openai-node
 */
export interface OpenAISdkClient {
  readonly baseURL: string
  /** The key, where it is known: it is kept out of what is told. */
  readonly apiKey: string | null
  withOptions(options: {
    fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
    maxRetries: number
  }): {
    post(path: string, options?: SentOptions): SentRequest
    get(path: string, options?: SentOptions): SentRequest
  }
}

/** A client, as what sends requests, and the keys that it puts into them. */
export interface ClientTransport {
  readonly fetch: typeof globalThis.fetch
  /** The keys that are known: the client's own, and those that were sent last, where a function makes them. */
  readonly secrets: () => readonly string[]
}

/** Sends through a client, and remembers the keys that it sent, to keep them out of what is told. */
export function transportOf(client: OpenAISdkClient): ClientTransport {
  const sent: string[] = []
  return {
    fetch: async (input, init) => (await import('./client-fetch.ts')).fetchThrough(client, sent)(input, init),
    secrets: () => (typeof client.apiKey === 'string' ? [client.apiKey, ...sent] : sent.slice()),
  }
}
