import { createSimulator, type Simulator, type SimulatorOptions } from '@interlingua/simulator'
import { makeKey } from '../src/caller-key.ts'
import type { Config } from '../src/config/schema.ts'
import { type Gateway, startGateway } from '../src/gateway.ts'

/** A gateway over HTTP, with a simulator behind it, over HTTP as well. */
export interface Started extends AsyncDisposable {
  readonly url: string
  /** A key that may do everything. */
  readonly key: string
  readonly simulator: Simulator
  readonly gateway: Gateway
  /** The lines of the gateway's log. */
  readonly lines: string[]
  /** Sends a request with the key. */
  post(path: string, body: object, init?: RequestInit): Promise<Response>
}

/** The key that the gateway has of its providers. */
export const providerKey = 'upstream-key-that-nobody-sees'

/** Starts both. The configuration is that of the test; `cohere` and `openai` lead to the simulator. */
export async function start(config: Config = {}, options: SimulatorOptions = {}): Promise<Started> {
  const simulator = createSimulator(options)
  const behind = await simulator.listen()
  const { key, hash } = makeKey()
  const lines: string[] = []
  const gateway = await startGateway(
    {
      ...config,
      server: { port: 0, ...config.server },
      providers: {
        cohere: { baseURL: behind.url, retry: false },
        openai: { baseURL: `${behind.url}/v1`, retry: false },
        groq: { baseURL: `${behind.url}/groq/v1`, retry: false },
        ...config.providers,
      },
      keys: [{ name: 'tester', hash }, ...(config.keys ?? [])],
    },
    {
      environment: { CO_API_KEY: providerKey, OPENAI_API_KEY: providerKey, GROQ_API_KEY: providerKey },
      write: (line) => lines.push(line),
    },
  )
  return {
    url: gateway.url,
    key,
    simulator,
    gateway,
    lines,
    post: (path, body, init = {}) =>
      fetch(`${gateway.url}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          ...Object.fromEntries(new Headers(init.headers)),
        },
      }),
    async [Symbol.asyncDispose]() {
      await gateway.close()
      await behind.close()
    },
  }
}
