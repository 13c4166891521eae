import type { Agent } from 'node:http'
import type { SecureContextOptions } from 'node:tls'
import { send } from './exchange.ts'
import { followed, type OutgoingRequest, readRequest } from './outgoing-request.ts'
import type { ProxyEnvironment } from './proxy-choice.ts'
import { Routes } from './routes.ts'

/** How requests travel. Without `agent`, connections are kept open for four seconds after their last answer. */
export interface NodeFetchOptions {
  /**
   * Connections at most to one server at the same time; further requests wait. By default there is no limit.
   */
  readonly maxSockets?: number | undefined
  /** Authorities to trust in place of those that Node knows, in PEM. */
  readonly ca?: SecureContextOptions['ca']
  /** The certificate that this client shows, in PEM. */
  readonly cert?: SecureContextOptions['cert']
  /** The private key of `cert`, in PEM. */
  readonly key?: SecureContextOptions['key']
  /** `false` accepts any certificate, and so anyone who pretends to be the server. By default `true`. */
  readonly rejectUnauthorized?: boolean | undefined
  /**
   * A proxy: its address, as `http://user:password@host:port`; or `process.env`, of which `HTTPS_PROXY`, `HTTP_PROXY` and
   * `NO_PROXY` are read, in small letters first. By default there is none, whatever the environment says.
   */
  readonly proxy?: string | URL | ProxyEnvironment | undefined
  /** An agent of your own, for all requests, in place of all other options. */
  readonly agent?: Agent | undefined
}

/**
 * A `fetch` over `node:http` and `node:https`, which takes less time and memory than Node's own. HTTP/1.1 only. A body is text
 * or bytes, and no compressed answers are asked for. Throws a `TypeError` where the options contradict each other.
 *
 * ```ts
 * const cohere = createCohere({ fetch: createNodeFetch({ proxy: process.env }) })
 * ```
 */
export function createNodeFetch(options: NodeFetchOptions = {}): typeof globalThis.fetch {
  const routes = new Routes(options)
  return async (input, init) => {
    let request: OutgoingRequest = await readRequest(input, init)
    // As many as the standard allows: https://fetch.spec.whatwg.org/#http-redirect-fetch.
    for (let redirects = 0; redirects <= 20; redirects++) {
      const response = await send(request, routes, redirects > 0)
      const next = request.redirect === 'manual' ? undefined : followed(request, response)
      if (!next) return response
      void response.body?.cancel()
      if (request.redirect === 'error') throw new TypeError('fetch failed', { cause: new Error('a redirect') })
      request = next
    }
    throw new TypeError('fetch failed', { cause: new Error('more than 20 redirects') })
  }
}
