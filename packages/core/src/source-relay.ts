import type { CallOrigin } from './call-record.ts'
import type { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { type ErrorDetails, type InterlinguaError, isInterlinguaError } from './error.ts'
import type { Spending } from './failed-attempt.ts'
import { Fold } from './fold.ts'
import { thrownBy } from './hook-failure.ts'
import type { JsonOutputReader } from './output-json-reader.ts'
import type { OutputReader } from './output-reader.ts'
import type { BaseCallResponse } from './response.ts'
import { Stopwatch } from './stopwatch.ts'
import type { StreamEnding } from './stream-ending.ts'
import type { StreamSource } from './stream-source.ts'
import type { ToolCall } from './tool.ts'
import type { ProviderTypes } from './types.ts'

/**
 * What the stream of a wrapped model runs on: it stands for the source that is current, and changes what it has to. A
 * source that was opened is told once how it ended.
 */
export class SourceRelay implements StreamSource {
  #current: StreamSource
  #isOpen = false
  #fold: Fold | undefined
  #stopwatch: Stopwatch | undefined

  constructor(first: StreamSource) {
    this.#current = first
  }

  get provider(): string {
    return this.#current.provider
  }

  get model(): string {
    return this.#current.model
  }

  get config(): ProviderTypes['Config'] {
    return this.#current.config
  }

  get params(): ProviderTypes['Params'] {
    return this.#current.params
  }

  get messages(): readonly ProviderTypes['Message'][] {
    return this.#current.messages
  }

  get origin(): CallOrigin | undefined {
    return this.#current.origin
  }

  get endsAtFinish(): boolean {
    return this.#current.endsAtFinish
  }

  open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<ProviderTypes['Chunk']>> {
    this.#isOpen = true
    return this.#current.open(cancellation, stopwatch)
  }

  createResponse(fold: Fold, stopwatch: Stopwatch): BaseCallResponse {
    this.#fold = fold
    this.#stopwatch = stopwatch
    return this.#current.createResponse(fold, stopwatch)
  }

  spending(fold: Fold): Spending {
    return this.#current.spending?.(fold) ?? { usage: fold.usage, cost: undefined }
  }

  createTool(call: ToolCall, delta?: string): ProviderTypes['Tool'] {
    return this.#current.createTool(call, delta)
  }

  createError(details: ErrorDetails): InterlinguaError {
    return this.#current.createError(details)
  }

  createOutputReader(Reader: typeof JsonOutputReader): OutputReader | undefined {
    return this.#current.createOutputReader?.(Reader)
  }

  async complete(response: BaseCallResponse, signal: AbortSignal): Promise<BaseCallResponse> {
    return (await this.#current.complete?.(response, signal)) ?? response
  }

  async recover(
    error: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<ChunkReader<ProviderTypes['Chunk']> | undefined> {
    return await this.#current.recover?.(error, cancellation, stopwatch)
  }

  /** What the source within makes of a failure: a reader that goes on, or else the error that is left. */
  protected async recoverWithin(
    failure: InterlinguaError,
    cancellation: Cancellation,
    stopwatch: Stopwatch,
  ): Promise<{ readonly reader?: ChunkReader<ProviderTypes['Chunk']> | undefined; readonly error: InterlinguaError }> {
    try {
      const reader = await this.#current.recover?.(failure, cancellation, stopwatch)
      return { reader, error: failure }
    } catch (thrown) {
      const replacement = thrownBy(thrown)
      if (!isInterlinguaError(replacement)) throw thrown
      return { error: replacement }
    }
  }

  async settle(ending: StreamEnding): Promise<StreamEnding> {
    if (!this.#isOpen) return ending
    this.#isOpen = false
    return (await this.#current.settle?.(ending)) ?? ending
  }

  /** The response of the current source alone, as far as it has come. */
  protected own(): BaseCallResponse {
    return this.#current.createResponse(this.#fold ?? new Fold(), this.#stopwatch ?? new Stopwatch())
  }

  /** Tells the current source of every ending, although it is not open yet. */
  protected begin(): void {
    this.#isOpen = true
  }

  /** Stands for another source from now on. */
  protected replaceBy(source: StreamSource): void {
    this.#current = source
    this.#isOpen = false
  }
}
