import type { BaseCallResponse } from './response.ts'
import type { BaseCallResponseChunk } from './chunk.ts'
import type { BaseTool } from './tool.ts'
import type { CallConfig } from './config.ts'
import type { CallParams } from './params.ts'
import type { Delta } from './delta.ts'
import type { FinishReason as AnyFinishReason } from './finish-reason.ts'
import { HookFailure } from './hook-failure.ts'
import { Iteration, none } from './iteration.ts'
import type { Message as AnyMessage } from './message.ts'
import { Partials } from './output-partials.ts'
import type { PartialOf } from './output-partial.ts'
import { Pipeline } from './pipeline.ts'
import { readableStreamOf } from './readable-stream.ts'
import type { Step } from './step.ts'
import type { StreamResponseOptions } from './stream-response.ts'
import { StreamState } from './stream-state.ts'
import type { StreamSource } from './stream-source.ts'
import { Tee, TeeBranch } from './tee.ts'
import type { ProviderTypes, StreamOf, TypesOf } from './types.ts'

export type { StreamSource } from './stream-source.ts'

/**
 * A model's answer while it arrives. Nothing is sent until it is first read.
 *
 * - Read it once, in whichever view suits: `for await (const [chunk, tool] of stream)`, `text()`, `deltas()`, `tools()`,
 *   `partials()`, `toReadableStream()` or `toResponse()`. A second reading throws an error of code `stream_consumed`; `tee()`
 *   makes several streams of it.
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
  readonly #pipeline: Pipeline<TypesOf<Response, Chunk, Message, Tool, Config, Params, FinishReason>>
  #claimed = false
  #iteration: { readonly isOpen: boolean; keep(step: Step<Chunk, Tool>): void; close(): void } | undefined

  constructor(source: StreamSource<TypesOf<Response, Chunk, Message, Tool, Config, Params, FinishReason>>) {
    const pipeline = new Pipeline(source)
    super(source, pipeline)
    this.#source = source
    this.#pipeline = pipeline
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

  /** Every event as a chunk, beside the tool call that it completed. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Step<Chunk, Tool>, undefined> {
    return this.#iterate((step) => [step])
  }

  /** The text of the answer, piece by piece as it arrives. */
  text(): AsyncIterable<string> {
    return this.#irrevocably(([{ content }]) => (content === '' ? undefined : content))
  }

  /** Every neutral change, one by one. */
  deltas(): AsyncIterable<Delta> {
    return { [Symbol.asyncIterator]: () => this.#iterate(([{ deltas }]) => deltas) }
  }

  /**
   * The tool calls, each one once it is complete. `partial: true` gives each one also while its arguments grow, whatever the
   * call's `partialTools` says: `tool.delta` is then the piece that was added, and `tool.args` what there is of them so far.
   */
  tools({ partial = false }: ToolsOptions = {}): AsyncIterable<Tool> {
    const complete = ([, tool]: Step<Chunk, Tool>): Tool | undefined => (tool?.delta === undefined ? tool : undefined)
    return this.#irrevocably(partial ? ([, tool]) => tool : complete, () => {
      if (partial) this.#pipeline.partialTools = true
    })
  }

  /**
   * The answer's value while it grows: that of the output schema, else the JSON in the text. Ends like `response()`: it
   * throws where the value is not what was asked for.
   */
  partials(): Partials<PartialOf<Response>> {
    return new Partials({
      createReader: (Reader) => this.#source.createOutputReader?.(Reader),
      iterate: (select) => this.#iterate(select),
      response: () => this.response(),
    })
  }

  /**
   * The whole response, the same object each time. Reads what has not been read yet; an iteration that is open at the
   * same time still sees every chunk.
   */
  async response(): Promise<Response> {
    this.#claimed = true
    const pipeline = this.#pipeline
    while (!pipeline.hasEnded()) {
      const step = pipeline.take()
      if (step === undefined) await pipeline.more()
      // An iteration that is open is to see it all the same.
      else if (this.#iteration?.isOpen) this.#iteration.keep(step)
    }
    const failure = pipeline.failure()
    if (failure) throw failure.error
    return pipeline.complete()
  }

  /** Reads to the end, as `response()` does, and tells why the model stopped. Throws what `response()` throws. */
  async finish(): Promise<FinishReason> {
    return (await this.response()).finishReason as FinishReason
  }

  /**
   * As many streams as are asked for, each with every chunk and all views, of a single request. This one can then not be
   * iterated any more; its `response()` is that of all branches.
   *
   * - A chunk is read when the first branch asks for it, and is held until the last one has taken it: memory grows with the
   *   lead of the fastest branch. Cancel a branch that nobody reads.
   * - `cancel()` and `break` end one branch. When none is left, the connection is closed; `cancel()` of this stream and the
   *   call's `signal` end all of them.
   */
  tee(): [this, this]
  tee(count: number): this[]
  tee(count = 2): this[] {
    const steps = this[Symbol.asyncIterator]()
    const tee = new Tee(
      {
        source: this.#source,
        steps,
        response: () => this.response(),
        cancel: (reason) => this.cancel(reason),
      },
      count,
    )
    const Class = this.constructor as new (source: unknown) => this
    return Array.from({ length: count }, () => new Class(new TeeBranch(tee)))
  }

  /** What an iteration gives, as a web stream. Nothing is read before it is asked for; `cancel` closes the connection. */
  toReadableStream(): ReadableStream<Step<Chunk, Tool>> {
    return readableStreamOf(this[Symbol.asyncIterator]())
  }

  /**
   * The stream as a web `Response`, for the handler of any server: `return await stream.toResponse()`.
   *
   * `sse`, the default, has an event for each delta, as JSON, then an event `done`; `readDeltas` reads it. Where the stream
   * fails in the middle, the last event is `failure`, with what `SentError` says. `text` is the text and nothing else, and breaks
   * the connection where the stream fails.
   *
   * Resolves when the first event, or the first text, is there. The body reads no further than the client does, and a
   * client that leaves closes the connection to the provider. Until it resolves nobody knows of the client: give the call
   * the `signal` of its request.
   *
   * @throws {InterlinguaError} where the stream fails before the first event: it can still become an HTTP error.
   */
  async toResponse(options: StreamResponseOptions = {}): Promise<globalThis.Response> {
    const { streamResponse } = await import('./stream-response.ts')
    return streamResponse(this, options)
  }

  /** Closes the connection at once. What has arrived stays readable in `partial`. No effect on a stream that has ended. */
  cancel(reason?: unknown): void {
    this.#pipeline.cancel(reason)
  }

  /** `await using stream = …` closes the connection when the block is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel()
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
    const iteration = new Iteration<Step<Chunk, Tool>, Value>(this.#pipeline, select)
    this.#iteration = iteration
    return iteration
  }

  /**
   * A view of values that cannot be taken back: a second answer behind half of a first would be a wrong one. So it ends at
   * a hand-off, with the error that led to it, once it has given something.
   */
  #irrevocably<Value>(
    valueOf: (step: Step<Chunk, Tool>) => Value | undefined,
    begin?: () => void,
  ): AsyncIterable<Value> {
    let begun = false
    const select = (step: Step<Chunk, Tool>): readonly Value[] => {
      const handOff = begun && step[0].deltas.find((delta) => delta.type === 'hand-off')
      if (handOff) {
        const { error } = handOff
        this.#iteration?.close()
        this.#pipeline.fail(new HookFailure(error), error.partial as Response | undefined)
        throw error
      }
      const value = valueOf(step)
      if (value === undefined) return none
      begun = true
      return [value]
    }
    return {
      [Symbol.asyncIterator]: () => {
        const iteration = this.#iterate(select)
        begin?.()
        return iteration
      },
    }
  }
}

/** Which tool calls to show. */
export interface ToolsOptions {
  /** Whether to show them while their arguments grow, too. Default: `false`. */
  readonly partial?: boolean
}
