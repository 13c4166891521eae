import type { BillableUnits } from './usage.ts'
import type { Price } from './cost.ts'
import type { Delta } from './delta.ts'
import type { EncodedRequest } from './request.ts'
import type { ResponseFields } from './response.ts'
import type { Framing, WireEvent } from './framing.ts'
import type { Service } from './service.ts'
import type { StreamSource } from './stream.ts'
import type { OutputCheck } from './output-check.ts'
import type { OutputSupport } from './output-mode.ts'
import type { ProviderTypes, StreamOf } from './types.ts'
import type { ToolCall } from './tool.ts'
import type { Usage } from './usage.ts'

/** A call in neutral terms, on its way to a provider. */
export interface ModelRequest<T extends ProviderTypes> {
  readonly model: string
  readonly messages: readonly T['Message'][]
  readonly config: T['Config']
  readonly params: T['Params']
  readonly stream: boolean
}

/** A call in a provider's terms: what to send, and how to read what comes back. */
export interface EncodedCall<T extends ProviderTypes> extends EncodedRequest {
  readonly body: object
  /** What the text of a complete answer is to conform to. Where it does not, a warning says so. */
  readonly output?: OutputCheck
  /**
   * One wire event to one chunk; `undefined` for the event that says only that the stream has ended. A promise where what
   * decodes the event is on its way: the same event is given once more when it has come.
   */
  decode(event: WireEvent): T['Chunk'] | undefined | Promise<unknown>
  /**
   * Asked where the body ends without an event that says so, after a finish reason: what was still to come, in words. Where
   * there is something, the stream was cut short. Default: nothing.
   */
  awaited?(): string | undefined
  /** A whole answer to the deltas that a stream of it would have brought. */
  decodeBody(body: Record<string, unknown>): readonly Delta[] | Promise<readonly Delta[]>
  /** Makes the response, where that takes knowing the call; otherwise the adapter does. */
  createResponse?(fields: ResponseFields<T>): T['Response']
}

/**
 * A provider's half of the work: pure translation between neutral terms and its wire format. Core has the one effect,
 * sending; see `createModel`.
 */
export interface Adapter<T extends ProviderTypes> extends Service {
  /** How a stream is cut into events. Default: server-sent events. */
  readonly framing?: Framing
  /** Whether the event that brings the finish reason is the last one that matters. */
  readonly endsAtFinish: boolean
  /** How the provider holds a model to a schema. Default: by a tool. */
  readonly outputSupport?: OutputSupport<T>
  /**
   * Neutral request to wire request. Throws an `InterlinguaError` where that cannot be. Async, so that what few requests need
   * can be loaded by those.
   */
  encode(request: ModelRequest<T>): EncodedCall<T> | PromiseLike<EncodedCall<T>>
  /** What the provider charges for. */
  billableUnits(usage: Usage): BillableUnits | undefined
  /** The price list of a model; `undefined` where it is not known. */
  price(model: string): Price | undefined
  createResponse(fields: ResponseFields<T>): T['Response']
  createStream(source: StreamSource<T>): StreamOf<T>
  createTool(call: ToolCall, delta: string | undefined): T['Tool']
}
