import { Cancellation } from './cancellation.ts'
import { sameEvent } from './chunk.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { type Delta, isToken } from './delta.ts'
import { isInterlinguaError } from './error.ts'
import { Fold } from './fold.ts'
import { HookFailure, thrownBy } from './hook-failure.ts'
import type { StepSource } from './iteration.ts'
import type { Step } from './step.ts'
import { Stopwatch } from './stopwatch.ts'
import { type StreamEnding, unreadable } from './stream-ending.ts'
import type { StreamSource } from './stream-source.ts'
import { readingOf } from './tool-call-reading.ts'
import type { ProviderTypes } from './types.ts'

/** Something that was thrown; it may be `undefined`. */
interface Thrown {
  readonly error: unknown
}

/**
 * What runs a stream: takes chunks from the source, folds each once, and ends once.
 *
 * It flows until its last chunk or an obstacle. The source may know a way past an obstacle (`recover`), and is told of the
 * ending before the caller is (`settle`). Only a stop ends it at once: then the source is told afterwards, and whoever waits
 * for the end waits for that too.
 */
export class Pipeline<T extends ProviderTypes> implements StepSource<Step<T['Chunk'], T['Tool']>> {
  /** Whether tool calls are shown while they grow. */
  partialTools: boolean | undefined
  readonly fold: Fold = new Fold()
  readonly #source: StreamSource<T>
  #stopwatch: Stopwatch | undefined
  #cancellation: Cancellation | undefined
  #reader: ChunkReader<T['Chunk']> | undefined
  #reading: Promise<void> | undefined
  /** Further steps of the chunk that was folded last. */
  #pending: Step<T['Chunk'], T['Tool']>[] = []
  /** What stands in the way until the source has been asked whether it can go on. */
  #obstacle: Thrown | undefined
  /** How it ended; `undefined` while it goes on. */
  #ending: { readonly failure?: Thrown } | undefined
  /** Whether the source was told of the ending. */
  #isTold = false
  /** The telling of a stop. It brings what a function of the caller threw. */
  #telling: Promise<Thrown | undefined> | undefined
  /** The response where it is not just what was folded. */
  #response: T['Response'] | undefined
  #completing: Promise<T['Response']> | undefined
  #completion: AbortController | undefined

  constructor(source: StreamSource<T>) {
    this.#source = source
  }

  /** What measures the call; `undefined` until it is begun. */
  get stopwatch(): Stopwatch | undefined {
    return this.#stopwatch
  }

  /** The response where it is more than what has been folded, as when it is complete. */
  get response(): T['Response'] | undefined {
    return this.#response
  }

  /** The response as far as it has come. */
  get partial(): T['Response'] {
    return this.#response ?? this.#source.createResponse(this.fold, this.#stopwatch ?? new Stopwatch())
  }

  hasEnded(): boolean {
    return this.#ending !== undefined && this.#telling === undefined
  }

  failure(): Thrown | undefined {
    return this.#ending?.failure
  }

