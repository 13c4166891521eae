import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { playBytes } from './bytes.ts'
import { keyOf } from './difference.ts'
import type { Exchange, RecordedRequest, RecordedResponse } from './exchange.ts'
import { readCassette, writeCassette } from './file.ts'
import { CassetteMissError, explainMiss, missResponse } from './miss.ts'
import { type CassetteMode, modeOfEnvironment } from './mode.ts'
import { play, type Speed } from './player.ts'
import { record, type Recording } from './recorder.ts'
import { readRequest, scrubRequest, type SentRequest } from './request.ts'
import { scrubbed, Secrets } from './secrets.ts'
import type { Listening, ListenOptions } from './serve.ts'

/** How a cassette is used. */
export interface CassetteOptions {
  /** Default: the environment variable `CASSETTE`, else `replay`. */
  readonly mode?: CassetteMode
  /** How fast recordings are replayed. Default: `instant`. */
  readonly speed?: Speed
  /** Whether an exchange may be replayed more than once. Default: each is replayed once, in their order. */
  readonly repeat?: boolean
  /** What reaches the network. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch
  /** Secrets to keep out of the file, beside those that are found. */
  readonly secrets?: readonly string[]
  /**
   * Changes requests before they are compared, recorded ones and new ones alike: for what differs from run to run, as the
   * port of a local server. Method, address and body are compared, and headers are not.
   */
  readonly normalize?: (request: RecordedRequest) => RecordedRequest
}

