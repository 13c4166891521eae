import { BodySource } from './body.ts'
import type { CohereOptions } from './cohere/routes.ts'
import { CohereService } from './cohere/service.ts'
import type { BrokenAnswer, Incoming, Outgoing } from './exchange.ts'
import { engineName } from './engine.ts'
import { simulatedFetch } from './fetch.ts'
import { reframed } from './framing.ts'
import { addressOf } from './openai/address.ts'
import { OpenAIService, type OpenAIOptions } from './openai/service.ts'
import { systemClock, type Clock, type Pace } from './pace.ts'
import { openRecord, type RequestRecord } from './request-record.ts'
import type { Call, Reply } from './route.ts'
import { requestsPath, requestsReply } from './request-log.ts'
import { ScriptChooser } from './script-chooser.ts'
import type { Script, ScriptFunction } from './script.ts'
import type { Listening, ListenOptions } from './server.ts'

/** Options of {@link createSimulator}; all of them may be left out. */
export interface SimulatorOptions {
  /** How fast it answers; default as fast as possible. */
  readonly pace?: Pace
  /** What it does differently for some requests; the first script that matches is used. */
  readonly scripts?: readonly Script[]
  /** Chooses a script by code; asked before `scripts`. */
  readonly script?: ScriptFunction
  /**
   * Refuses requests that no script is for, with 400, and says which script was nearest and what of it did not fit;
   * default false.
   */
  readonly strict?: boolean
  /** How many requests are kept in `requests`, the oldest being dropped; default 1000. */
  readonly keepRequests?: number
  /** Called when a request has come in. */
  readonly onRequest?: (request: RequestRecord) => void
  /** Chooses among its own answers, for requests that have no `seed`; the same seed gives the same answers. Default 0. */
  readonly seed?: number
  /** Where time comes from; default the machine's clock. */
  readonly clock?: Clock
  /** What only Cohere's service has. */
  readonly cohere?: CohereOptions
  /** What only OpenAI's service has, and those that speak its protocols. */
  readonly openai?: OpenAIOptions
}

/** A simulated vendor: the same answers through `fetch` and over a socket. */
export interface Simulator {
  /** The in-process client: hand it over wherever a `fetch` is accepted. The host of the URL does not matter. */
  readonly fetch: typeof globalThis.fetch
  /** Starts a server, by default on a free port of 127.0.0.1. It may be called more than once. Needs Node. */
  listen(options?: ListenOptions): Promise<Listening>
  /** The requests so far, oldest first. */
  readonly requests: readonly RequestRecord[]
  /** What was said of the requests that no script was for; only a strict simulator has any. */
  readonly unscripted: readonly string[]
  /** Forgets the requests, and how often scripts were used. */
  clear(): void
}

