import type { Script } from './script.ts'

/** A piece of a body that is written as a whole, with the number of tokens that it costs in time. */
export interface Frame {
  readonly text: string | Uint8Array
  readonly tokens: number
}

/** What a route answers, before pace, chunking and faults. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** True for a body whose headers go out before it is complete, and whose frames are the events of a stream. */
  readonly streamed: boolean
  /** Read lazily, as the client reads. */
  readonly frames: Iterable<Frame>
}

/** A request as a route sees it. */
export interface Call {
  /** The request's number, so that two equal requests still get two ids. */
  readonly index: number
  readonly headers: Headers
  /** What the URL has for the route's `{…}`; empty where the route has none. */
  readonly parameter: string
  readonly query: URLSearchParams
  /** The request's body. */
  readonly text: string
  /** The parsed body; `undefined` where `syntaxError` says why there is none. */
  readonly json: unknown
  readonly syntaxError: string | undefined
  readonly script: Script
}

/** One endpoint of a vendor. */
export interface Route {
  readonly method: string
  /** Such as `/v2/chat`, or `/v1/models/{model}`. */
  readonly path: string
  answer(call: Call): Reply
}

/** What a path has for the `{…}` of a route's path, `''` where that has none; `undefined` where they do not match. */
export function matchPath(route: string, path: string): string | undefined {
  const [before = '', after] = route.split(/\{\w+\}/)
  if (after === undefined) return path === route ? '' : undefined
  const inside = path.slice(before.length, path.length - after.length)
  const fits = path.startsWith(before) && path.endsWith(after) && inside !== '' && !inside.includes('/')
  return fits ? decoded(inside) : undefined
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
