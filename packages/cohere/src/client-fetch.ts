import { InterlinguaError } from '@interlingua/core/adapter'
import type { CohereSdkClient } from './client.ts'

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
