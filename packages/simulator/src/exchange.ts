import type { BodySource } from './body.ts'

/** A request as a transport received it. */
export interface Incoming {
  readonly method: string
  /** The path with the query. */
  readonly path: string
  /** The name of the host that was called, which tells vendors apart where the path does not. */
  readonly host: string
  readonly headers: Headers
  readonly text: string
  /** Aborts when the client goes away before it has its headers. */
  readonly signal: AbortSignal
}

/** What a transport sends back. `undefined` in its place means: send nothing, the client is gone. */
export interface Outgoing {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: BodySource
}

/** What a transport does in place of answering: it sends the bytes, if any, and breaks the connection. */
export interface BrokenAnswer {
  readonly breaks: 'close' | 'reset'
  readonly bytes: string | Uint8Array
}

/** Answers one request; shared by the server and the in-process fetch. */
export type Respond = (request: Incoming) => Promise<Outgoing | BrokenAnswer | undefined>
