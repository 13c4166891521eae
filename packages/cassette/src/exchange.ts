/** A request as it was sent, without its secrets. */
export interface RecordedRequest {
  readonly method: string
  readonly url: string
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Absent where there was none. */
  readonly body?: RecordedBody
}

/** A body: as JSON where that gives the same bytes back, else as text, else as Base64. */
export type RecordedBody = { readonly json: unknown } | RecordedBytes

/** Bytes that can be read: as text where they are UTF-8, cut into its lines where there are several. */
export type RecordedBytes = { readonly text: string | readonly string[] } | { readonly base64: string }

/** What one read from the network gave. */
export type RecordedChunk = RecordedBytes & {
  /** Milliseconds since the request was sent. */
  readonly afterMs: number
}

/** A response as it arrived, without the secrets of its request. */
export interface RecordedResponse {
  readonly status: number
  /** Absent where the server gave none, as over HTTP/2. */
  readonly statusText?: string
  /** With lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** Milliseconds from the request to the headers. */
  readonly afterMs: number
  /** The body, read by read. `null` where there was no body, not even an empty one. */
  readonly body: readonly RecordedChunk[] | null
  /**
   * - `complete`: the body was read to its end
   * - `stopped`: who read it stopped before the end
   * - `broken`: the connection broke before the end
   */
  readonly ending: 'complete' | 'stopped' | 'broken'
}

/** A request and what came of it. */
export interface Exchange {
  readonly request: RecordedRequest
  readonly response: RecordedResponse
}
