import type { CallOrigin } from './call-record.ts'
import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import type { ErrorDetails, InterlinguaError } from './error.ts'
import type { Spending } from './failed-attempt.ts'
import type { Fold } from './fold.ts'
import type { JsonOutputReader } from './output-json-reader.ts'
import type { OutputReader } from './output-reader.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { StreamEnding } from './stream-ending.ts'
import type { ToolCall } from './tool.ts'
import type { ProviderTypes } from './types.ts'

/** What a stream runs on: how to begin, and what to make of what it has folded. */
export interface StreamSource<T extends ProviderTypes = ProviderTypes> {
  readonly provider: string
  readonly model: string
  readonly config: T['Config']
  readonly params: T['Params']
  /** The conversation that is sent; empty until it is known. */
  readonly messages: readonly T['Message'][]
  /** Where the conversation comes from, as far as that is known. */
  readonly origin?: CallOrigin<T> | undefined
  /** Whether the chunk that brings the finish reason is the last one that matters. */
  readonly endsAtFinish: boolean
  /** Sends the request. Called once, by the first pull. */
  open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<T['Chunk']>>
  createResponse(fold: Fold, stopwatch: Stopwatch): T['Response']
  /** Told when a stream is stopped that was never opened, or whose opening is under way. */
  abandon?(): void
  /** What has been consumed so far. Default: the usage that was reported, without its cost. */
  spending?(fold: Fold): Spending
  createTool(call: ToolCall, delta?: string): T['Tool']
  /** Completes an error with the provider, the model and the request. */
  createError(details: ErrorDetails): InterlinguaError
  /**
   * Asked when the stream fails other than by its caller: where to take a new answer from, or nothing. What it throws
   * becomes the failure instead.
   */
  recover?(
    error: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<ChunkReader<T['Chunk']> | undefined>
  /** Told once how a stream that was begun has ended, before its caller is. May end it otherwise. */
  settle?(ending: StreamEnding<T>): Promise<StreamEnding<T>>
  /** Finds the answer's value for `partials()`, by what it is given for that. Default: the JSON in its text. */
  createOutputReader?(Reader: typeof JsonOutputReader): OutputReader | undefined
  /**
   * Makes of the folded response what `response()` gives, where that takes more than folding. Called once, after the end of
   * the stream; `signal` tells that nobody wants it any more.
   */
  complete?(response: T['Response'], signal: AbortSignal): Promise<T['Response']>
}
