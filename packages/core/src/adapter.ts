import type { BillableUnits } from './usage.ts'
import type { Price } from './cost.ts'
import type { Delta } from './delta.ts'
import type { ErrorCode } from './error.ts'
import type { ResponseFields } from './response.ts'
import type { ServerSentEvent } from './server-sent-event.ts'
import type { StreamSource } from './stream.ts'
import type { ProviderTypes, StreamOf } from './types.ts'
import type { ToolCall } from './tool.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

/** A call in neutral terms, on its way to a provider. */
export interface ModelRequest<T extends ProviderTypes> {
  readonly model: string
  readonly messages: readonly T['Message'][]
  readonly params: T['Params']
  readonly stream: boolean
}

/** A call in a provider's terms, ready to be sent. */
export interface EncodedRequest {
  readonly url: string
  /** The provider's headers, with the key. */
  readonly headers: Readonly<Record<string, string>>
  /** What becomes the JSON body. */
  readonly body: object
  readonly warnings: readonly Warning[]
}

/** A response with an error status, as it arrived. */
export interface HttpFailure {
  readonly status: number
  readonly headers: Headers
  /** The beginning of the body. */
  readonly body: string
}

/** A provider's reading of an error response. */
export interface DecodedFailure {
  readonly code: ErrorCode
  /** The provider's own words, or the beginning of what it sent. */
  readonly message: string
  /** What to do next, as a sentence. */
  readonly advice?: string
  readonly retryable: boolean
}

/** What response headers say, on success and on failure alike. */
export interface DecodedHeaders {
  readonly requestId: string | undefined
  readonly warnings: readonly Warning[]
}

/**
 * A provider's half of the work: pure translation between neutral terms and its wire format. Core has the one effect,
 * sending; see `createModel`.
 */
export interface Adapter<T extends ProviderTypes> {
  /** The provider's name in code, for example `cohere`. */
  readonly provider: string
  /** The provider's name in sentences, for example `Cohere`. */
  readonly displayName: string
  /** Sends the request; the global `fetch` where this is left out. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Whether the event that brings the finish reason is the last one that matters. */
  readonly endsAtFinish: boolean
  /** Neutral request to wire request. Throws an `InterlinguaError` where that cannot be. */
  encode(request: ModelRequest<T>): EncodedRequest
  /** One wire event to one chunk; `undefined` for the event that says only that the stream has ended. */
  decode(event: ServerSentEvent): T['Chunk'] | undefined
  /** A whole answer to the deltas that a stream of it would have brought. */
  decodeBody(body: unknown): readonly Delta[]
  decodeHeaders(headers: Headers): DecodedHeaders
  decodeFailure(failure: HttpFailure): DecodedFailure
  /** What the provider charges for. */
  billableUnits(usage: Usage): BillableUnits | undefined
  /** The price list of a model; `undefined` where it is not known. */
  price(model: string): Price | undefined
  createResponse(fields: ResponseFields<T>): T['Response']
  createStream(source: StreamSource<T>): StreamOf<T>
  createTool(call: ToolCall): T['Tool']
}
