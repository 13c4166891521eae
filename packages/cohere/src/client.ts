import { InterlinguaError, isObject } from '@interlingua/core'

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
  /** Whether the client tells Cohere a name of its own. */
  readonly named: boolean
}

/** Reads the settings of a client. The SDK keeps them in a private field; where that changes, the defaults hold. */
export function readClient(client: CohereSdkClient): ClientSettings {
  const options: unknown = Reflect.get(client, '_options')
  if (!isObject(options)) return { base: undefined, named: false }
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
  }
}