/** Recorded exchanges behind a `fetch`. */
export interface Cassette {
  /** Give it to whatever takes a `fetch`. */
  readonly fetch: typeof globalThis.fetch
  readonly mode: CassetteMode
  /** Requests that had no recording, each with the nearest one and the differences. */
  readonly misses: readonly string[]
  /**
   * Serves it over HTTP, for clients that take an address and no `fetch`, in whatever language. Needs Node.
   *
   * ```ts
   * await using server = await cassette.listen({ upstream: 'https://api.cohere.com' })
   * const client = new CohereClientV2({ environment: server.url, token })
   * ```
   */
  listen(options: ListenOptions): Promise<Listening>
  /**
   * Writes what was recorded.
   *
   * @throws {CassetteMissError} where a request had no recording, also where the error that it caused was caught.
   */
  close(): Promise<void>
  /** The same as `close`: `await using cassette = await openCassette(…)`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Opens a cassette: a file of recorded exchanges, which is made where it is missing.
 *
 * ```ts
 * const cassette = await openCassette('cassettes/recommend.json')
 * const cohere = createCohere({ fetch: cassette.fetch })
 * const response = await cohere('command-a-03-2025').call('Recommend a fantasy book')
 * await cassette.close()
 * ```
 */
export async function openCassette(path: string, options: CassetteOptions = {}): Promise<Cassette> {
  const { mode = modeOfEnvironment() } = options
  const deck = new Deck(path, mode, options, mode === 'off' ? [] : await readCassette(path))
  const close = (): Promise<void> => deck.close()
  return {
    mode,
    misses: deck.misses,
    fetch: (input, init) => deck.answer(input, init),
    listen: async (where) => (await import('./serve.ts')).serve((input, init) => deck.answer(input, init), where),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** How long `close` waits for bodies that are being read. */
const longestWaitMs = 200

/** An exchange that was made now, and one of the file that it is like. */
interface NewExchange {
  readonly request: RecordedRequest
  readonly recording: Recording
}

class Deck {
  readonly misses: string[] = []
  readonly #path: string
  readonly #mode: CassetteMode
  readonly #options: CassetteOptions
  readonly #secrets: Secrets
  readonly #recorded: readonly Exchange[]
  readonly #byKey = new Map<string, Exchange[]>()
  readonly #played = new Set<Exchange>()
  /** In the order in which the requests were made. */
  readonly #new: (NewExchange | undefined)[] = []
  readonly #missed: RecordedRequest[] = []

  constructor(path: string, mode: CassetteMode, options: CassetteOptions, recorded: readonly Exchange[]) {
    this.#path = path
    this.#mode = mode
    this.#options = options
    this.#secrets = new Secrets(options.secrets)
    this.#recorded = recorded
    for (const exchange of recorded) {
      const key = this.#keyOf(exchange.request)
      this.#byKey.set(key, [...(this.#byKey.get(key) ?? []), exchange])
    }
  }

  async answer(input: string | URL | Request, init: RequestInit | undefined): Promise<Response> {
    const { fetch = globalThis.fetch, speed = 'instant' } = this.#options
    if (this.#mode === 'off') return fetch(input, init)
    const sent = await readRequest(input, init, this.#secrets)
    if (this.#mode === 'record') return this.#record(sent, fetch)
    const exchange = this.#find(sent.recorded)
    if (exchange) {
      this.#played.add(exchange)
      return play(exchange.response, { url: exchange.request.url, speed, signal: sent.signal })
    }
    return this.#mode === 'record-missing' ? this.#record(sent, fetch) : this.#miss(sent.recorded)
  }

  async close(): Promise<void> {
    // Some clients read the last bytes in the background.
    const idle = Promise.all(this.#new.flatMap((exchange) => exchange?.recording.idle() ?? []))
    await Promise.race([idle, sleep(longestWaitMs, undefined, { ref: false })])
    if (this.#new.length > 0) await writeCassette(this.#path, this.#exchanges())
    if (this.misses.length > 0) throw new CassetteMissError(this.misses.join('\n\n'), this.#missed)
  }

  #find(request: RecordedRequest): Exchange | undefined {
    const key = this.#keyOf(request)
    const matching = this.#byKey.get(key) ?? this.#scrubbedLike(key)
    return (
      matching.find((exchange) => !this.#played.has(exchange)) ?? (this.#options.repeat ? matching.at(-1) : undefined)
    )
  }

  /** Recordings that are the same but for a secret, which the one who asks now may not know to be one. */
  #scrubbedLike(key: string): readonly Exchange[] {
    const alike = [...this.#byKey].find(([recorded]) => recorded.includes(scrubbed) && likeness(recorded).test(key))
    return alike?.[1] ?? []
  }

  #keyOf(request: RecordedRequest): string {
    return keyOf(this.#normalize(request))
  }

  #normalize(request: RecordedRequest): RecordedRequest {
    return this.#options.normalize?.(request) ?? request
  }

  async #record(sent: SentRequest, fetch: typeof globalThis.fetch): Promise<Response> {
    const place = this.#new.push(undefined) - 1
    const begun = performance.now()
    const recording = record(await sent.send(fetch), begun, this.#secrets)
    this.#new[place] = { request: sent.recorded, recording }
    return recording.response
  }

  #miss(request: RecordedRequest): Response {
    const asCompared = ({ request: recorded, response }: Exchange): Exchange => ({
      request: this.#normalize(recorded),
      response,
    })
    const left = this.#recorded.filter((exchange) => !this.#played.has(exchange)).map(asCompared)
    const message = explainMiss(this.#path, this.#normalize(request), {
      left,
      played: [...this.#played].map(asCompared),
    })
    this.misses.push(message)
    this.#missed.push(request)
    return missResponse(message)
  }

  /** What the file is to hold: what was recorded before and is kept, and what is new. */
  #exchanges(): readonly Exchange[] {
    const all = this.#new.filter((exchange) => exchange !== undefined)
    for (const { recording } of all) recording.learn()
    const made = all.map(({ request, recording }) => ({
      request: scrubRequest(request, this.#secrets),
      response: recording.finish(),
    }))
    if (this.#mode === 'record-missing') return [...this.#recorded, ...made]
    // Where the answer is the one that is on file, it stays as it was, with its times and its ids.
    const kept = new Set<Exchange>()
    return made.map((exchange) => {
      const alike = this.#byKey.get(this.#keyOf(exchange.request)) ?? []
      const old = alike.find((each) => !kept.has(each) && saysTheSame(each.response, exchange.response))
      if (old) kept.add(old)
      return old ?? exchange
    })
  }
}

function likeness(key: string): RegExp {
  const parts = key.split(scrubbed).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${parts.join('.+')}$`, 's')
}

function saysTheSame(one: RecordedResponse, other: RecordedResponse): boolean {
  return one.status === other.status && one.ending === other.ending && isDeepStrictEqual(readsOf(one), readsOf(other))
}

function readsOf({ body }: RecordedResponse): readonly Uint8Array[] | undefined {
  return body?.map((chunk) => playBytes(chunk))
}
