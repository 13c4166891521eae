import { environmentVariable, InterlinguaError, isObject } from '@interlingua/core/adapter'

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