  /** Folds the next chunk that has arrived. */
  take(): Step<T['Chunk'], T['Tool']> | undefined {
    if (this.#pending.length > 0) return this.#pending.shift()
    if (this.#ending || this.#obstacle || this.#atEnd) return undefined
    try {
      const chunk = this.#reader?.take()
      return chunk && this.#add(chunk)
    } catch (error) {
      this.#stumble(error)
      return undefined
    }
  }

  /** Waits for the network once, for all who wait at the same time. */
  more(): Promise<unknown> {
    return this.#telling ?? (this.#reading ??= this.#read())
  }

  async stop(): Promise<void> {
    // Where nothing is missing any more, this is no stop.
    if (this.#atEnd && !this.#ending) await this.more()
    this.cancel()
    const thrown = await this.#telling
    if (thrown) throw thrown.error
  }

  /** Stops what is under way. */
  cancel(reason?: unknown): void {
    this.#completion?.abort(reason)
    if (this.#ending) return
    const message = 'the stream was stopped before it was complete. What had arrived is in `partial`.'
    this.fail(this.#source.createError({ code: 'aborted', message, cause: reason }))
  }

  /** Ends with an error, at once. `response` is what there was, where that is not what has been folded. */
  fail(error: unknown, response?: T['Response']): void {
    if (this.#ending) return
    const failure = this.#errorOf(error)
    this.#end({ failure: { error: failure } })
    if (this.#reader) this.#reader.cancel(failure)
    else this.#source.abandon?.()
    this.#cancellation?.abort(failure)
    if (isInterlinguaError(failure)) failure.partial ??= this.partial
    if (this.#stopwatch && !this.#isTold && this.#source.settle) this.#telling = this.#tellStop(failure)
    if (response) this.#response = response
  }

  /** The response after a proper end, the same object each time. */
  complete(): Promise<T['Response']> {
    return (this.#completing ??= this.#complete())
  }

  async #complete(): Promise<T['Response']> {
    this.#response = this.partial
    if (!this.#source.complete) return this.#response
    this.#completion = new AbortController()
    return (this.#response = await this.#source.complete(this.#response, this.#completion.signal))
  }

  /** Folds a chunk. One that completed several tool calls makes a step for each. */
  #add(chunk: T['Chunk']): Step<T['Chunk'], T['Tool']> {
    let tools: T['Tool'][] | undefined
    for (const delta of chunk.deltas) {
      const completed = this.fold.add(delta)
      const tool = completed ? this.#source.createTool(completed) : this.#growing(delta)
      if (tool) tools = [...(tools ?? []), tool]
    }
    if (this.#stopwatch?.awaitsFirstToken && chunk.deltas.some(isToken)) this.#stopwatch.markFirstToken()
    if (this.fold.failure) this.#stumble(this.#source.createError(this.fold.failure))
    else if (this.#atEnd && !this.#source.settle) this.#finish()
    if (tools === undefined) return [chunk, undefined]
    const [first, ...others] = tools
    this.#pending = others.map((tool) => [sameEvent(chunk), tool])
    return [chunk, first]
  }

  /** The tool call that a delta adds to, where it is to be seen. */
  #growing(delta: Delta): T['Tool'] | undefined {
    if (!this.partialTools || (delta.type !== 'tool-call-start' && delta.type !== 'tool-call-delta')) return undefined
    return this.#source.createTool(this.fold.toolCall(delta.index), 'text' in delta ? delta.text : '')
  }

  /** Whether the last chunk that matters has been folded. */
  get #atEnd(): boolean {
    return this.#source.endsAtFinish && this.fold.finished
  }

  async #read(): Promise<void> {
    try {
      if (this.#obstacle) await this.#recover(this.#obstacle.error)
      else if (this.#reader === undefined) await this.#open()
      else if (!this.#atEnd && !this.#reader.ended) await this.#reader.read()
      else if (this.fold.finished) await this.#conclude()
      else {
        const message = 'the stream was cut short: it ended without a finish reason. What had arrived is in `partial`.'
        // Awaited, since the end of a reading must not come before the reading is noted.
        await Promise.reject(this.#source.createError({ code: 'truncated', message, retryable: true }))
      }
    } catch (error) {
      this.#stumble(error)
    } finally {
      this.#reading = undefined
    }
  }

  async #open(): Promise<void> {
    const { signal } = this.#source.config
    this.#stopwatch = new Stopwatch()
    this.#cancellation = new Cancellation(signal, () => this.cancel(signal?.reason))
    const reader = await this.#source.open(this.#cancellation, this.#stopwatch)
    // What is sent may have been changed at the last moment.
    const { tools, partialTools } = this.#source.config
    this.partialTools ??= partialTools
    if (tools?.length || this.partialTools) {
      this.fold.configure(await readingOf({ tools, partialTools: this.partialTools }))
    }
    this.#readFrom(reader)
  }

  #readFrom(reader: ChunkReader<T['Chunk']>): void {
    this.#reader = reader
    // It may have been stopped while the reader was on its way.
    if (this.#ending) reader.cancel(this.failure()?.error)
  }

  /** Fails, or lets the source have its say first. */
  #stumble(error: unknown): void {
    if (this.#source.recover || this.#source.settle) this.#obstacle = { error }
    else this.fail(error)
  }

  /** Goes on with what the source has instead, or fails. */
  async #recover(obstacle: unknown): Promise<void> {
    let error = this.#errorOf(obstacle)
    this.#reader?.cancel(error)
    try {
      if (isInterlinguaError(error) && this.#cancellation && this.#stopwatch) {
        error.partial ??= this.partial
        const reader = await this.#source.recover?.(error, this.#cancellation, this.#stopwatch)
        if (reader) {
          this.fold.reset()
          this.#obstacle = undefined
          this.#readFrom(reader)
          return
        }
      }
    } catch (thrown) {
      error = this.#errorOf(thrown)
    }
    await this.#conclude({ error })
  }

  /** Ends as the source wants it. */
  async #conclude(failure?: Thrown): Promise<void> {
    if (this.#ending) return
    this.#stopwatch?.markEnd()
    const ending = failure ? { ...failure, partial: this.partial } : { response: this.partial }
    try {
      const settled = await this.#tell(ending)
      if ('error' in settled) this.fail(new HookFailure(settled.error))
      else if (!this.#ending) {
        this.#response = settled.response
        this.#finish()
      }
    } catch (error) {
      this.fail(error)
    }
  }

  /** Tells the source of a stop. */
  async #tellStop(error: unknown): Promise<Thrown | undefined> {
    try {
      await this.#tell({ error, partial: this.partial })
      return undefined
    } catch (thrown) {
      const failure = { error: thrownBy(thrown) }
      this.#ending = { failure }
      return failure
    } finally {
      this.#telling = undefined
    }
  }

  async #tell(ending: StreamEnding<T>): Promise<StreamEnding<T>> {
    this.#isTold = true
    return (await this.#source.settle?.(ending)) ?? ending
  }

  #finish(): void {
    this.#end({})
    this.#reader?.release()
  }

  #end(ending: { readonly failure?: Thrown }): void {
    this.#ending = ending
    this.#stopwatch?.markEnd()
    this.#cancellation?.release()
  }

  /** What the caller is told. What a function of theirs threw stays as it is. */
  #errorOf(error: unknown): unknown {
    if (error instanceof HookFailure) return error.error
    return this.#source.createError(isInterlinguaError(error) ? error : unreadable(error))
  }
}
