import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { SimulatorOptions } from '@interlingua/simulator'
import type { RunRequest, ServerState } from '../protocol.ts'
import { guardHeaders, refusalOf } from './guard.ts'
import { Keys } from './keys.ts'
import type { Connections } from './lane-model.ts'
import { pageFile } from './page-files.ts'
import { providers } from './providers.ts'
import { RecordStream } from './record-stream.ts'
import { run } from './run.ts'
import { RunCassettes } from './run-cassettes.ts'

/** Options of {@link startPlayground}. */
export interface PlaygroundOptions {
  /** Default 4141; 0 for any free port. */
  readonly port?: number
  /** Where keys are. Default: the environment of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** What the simulators are given beside pace and faults. */
  readonly simulator?: SimulatorOptions
  /** What reaches the providers. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch
  /** Where the built page is. */
  readonly page?: string
}

/** A playground that runs. */
export interface Playground extends AsyncDisposable {
  readonly url: string
  close(): Promise<void>
}

const largestBody = 32 * 1024 * 1024

/** Starts the server. It listens on 127.0.0.1, which other machines cannot reach. */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const { environment = process.env, simulator = {}, fetch = globalThis.fetch } = options
  const { page = join(import.meta.dirname, '..', '..', 'dist') } = options
  const keys = new Keys(environment)
  const handler = new Handler({ keys, simulator, fetch }, new RunCassettes(keys.all(providers)), page)
  const server = createServer((request, response) => void handler.answer(request, response))
  const port = await listen(server, options.port ?? 4141)
  handler.port = port
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await handler.close()
  }
  return { url: `http://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close }
}

class Handler {
  port = 0
  readonly #connections: Connections
  readonly #cassettes: RunCassettes
  readonly #page: string
  readonly #running = new Set<Promise<void>>()

  constructor(connections: Connections, cassettes: RunCassettes, page: string) {
    this.#connections = connections
    this.#cassettes = cassettes
    this.#page = page
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(guardHeaders)) response.setHeader(name, value)
    try {
      const refusal = refusalOf(request, this.port)
      if (refusal !== undefined) return send(response, 403, refusal)
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
      if (pathname === '/api/runs' && request.method === 'POST') return await this.#run(request, response)
      if (request.method !== 'GET') return send(response, 405, 'There is nothing like that here.')
      if (pathname === '/api/state') return sendJson(response, JSON.stringify(this.#state()))
      if (pathname === '/api/cassette') return await this.#cassette(searchParams.get('runs') ?? '', response)
      await this.#file(pathname, response)
    } catch (error) {
      if (response.headersSent) response.destroy()
      else send(response, 500, `The playground failed: ${String(error)}`)
    }
  }

  /** Ends when the runs have, whose connections are closed already. */
  async close(): Promise<void> {
    await Promise.all(this.#running)
    await this.#cassettes.close()
  }

  #state(): ServerState {
    return {
      providers: providers.map((provider) => {
        const { id, name, models, variables } = provider
        // What is undefined is not in the JSON.
        const keyFrom = this.#connections.keys.variableOf(provider)
        return { id, name, models, variables, keyFrom }
      }),
    }
  }

  async #run(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await readJson(request)
    if (!isRunRequest(asked)) return send(response, 400, 'This is no request for a run.')
    const stop = new AbortController()
    // The page stops a run by leaving.
    response.on('close', () => stop.abort())
    response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' })
    response.flushHeaders()
    const records = new RecordStream(response)
    const context = { connections: this.#connections, cassettes: this.#cassettes }
    const running = run(asked, context, records, stop.signal)
    this.#running.add(running)
    await running.finally(() => this.#running.delete(running))
    records.flush()
    response.end()
  }

  async #cassette(runs: string, response: ServerResponse): Promise<void> {
    const cassette = await this.#cassettes.cassetteOf(runs.split(',').filter(Boolean))
    if (cassette === undefined) return send(response, 404, 'There is no recording of this run any more.')
    response.setHeader('content-disposition', 'attachment; filename="playground.cassette.json"')
    sendJson(response, cassette)
  }

  async #file(path: string, response: ServerResponse): Promise<void> {
    const file = await pageFile(this.#page, path)
    if (!file) return send(response, 404, 'There is nothing like that here.')
    // Names of assets change with what is in them.
    const caching = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
    response.writeHead(200, { 'content-type': file.type, 'cache-control': caching }).end(file.body)
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > largestBody) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return undefined
  }
}

/** The page sends these. What is inside of the parts is core's to check, and becomes a typed error. */
function isRunRequest(value: unknown): value is RunRequest {
  if (typeof value !== 'object' || value === null) return false
  const { provider, model, answering, messages, ...parts } = value as Record<string, unknown>
  const objects = ['options', 'extra', 'pace', 'fault', 'fallback'].map((name) => parts[name])
  return (
    typeof provider === 'string' &&
    typeof model === 'string' &&
    (answering === 'provider' || answering === 'simulator') &&
    Array.isArray(messages) &&
    objects.every((part) => typeof part === 'object' && part !== null)
  )
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

function sendJson(response: ServerResponse, json: string): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(json)
}
