import { environmentVariable, InterlinguaError, isObject } from '@interlingua/core'

/**
 * What is needed of a client of Cohere's own SDK, `CohereClientV2` or `CohereClient`: its `fetch`, which adds the client's
 * key, headers and base URL to a request and gives back the response as it came.
 *
 * @see https://github.com/cohere-ai/cohere-typescript
 */
export interface CohereSdkClient {
  fetch(
    input: string,
    init?: RequestInit,
    options?: { readonly maxRetries?: number; readonly abortSignal?: AbortSignal },
  ): Promise<Response>
}

/** What is known of a client before it sends anything. */
export interface ClientSettings {
  /** What paths are put behind: `''` where the client completes them itself, `undefined` where it leaves that to us. */
  readonly base: string | undefined
  /** What the client puts into its requests as the key, as far as that is known. */
  readonly secrets: () => readonly string[]
  /** Whether the client tells Cohere a name of its own. */
  readonly named: boolean
}

/** Reads the settings of a client. The SDK keeps them in a private field; where that changes, the defaults hold. */
export function readClient(client: CohereSdkClient): ClientSettings {
  const options: unknown = Reflect.get(client, '_options')
  if (!isObject(options)) return { base: undefined, named: false, secrets: () => keysOf(undefined) }
  if (options['fetcher'] !== undefined) {
    const message =
      'Cohere: this client sends through a `fetcher` (as clients for AWS do), which its `fetch()` passes by. Give `createCohere` a client without one, or `fetch` in place of `client`.'
    throw new InterlinguaError({ code: 'unsupported', message, provider: 'cohere', field: 'client' })
  }
  const base = options['baseUrl'] ?? options['environment'] ?? undefined
  return {
    // A base may also be a function, even an async one: that is called by the client, which then completes the path.
    base: base === undefined || typeof base === 'string' ? base : '',
    named: options['clientName'] !== undefined,
    secrets: () => keysOf(options['token']),
  }
}

/** A function that makes the key is the caller's, and is not called for this. */
function keysOf(token: unknown): readonly string[] {
  const key = token ?? environmentVariable('CO_API_KEY')
  return typeof key === 'string' ? [key.trim()] : []
}

/**
 * A `fetch` that sends through a client. The client does not retry, so that there is one place that does; it is given the
 * signal of the one request, on which it leaves a listener; and its failures become what the same failures are without it.
 */
export function fetchThrough(client: CohereSdkClient): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const { signal, ...rest } = init
    let response: Response
    try {
      response = await client.fetch(addressOf(input), rest, { maxRetries: 0, ...(signal && { abortSignal: signal }) })
    } catch (error) {
      throw failureOf(error)
    }
    // The client passes `redirect` by, so the platform has followed, without the key where it led to another origin.
    if (response.redirected) {
      await response.body?.cancel()
      const message = `the server redirects to ${new URL(response.url).origin}, and the answer from there is not used. Set \`baseURL\`, or the client's, to the final address.`
      throw new InterlinguaError({ code: 'protocol', message })
    }
    return response
  }
}

function addressOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input)
}

function failureOf(error: unknown): unknown {
  // The client aborts with this very text when its own `timeoutInSeconds` is over.
  if (error === 'timeout') {
    const message = 'the client gave up waiting for the response: its `timeoutInSeconds` is over.'
    return new InterlinguaError({ code: 'timeout', message, retryable: true })
  }
  if (!(error instanceof Error)) return error
  if (error.message.startsWith("Please provide 'token'")) {
    const message =
      'the client has no API key. Set the environment variable CO_API_KEY, or give the client one: `new CohereClientV2({ token })`.'
    return new InterlinguaError({ code: 'authentication', message, cause: error })
  }
  // The platform's own error quotes the header, which may be the key: it is not kept.
  if (error instanceof TypeError && error.cause === undefined && /header/i.test(error.message)) {
    const message =
      "the client's API key, or one of its headers, has a line break or another character that HTTP does not allow."
    return new InterlinguaError({ code: 'authentication', message })
  }
  return error
}
