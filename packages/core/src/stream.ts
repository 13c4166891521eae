import type { BaseCallResponse } from './response.ts'
import { type BaseCallResponseChunk, sameEvent } from './chunk.ts'
import type { BaseTool } from './tool.ts'
import type { CallConfig } from './config.ts'
import type { CallParams } from './params.ts'
import { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import { type Delta, isToken } from './delta.ts'
import { type InterlinguaError, isInterlinguaError } from './error.ts'
import type { FinishReason as AnyFinishReason } from './finish-reason.ts'
import { Fold } from './fold.ts'
import type { HandOff } from './hand-off.ts'
import { HookFailure, thrownBy } from './hook-failure.ts'
import { Iteration, none } from './iteration.ts'
import type { Message as AnyMessage } from './message.ts'
import { JsonOutputReader } from './output-json-reader.ts'
import type { PartialOf } from './output-partial.ts'
import { Partials } from './output-partials.ts'
import type { OutputReader, OutputState } from './output-reader.ts'
import type { ProviderTypes, StreamOf, TypesOf } from './types.ts'
import { StreamState } from './stream-state.ts'
import { Stopwatch } from './stopwatch.ts'
import { growingTool } from './growing-tool.ts'
import { unreadable } from './stream-ending.ts'
import type { StreamSource } from './stream-source.ts'

export type { StreamSource } from './stream-source.ts'

type Step<Chunk, Tool> = [chunk: Chunk, tool: Tool | undefined]

/**
 * A model's answer while it arrives. Nothing is sent until it is first read.
 *
 * - Read it once, in whichever view suits: `for await (const [chunk, tool] of stream)`, `text()`, `deltas()` or `partials()`. A
 *   second reading throws an error of code `stream_consumed`.
 * - `response()` gives the whole answer. During or after a reading it waits for the end; alone, it reads the stream.
 * - `break`, `cancel()` and the call's `signal` close the connection at once. `partial` stays readable, and `response()`
 *   then rejects with an error of code `aborted`.
 * - `content`, `usage`, `finishReason` and the rest of what is known can be read at any moment.
 * - A stream ends with a finish reason, or throws one `InterlinguaError` that holds the `partial` response.
 */
export class BaseStream<
  Response extends BaseCallResponse,
  Chunk extends BaseCallResponseChunk,
  Message extends AnyMessage,
  Tool extends BaseTool,
  Config extends CallConfig,
  Params extends CallParams,
  FinishReason extends AnyFinishReason,
>
  extends StreamState<TypesOf<Response, Chunk, Message, Tool, Config, Params, FinishReason>>
  implements AsyncIterable<Step<Chunk, Tool>>
{
  readonly #source: StreamSource<TypesOf<Response, Chunk, Message, Tool, Config, Params, FinishReason>>
  readonly #fold: Fold
  #stopwatch: Stopwatch | undefined
  #cancellation: Cancellation | undefined
  #reader: ChunkReader<Chunk> | undefined
  #reading: Promise<void> | undefined
  #claimed = false
  /** Further steps of the chunk that was folded last. */
  #pending: Step<Chunk, Tool>[] = []
  #iteration: { readonly isOpen: boolean; keep(step: Step<Chunk, Tool>): void; close(): void } | undefined
  #ended = false
  /** What stands in the way until the source has been asked whether it can go on. */
  #obstacle: { readonly error: unknown } | undefined
  #failure: { readonly error: unknown } | undefined
  /** What is under way after a stop: it brings what a function of the caller threw. */
  #settling: Promise<{ readonly error: unknown } | undefined> | undefined
  #concluding = false
  #response: Response | undefined
  #completing: Promise<Response> | undefined
  #completion: AbortController | undefined

  constructor(source: StreamSource<TypesOf<Response, Chunk, Message, Tool, Config, Params, FinishReason>>) {
    const fold = new Fold(source.config)
    super(source, fold)
    this.#source = source
    this.#fold = fold
  }

  /**
   * The same kind of stream on another source, made of the source of a stream that nobody has read. So a wrapper adds what
   * it has to add, and the answer still goes through one pipeline. The stream that was given cannot be read any more.
   */
  static over(
    stream: StreamOf<ProviderTypes>,
    change: (source: StreamSource) => StreamSource,
  ): StreamOf<ProviderTypes> {
    stream.#claim()
    return new (stream.constructor as typeof BaseStream)(change(stream.#source))
  }

  /** The response as far as it has come, at any moment and after any ending. */
  override get partial(): Response {
    return this.#response ?? this.#source.createResponse(this.#fold, this.#stopwatch ?? new Stopwatch())
  }

  protected override get whole(): Response | undefined {
    return this.#response
  }

  protected override get stopwatch(): Stopwatch | undefined {
    return this.#stopwatch
  }

  /** Every event as a chunk, beside the tool call that it completed. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Step<Chunk, Tool>, undefined> {
    return this.#iterate((step) => [step])
  }

  /** The text of the answer, piece by piece as it arrives. */
  text(): AsyncIterable<string> {
    let begun = false
    const select = ([{ content, deltas }]: Step<Chunk, Tool>): readonly string[] => {
      const handOff = begun && deltas.find((delta) => delta.type === 'hand-off')
      // Text cannot be taken back, and a second answer behind half of a first would be a wrong one.
      if (handOff) throw this.#stopAt(handOff)
      begun ||= content !== ''
      return content === '' ? none : [content]
    }
    return { [Symbol.asyncIterator]: () => this.#iterate(select) }
  }

  /** Every neutral change, one by one. */
  deltas(): AsyncIterable<Delta> {
    return { [Symbol.asyncIterator]: () => this.#iterate(([{ deltas }]) => deltas) }
  }

  /**
   * The answer's value while it grows: that of the output schema, else the JSON in the text. Ends like `response()`: it
   * throws where the value is not what was asked for.
   */
  partials(): Partials<PartialOf<Response>> {
    const begin = (): OutputReader => this.#source.createOutputReader?.() ?? new JsonOutputReader()
    let reader = begin()
    const select = ([{ deltas }]: Step<Chunk, Tool>): readonly OutputState[] => {
      // Another model begins anew.
      if (deltas.length === 1 && deltas[0]?.type === 'hand-off') reader = begin()
      const state = reader.read(deltas)
      return state === undefined ? none : [state]
    }
    return new Partials(
      () => reader,
      () => this.#iterate(select),
      () => this.response(),
    )
  }

  /**
   * The whole response, the same object each time. Reads what has not been read yet; an iteration that is open at the
   * same time still sees every chunk.
   */
  async response(): Promise<Response> {
    this.#claimed = true
    while (!this.#ended || this.#settling) {
      const step = this.#pull()
      if (step === undefined) await this.#more()
      // An iteration that is open is to see it all the same.
      else if (this.#iteration?.isOpen) this.#iteration.keep(step)
    }
    if (this.#failure) throw this.#failure.error
    return (this.#completing ??= this.#complete())
  }

  /** Closes the connection at once. What has arrived stays readable in `partial`. No effect on a stream that has ended. */
  cancel(reason?: unknown): void {
    this.#completion?.abort(reason)
    if (this.#ended) return
    const message = 'the stream was stopped before it was complete. What had arrived is in `partial`.'
    this.#fail(this.#source.createError({ code: 'aborted', message, cause: reason }))
  }

  /** `await using stream = …` closes the connection when the block is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel()
  }

  async #complete(): Promise<Response> {
    this.#response = this.partial
    if (!this.#source.complete) return this.#response
    this.#completion = new AbortController()
    return (this.#response = await this.#source.complete(this.#response, this.#completion.signal))
  }

  /** Ends a view that cannot show a hand-off, with the error that led to it. */
  #stopAt({ error }: HandOff): InterlinguaError {
    this.#iteration?.close()
    this.#fail(new HookFailure(error))
    if (error.partial) this.#response = error.partial as Response
    return error
  }

  #claim(): void {
    if (this.#claimed) {
      const message =
        'the stream has been read already. Its answer is in `await stream.response()`; to ask again, make a new stream.'
      throw this.#source.createError({ code: 'stream_consumed', message })
    }
    this.#claimed = true
  }

  #iterate<Value>(select: (step: Step<Chunk, Tool>) => readonly Value[]): AsyncIterableIterator<Value, undefined> {
    this.#claim()
    const iteration = new Iteration<Step<Chunk, Tool>, Value>(
      {
        take: () => this.#pull(),
        hasEnded: () => this.#ended && !this.#settling,
        failure: () => this.#failure,
        more: () => this.#more(),
        stop: () => this.#stop(),
      },
      select,
    )
    this.#iteration = iteration
    return iteration
  }

  async #stop(): Promise<void> {
    // Where nothing is missing any more, this is no stop.
    if (this.#atEnd && !this.#ended) await this.#more()
    this.cancel()
    const thrown = await this.#settling
    if (thrown) throw thrown.error
  }

  /** Folds the next chunk that has arrived. */
  #pull(): Step<Chunk, Tool> | undefined {
    if (this.#pending.length > 0) return this.#pending.shift()
    if (this.#ended || this.#obstacle || this.#atEnd) return undefined
    try {
      const chunk = this.#reader?.take()
      return chunk && this.#add(chunk)
    } catch (error) {
      this.#stumble(error)
      return undefined
    }
  }

  /** Folds a chunk. One that completed several tool calls makes a step for each. */
  #add(chunk: Chunk): Step<Chunk, Tool> {
    let tools: Tool[] | undefined
    for (const delta of chunk.deltas) {
      const completed = this.#fold.add(delta)
      const tool = completed ? this.#source.createTool(completed) : growingTool(delta, this.#fold, this.#source)
      if (tool) tools = [...(tools ?? []), tool]
    }
    if (this.#stopwatch?.awaitsFirstToken && chunk.deltas.some(isToken)) this.#stopwatch.markFirstToken()
    if (this.#fold.failure) this.#stumble(this.#source.createError(this.#fold.failure))
    else if (this.#atEnd && !this.#source.settle) this.#finish()
    if (tools === undefined) return [chunk, undefined]
    const [first, ...others] = tools
    this.#pending = others.map((tool) => [sameEvent(chunk), tool])
    return [chunk, first]
  }

  /** Whether the last chunk that matters has been folded. */
  get #atEnd(): boolean {
    return this.#source.endsAtFinish && this.#fold.finished
  }

  /** Waits for the network once, for all who wait at the same time. */
  #more(): Promise<unknown> {
    // What ends a reading must not come before it is noted, also where there is nothing to wait for.
    const read = (): Promise<void> => this.#read().finally(() => (this.#reading = undefined))
    return this.#settling ?? (this.#reading ??= read())
  }

  async #read(): Promise<void> {
    try {
      if (this.#obstacle) await this.#recover(this.#obstacle.error)
      else if (this.#reader === undefined) await this.#open()
      else if (!this.#atEnd && !this.#reader.ended) await this.#reader.read()
      else if (this.#fold.finished) await this.#conclude()
      else {
        const message = 'the stream was cut short: it ended without a finish reason. What had arrived is in `partial`.'
        this.#stumble(this.#source.createError({ code: 'truncated', message, retryable: true }))
      }
    } catch (error) {
      this.#stumble(error)
    }
  }

  /** Fails, or lets the source have its say first. */
  #stumble(error: unknown): void {
    if (this.#source.recover || this.#source.settle) this.#obstacle = { error }
    else this.#fail(error)
  }

  /** Goes on with what the source has instead, or fails. */
  async #recover(obstacle: unknown): Promise<void> {
    let error = this.#errorOf(obstacle)
    this.#reader?.cancel(error)
    try {
      if (isInterlinguaError(error) && this.#cancellation && this.#stopwatch) {
        error.partial ??= this.partial
        const reader = await this.#source.recover?.(error, this.#cancellation, this.#stopwatch)
        if (reader && this.#ended) reader.cancel(this.#failure?.error)
        if (reader) {
          this.#fold.reset()
          this.#reader = reader
          this.#obstacle = undefined
          return
        }
      }
    } catch (thrown) {
      error = this.#errorOf(thrown)
    }
    await this.#conclude({ error })
  }

  /** Ends as the source wants it. */
  async #conclude(failure?: { readonly error: unknown }): Promise<void> {
    if (this.#ended) return
    this.#concluding = true
    this.#stopwatch?.markEnd()
    const ending = failure ? { ...failure, partial: this.partial } : { response: this.partial }
    try {
      const settled = (await this.#source.settle?.(ending)) ?? ending
      if ('error' in settled) this.#fail(new HookFailure(settled.error))
      else if (!this.#ended) {
        this.#response = settled.response
        this.#finish()
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Tells the source of a stop. */
  async #settleStop(error: unknown): Promise<{ readonly error: unknown } | undefined> {
    try {
      await this.#source.settle?.({ error, partial: this.partial })
      return undefined
    } catch (thrown) {
      return (this.#failure = { error: thrownBy(thrown) })
    } finally {
      this.#settling = undefined
    }
  }

  async #open(): Promise<void> {
    const { signal } = this.#source.config
    this.#stopwatch = new Stopwatch()
    this.#cancellation = new Cancellation(signal, () => this.cancel(signal?.reason))
    this.#reader = await this.#source.open(this.#cancellation, this.#stopwatch)
    this.#fold.configure(this.#source.config)
    if (this.#ended) this.#reader.cancel(this.#failure?.error)
  }

  #finish(): void {
    this.#end()
    this.#reader?.release()
  }

  #fail(error: unknown): void {
    if (this.#ended) return
    this.#end()
    const failure = this.#errorOf(error)
    this.#failure = { error: failure }
    this.#reader?.cancel(failure)
    this.#cancellation?.abort(failure)
    if (isInterlinguaError(failure)) failure.partial ??= this.partial
    if (this.#stopwatch && !this.#concluding && this.#source.settle) this.#settling = this.#settleStop(failure)
  }

  /** What the caller is told. What a function of theirs threw stays as it is. */
  #errorOf(error: unknown): unknown {
    if (error instanceof HookFailure) return error.error
    return this.#source.createError(isInterlinguaError(error) ? error : unreadable(error))
  }

  #end(): void {
    this.#ended = true
    this.#stopwatch?.markEnd()
    this.#cancellation?.release()
  }
}
