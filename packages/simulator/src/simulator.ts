import { BodySource } from './body.ts'
import { refusal } from './cohere/errors.ts'
import { cohereRoutes, type CohereOptions } from './cohere/routes.ts'
import type { BrokenAnswer, Incoming, Outgoing } from './exchange.ts'
import { simulatedFetch } from './fetch.ts'
import { traceIdOf } from './fingerprint.ts'
import { reframed } from './framing.ts'
import { systemClock, type Clock, type Pace } from './pace.ts'
import { openRecord, type RequestRecord } from './request-record.ts'
import { matchPath, type Call, type Reply, type Route } from './route.ts'
import { scriptChooser, type Script, type ScriptFunction } from './script.ts'
import { scriptedReply } from './scripted-reply.ts'
import type { Listening, ListenOptions } from './server.ts'

/** Options of {@link createSimulator}; all of them may be left out. */
export interface SimulatorOptions {
  /** How fast it answers; default as fast as possible. */
  readonly pace?: Pace
  /** What it does differently for some requests; the first script that matches is used. */
  readonly scripts?: readonly Script[]
  /** Chooses a script by code; asked before `scripts`. */
  readonly script?: ScriptFunction
  /** How many requests are kept in `requests`, the oldest being dropped; default 1000. */
  readonly keepRequests?: number
  /** Called when a request has come in. */
  readonly onRequest?: (request: RequestRecord) => void
  /** Where time comes from; default the machine's clock. */
  readonly clock?: Clock
  /** What only Cohere's service has. */
  readonly cohere?: CohereOptions
}

/** A simulated vendor: the same answers through `fetch` and over a socket. */
export interface Simulator {
  /** The in-process client: hand it over wherever a `fetch` is accepted. The host of the URL does not matter. */
  readonly fetch: typeof globalThis.fetch
  /** Starts a server, by default on a free port of 127.0.0.1. It may be called more than once. Needs Node. */
  listen(options?: ListenOptions): Promise<Listening>
  /** The requests so far, oldest first. */
  readonly requests: readonly RequestRecord[]
}

/**
 * A simulator of Cohere's API that answers from the request itself and a catalogue of books: no key, no network, no
 * language model.
 *
 * ```ts
 * const simulator = createSimulator()
 * await using server = await simulator.listen()
 * await fetch(`${server.url}/v2/chat`, { method: 'POST', headers: { authorization: 'Bearer any' }, body })
 * await simulator.fetch('https://api.cohere.com/v2/chat', { method: 'POST', …}) // the same without a socket
 * ```
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const { pace = {}, scripts = [], keepRequests = 1000, clock = systemClock } = options
  const chooseScript = scriptChooser(scripts, options.script)
  const routes = cohereRoutes(options.cohere ?? {}, clock)
  const requests: RequestRecord[] = []
  let count = 0

  async function respond(incoming: Incoming): Promise<Outgoing | BrokenAnswer | undefined> {
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
    const script = (preflight ? undefined : chooseScript(writer.record)) ?? {}
    const query = new URLSearchParams(incoming.path.replace(/^[^?]*/s, ''))
    const call = { index, headers: incoming.headers, parameter: '', query, text: incoming.text, ...parsed, script }
    const reply = preflight ? preflightReply(incoming.headers) : (scriptedReply(call) ?? routed(routes, incoming, call))
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
    const trace = { 'x-debug-trace-id': traceIdOf(`trace ${index} ${incoming.text}`) }
    const headers = { ...commonHeaders, ...trace, ...reply.headers, ...script.headers }
    return { status: reply.status, headers, body }
  }

  return {
    fetch: simulatedFetch(respond),
    // Loaded on demand, so that the in-process fetch runs where there is no node:http.
    listen: async (listenOptions) => (await import('./server.ts')).listen(respond, listenOptions),
    requests,
  }
}

// What every recorded answer of Cohere carries, but for the headers of its proxies; `server` says what this is.
const commonHeaders = {
  server: 'interlingua-simulator',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'X-Debug-Trace-ID',
  'cache-control': 'no-cache, no-store, no-transform, must-revalidate, private, max-age=0',
  expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  pragma: 'no-cache',
  vary: 'Origin',
  'x-accel-expires': '0',
}

function parseJson(text: string): { json: unknown; syntaxError: string | undefined } {
  try {
    return { json: JSON.parse(text), syntaxError: undefined }
  } catch (error) {
    return { json: undefined, syntaxError: error instanceof Error ? error.message : String(error) }
  }
}

function routed(routes: readonly Route[], incoming: Incoming, call: Call): Reply {
  const path = incoming.path.replace(/\?.*$/s, '')
  const known = routes.flatMap((route) => {
    const parameter = matchPath(route.path, path)
    return parameter === undefined ? [] : [{ route, parameter }]
  })
  const found = known.find(({ route }) => route.method === incoming.method)
  if (found) return found.route.answer({ ...call, parameter: found.parameter })
  if (known.length === 0) return refusal(call, { status: 404, message: '404 page not found' })
  const allow = known.map(({ route }) => route.method).join(', ')
  return refusal(call, { status: 405, message: 'method not allowed' }, { allow })
}

function preflightReply(headers: Headers): Reply {
  const asked = headers.get('access-control-request-headers')
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': asked ?? 'authorization, content-type',
      'access-control-max-age': '86400',
    },
    streamed: false,
    frames: [],
  }
}
