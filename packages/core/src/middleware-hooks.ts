import type { InterlinguaError } from './error.ts'
import type { PromptContent } from './prompt.ts'
import type { Timings } from './timings.ts'
import type { CallOptions, ProviderTypes } from './types.ts'

/** A call on its way to a model. */
export interface MiddlewareRequest<T extends ProviderTypes = ProviderTypes> {
  readonly provider: string
  readonly model: string
  readonly messages: readonly T['Message'][]
  readonly options: CallOptions<T>
  /** Whether the answer is asked for as a stream. */
  readonly streamed: boolean
  /** Whether the request is only explained, and not sent: see `model.explain`. */
  readonly explained: boolean
}

/** What a request hook makes of a request: another one, or its answer. What is left out stays as it is. */
export type RequestChange<T extends ProviderTypes = ProviderTypes> =
  | { readonly prompt?: PromptContent<T>; readonly options?: CallOptions<T> }
  | { readonly response: T['Response'] }

/** How a call ended. */
export interface CallEnd<T extends ProviderTypes = ProviderTypes> {
  /**
   * `aborted` where the caller stopped it: by `break`, `cancel()` or a signal; `explained` where nothing was to be sent: see
   * `model.explain`.
   */
  readonly outcome: 'completed' | 'failed' | 'aborted' | 'explained'
  readonly response?: T['Response']
  readonly error?: unknown
  /** What had arrived of a stream that did not complete. */
  readonly partial?: T['Response']
  readonly timings: Timings
}

type Maybe<Value> = Value | undefined | void | PromiseLike<Value | undefined | void>

/**
 * What is to happen around the calls of a model. Every hook may be async; what one throws, the caller gets as it is. A hook
 * that gives nothing back changes nothing.
 */
export interface MiddlewareHooks<T extends ProviderTypes = ProviderTypes> {
  /** Before a request is sent, or explained. */
  request?(request: MiddlewareRequest<T>): Maybe<RequestChange<T>>
  /** For each chunk of a stream, in order, before anybody sees it. */
  chunk?(chunk: T['Chunk'], request: MiddlewareRequest<T>): Maybe<T['Chunk']>
  /** For each whole response, streamed or not. */
  response?(response: T['Response'], request: MiddlewareRequest<T>): Maybe<T['Response']>
  /** For each failure but a stop by the caller: another error to throw, or a response instead. */
  error?(
    error: InterlinguaError,
    request: MiddlewareRequest<T>,
  ): Maybe<{ readonly error: unknown } | { readonly response: T['Response'] }>
  /** Exactly once for each call, however it ended, before the caller learns of it. */
  finish?(end: CallEnd<T>, request: MiddlewareRequest<T>): Maybe<never>
}
