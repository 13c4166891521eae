import { Agent, type AgentOptions, type ClientRequest } from 'node:http'
import { Agent as TlsAgent } from 'node:https'
import type { NodeFetchOptions } from './node-fetch.ts'
import type { OutgoingRequest } from './outgoing-request.ts'
import { proxyAuthorization, type ProxyChoice, proxyChoice } from './proxy-choice.ts'
import { requestTo } from './server-request.ts'
import { TunnelAgent, type TunnelOptions } from './tunnel-agent.ts'

/** As with Node's own `fetch`: servers close what was idle for five seconds and more. */
const idleMs = 4_000

/** The connections of one `fetch`, and which of them a request takes. */
export class Routes {
  readonly #custom: Agent | undefined
  readonly #plain: Agent
  readonly #secure: TlsAgent
  readonly #proxyOf: ProxyChoice
  readonly #tunnels = new Map<string, TunnelAgent>()
  readonly #tunnelTo: (proxy: URL) => TunnelAgent

  constructor({ agent, proxy, maxSockets, ...tls }: NodeFetchOptions) {
    if (agent && [proxy, maxSockets, ...Object.values(tls)].some((option) => option !== undefined)) {
      throw new TypeError('an agent of your own replaces all other options: give these to the agent.')
    }
    // Closes connections that nobody uses, and no others.
    const options: AgentOptions = { keepAlive: true, timeout: idleMs, ...(maxSockets !== undefined && { maxSockets }) }
    const tlsOptions = { ...options, ...withoutUndefined(tls) }
    this.#custom = agent
    this.#plain = new Agent(options)
    this.#secure = new TlsAgent(tlsOptions)
    this.#proxyOf = proxyChoice(proxy)
    this.#tunnelTo = (to) => new TunnelAgent(to, this.#agentFor(to), tlsOptions)
  }

  /** Begins a request. Nothing is sent before `end`. */
  open({ url, method, headers, signal }: OutgoingRequest): ClientRequest {
    const path = url.pathname + url.search
    const options = { method, path, headers: Object.fromEntries(headers) }
    if (this.#custom) return requestTo(url, { ...options, agent: this.#custom })
    const proxy = this.#proxyOf(url)
    if (!proxy) return requestTo(url, { ...options, agent: this.#agentFor(url) })
    if (url.protocol === 'https:') {
      // The tunnel is dug for this request, and given up with it.
      const tunnel: TunnelOptions = { ...options, agent: this.#tunnelThrough(proxy), tunnelSignal: signal }
      return requestTo(url, tunnel)
    }
    const asked = { host: url.host, ...options.headers, ...proxyAuthorization(proxy) }
    return requestTo(proxy, { method, path: url.origin + path, headers: asked, agent: this.#agentFor(proxy) })
  }

  #agentFor({ protocol }: URL): Agent {
    return protocol === 'https:' ? this.#secure : this.#plain
  }

  #tunnelThrough(proxy: URL): TunnelAgent {
    const tunnel = this.#tunnels.get(proxy.href) ?? this.#tunnelTo(proxy)
    this.#tunnels.set(proxy.href, tunnel)
    return tunnel
  }
}

function withoutUndefined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