/**
 * A simulator of the APIs of Cohere and OpenAI, and of servers that speak as OpenAI does. It answers from the request
 * itself and a catalogue of books: no key, no network, no language model.
 *
 * ```ts
 * const simulator = createSimulator()
 * await using server = await simulator.listen()
 * await fetch(`${server.url}/v2/chat`, { method: 'POST', headers: { authorization: 'Bearer any' }, body })
 * await simulator.fetch('https://api.openai.com/v1/responses', { method: 'POST', …}) // the same without a socket
 * ```
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { pace = {}, scripts = [], keepRequests = 1000, clock = systemClock } = options
  const chooser = new ScriptChooser(scripts, options.script)
  const cohere = new CohereService(options.cohere ?? {}, clock)
  const openai = new OpenAIService(options.openai ?? {}, clock)
  const requests: RequestRecord[] = []
  const unscripted: string[] = []
  let count = 0

  function routed(incoming: Incoming, call: Call): Reply {
    const { method } = incoming
    const path = incoming.path.replace(/\?.*$/s, '')
    const address = addressOf(incoming, options.openai ?? {})
    if (address) return openai.answer({ method, path: address.path, written: path }, call, address.dialect)
    return cohere.answer({ method, path: path.replace(/^\/cohere(?=\/)/, '') }, call)
  }

  function clear(): void {
    requests.length = 0
    unscripted.length = 0
    chooser.reset()
  }

  function scriptFor(request: RequestRecord): Script {
    const script = chooser.choose(request)
    if (script || !options.strict)
      return options.seed === undefined ? (script ?? {}) : { seed: options.seed, ...script }
    const message = chooser.explain(request)
    unscripted.push(message)
    return { error: { status: 400, message, code: 'unscripted_request' } }
  }

  function own(incoming: Incoming): Outgoing {
    const reply = requestsReply(incoming.method, requests, clear)
    // A request for the records is not among them.
    const writer = openRecord({ ...incoming, index: -1, body: undefined })
    const body = new BodySource(reply, {}, { pace: {}, clock, writer })
    return { status: reply.status, headers: { ...commonHeaders, ...reply.headers }, body }
  }

  async function respond(incoming: Incoming): Promise<Outgoing | BrokenAnswer | undefined> {
    if (incoming.path === requestsPath && incoming.method !== 'OPTIONS') return own(incoming)
    const index = count++
    const parsed = parseJson(incoming.text)
    const writer = openRecord({
      ...incoming,
      index,
      body: parsed.syntaxError === undefined ? parsed.json : incoming.text || undefined,
    })
    requests.push(writer.record)
    if (requests.length > keepRequests) requests.shift()
    options.onRequest?.(writer.record)

    const preflight = incoming.method === 'OPTIONS'
    const script = preflight ? {} : scriptFor(writer.record)
    const query = new URLSearchParams(incoming.path.replace(/^[^?]*/s, ''))
    const call = { index, headers: incoming.headers, parameter: '', query, text: incoming.text, ...parsed, script }
    const reply = preflight ? preflightReply(incoming.headers) : routed(incoming, call)
    const { framing, headersAfterMs = 0, breakBeforeHeaders, rawResponse } = script
    const frames = framing && reply.streamed ? reframed(reply.frames, framing) : reply.frames
    const body = new BodySource({ ...reply, frames }, script, { pace, clock, writer })
    body.cancelWith(incoming.signal)
    if (headersAfterMs > 0) await clock.sleep(headersAfterMs, incoming.signal)
    if (script.stallBeforeHeaders) await body.stalled()
    else await body.ready()
    if (writer.record.ended) return undefined
    if (breakBeforeHeaders !== undefined || rawResponse !== undefined) {
      body.complete()
      return { breaks: breakBeforeHeaders ?? 'close', bytes: rawResponse ?? '' }
    }
    writer.setStatus(reply.status)
    const headers = { ...commonHeaders, ...reply.headers, ...script.headers }
    return { status: reply.status, headers, body }
  }

  return {
    fetch: simulatedFetch(respond),
    // Loaded on demand, so that the in-process fetch runs where there is no node:http.
    listen: async (listenOptions) => (await import('./server.ts')).listen(respond, listenOptions),
    requests,
    unscripted,
    clear,
  }
}

// Browsers may call it; `server` says what this is.
const commonHeaders = {
  server: 'interlingua-simulator',
  'x-simulator-engine': `${engineName} (no language model)`,
  'access-control-allow-origin': '*',
}

function parseJson(text: string): { json: unknown; syntaxError: string | undefined } {
  try {
    return { json: JSON.parse(text), syntaxError: undefined }
  } catch (error) {
    return { json: undefined, syntaxError: error instanceof Error ? error.message : String(error) }
  }
}

function preflightReply(headers: Headers): Reply {
  const asked = headers.get('access-control-request-headers')
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
      'access-control-allow-headers': asked ?? 'authorization, content-type',
      'access-control-max-age': '86400',
    },
    streamed: false,
    frames: [],
  }
}
