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
  /** True for a body whose headers go out before it is complete, and whose frames are server-sent events. */
  readonly streamed: boolean
  /** Read lazily, as the client reads. */
  readonly frames: Iterable<Frame>
}

/** A request as a route sees it. */
export interface Call {
  /** The request's number, so that two equal requests still get two ids. */
  readonly index: number
  readonly headers: Headers
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
  readonly path: string
  answer(call: Call): Reply
}
