import type { Agent } from 'node:http'
import { Agent as TlsAgent, type AgentOptions, type RequestOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { proxyAuthorization } from './proxy-choice.ts'
import { requestTo } from './server-request.ts'

/** A request through a tunnel, and what ends the tunnel that is dug for it. */
export interface TunnelOptions extends RequestOptions {
  readonly tunnelSignal: AbortSignal | undefined
}

/**
 * Connections to servers through a proxy, which sees nothing but their addresses.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#CONNECT
 */
export class TunnelAgent extends TlsAgent {
  readonly #proxy: URL
  readonly #agent: Agent

  /** `agent` connects to the proxy itself. */
  constructor(proxy: URL, agent: Agent, options: AgentOptions) {
    super(options)
    this.#proxy = proxy
    this.#agent = agent
  }

  override createConnection(
    options: RequestOptions & Partial<TunnelOptions>,
    connected: (error: Error | null, ...socket: Duplex[]) => void = () => {},
  ): undefined {
    const { host, port, tunnelSignal } = options
    const target = `${host?.includes(':') ? `[${host}]` : host}:${port}`
    const connect = requestTo(this.#proxy, {
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...proxyAuthorization(this.#proxy) },
      agent: this.#agent,
      ...(tunnelSignal && { signal: tunnelSignal }),
    })
    connect.once('error', (error) => connected(error))
    connect.once('connect', ({ statusCode }, socket) => {
      try {
        if (statusCode !== 200) {
          const message = `the proxy ${this.#proxy.origin} answered ${statusCode} to CONNECT ${target}`
          throw Object.assign(new Error(message), { code: 'ERR_PROXY_TUNNEL' })
        }
        const secured = super.createConnection(Object.assign(options, { socket }))
        if (secured) connected(null, secured)
      } catch (error) {
        socket.destroy()
        // Or a certificate that cannot be read.
        connected(error instanceof Error ? error : new Error(String(error)))
      }
    })
    connect.end()
  }
}
