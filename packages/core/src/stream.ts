import type { BaseCallResponse } from './response.ts'
import type { BaseCallResponseChunk } from './chunk.ts'
import type { BaseTool, ToolCall } from './tool.ts'
import type { CallConfig } from './config.ts'
import type { CallParams } from './params.ts'
import { Cancellation } from './cancellation.ts'
import type { ChunkReader } from './chunk-reader.ts'
import type { Delta } from './delta.ts'
import { type ErrorDetails, type InterlinguaError, isInterlinguaError } from './error.ts'
import type { FinishReason as AnyFinishReason } from './finish-reason.ts'
import { Fold } from './fold.ts'
import { Iteration } from './iteration.ts'
import type { Message as AnyMessage } from './message.ts'
import type { ProviderTypes, TypesOf } from './types.ts'
import { Stopwatch } from './stopwatch.ts'

/** What a stream runs on: how to begin, and what to make of what it has folded. */
export interface StreamSource<T extends ProviderTypes = ProviderTypes> {
  readonly provider: string
  readonly model: string
  readonly config: T['Config']
  readonly params: T['Params']
  /** The conversation that is sent; empty until it is known. */
  readonly messages: readonly T['Message'][]
  /** Whether the chunk that brings the finish reason is the last one that matters. */
  readonly endsAtFinish: boolean
  /** Sends the request. Called once, by the first pull. */
  open(cancellation: Cancellation, stopwatch: Stopwatch): Promise<ChunkReader<T['Chunk']>>
  createResponse(fold: Fold, stopwatch: Stopwatch): T['Response']
  createTool(call: ToolCall, delta?: string): T['Tool']
  /** Completes an error with the provider, the model and the request. */
  createError(details: ErrorDetails): InterlinguaError
}

type Step<Chunk, Tool> = [chunk: Chunk, tool: Tool | undefined]

/**
 * A model's answer while it arrives. Nothing is sent until it is first read.
 *
 * - Read it once, in whichever view suits: `for await (const [chunk, tool] of stream)`, `text()` or `deltas()`. A second
 *   reading throws an error of code `stream_consumed`.
 * - `response()` gives the whole answer. During or after a reading it waits for the end; alone, it reads the stream.
 * - `break`, `cancel()` and the call's `signal` close the connection at once. `partial` stays readable, and `response()`
 *   then rejects with an error of code `aborted`.
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
> implements AsyncIterable<Step<Chunk, Tool>> {
  readonly #source: StreamSource<TypesOf<Response, Chunk, Message, Tool, Config, Params, FinishReason>>
  readonly #fold: Fold
  #stopwatch: Stopwatch | undefined
  #cancellation: Cancellation | undefined
  #reader: ChunkReader<Chunk> | undefined
  #reading: Promise<void> | undefined
  #claimed = false
  #iterating = false
  #ended = false
  #error: InterlinguaError | undefined
  #response: Response | undefined
  /** Further steps of the chunk that was folded last. */
  #pending: Step<Chunk, Tool>[] = []
  /** Steps that `response()` took while an iteration was open, which is to see them all the same. */
  #backlog: Step<Chunk, Tool>[] = []
  #backlogNext = 0

  constructor(source: StreamSource<TypesOf<Response, Chunk, Message, Tool, Config, Params, FinishReason>>) {
    this.#source = source
    this.#fold = new Fold(source.config)
  }

  /** The provider that answers, for example `cohere`. */
  get provider(): string {
    return this.#source.provider
  }

  /** The model that was asked. */
  get model(): string {
    return this.#source.model
  }

  /** What the call was given beside its parameters. */
  get config(): Config {
    return this.#source.config
  }

  /** The parameters that the call was given. */
  get params(): Params {
    return this.#source.params
  }

  /** The conversation that was sent; empty until the first pull. */
  get messages(): readonly Message[] {
    return this.#source.messages
  }

  /** The response as far as it has come, at any moment and after any ending. */
  get partial(): Response {
    return this.#response ?? this.#source.createResponse(this.#fold, this.#stopwatch ?? new Stopwatch())
  }

  /** Every event as a chunk, beside the tool call that it completed. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Step<Chunk, Tool>, undefined> {
    return this.#iterate((step) => [step])
  }

  /** The text of the answer, piece by piece as it arrives. */
  text(): AsyncIterable<string> {
    return { [Symbol.asyncIterator]: () => this.#iterate(([{ content }]) => (content === '' ? none : [content])) }
  }

  /** Every neutral change, one by one. */
  deltas(): AsyncIterable<Delta> {
    return { [Symbol.asyncIterator]: () => this.#iterate(([{ deltas }]) => deltas) }
  }

  /**
   * The whole response, the same object each time. Reads what has not been read yet; an iteration that is open at the
   * same time still sees every chunk.
   */
  async response(): Promise<Response> {
    this.#claimed = true
    while (!this.#ended) {
      const step = this.#pull()
      if (step === undefined) await this.#more()
      else if (this.#iterating) this.#backlog.push(step)
    }
    if (this.#error) throw this.#error
    return (this.#response ??= this.partial)
  }

  /** Closes the connection at once. What has arrived stays readable in `partial`. No effect on a stream that has ended. */
  cancel(reason?: unknown): void {
    if (this.#ended) return
    const message = 'the stream was stopped before it was complete. What had arrived is in `partial`.'
    this.#fail(this.#source.createError({ code: 'aborted', message, cause: reason }))
  }

  /** `await using stream = …` closes the connection when the block is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel()
  }

  #iterate<Value>(select: (step: Step<Chunk, Tool>) => readonly Value[]): AsyncIterableIterator<Value, undefined> {
    if (this.#claimed) {
      const message =
        'the stream has been read already. Its answer is in `await stream.response()`; to ask again, make a new stream.'
      throw this.#source.createError({ code: 'stream_consumed', message })
    }
    this.#claimed = true
    this.#iterating = true
    return new Iteration<Step<Chunk, Tool>, Value>(
      {
        take: () => this.#take(),
        more: () => this.#more(),
        hasEnded: () => this.#ended,
        error: () => this.#error,
        stop: () => {
          this.#iterating = false
          this.cancel()
        },
      },
      select,
    )
  }

  #take(): Step<Chunk, Tool> | undefined {
    if (this.#backlogNext < this.#backlog.length) return this.#backlog[this.#backlogNext++]
    return this.#pull()
  }

  /** Folds the next chunk that has arrived. */
  #pull(): Step<Chunk, Tool> | undefined {
    if (this.#pending.length > 0) return this.#pending.shift()
    if (this.#ended) return undefined
    try {
      const chunk = this.#reader?.take()
      return chunk && this.#add(chunk)
    } catch (error) {
      this.#fail(error)
      return undefined
    }
  }

  /** Folds a chunk. One that completed several tool calls makes a step for each. */
  #add(chunk: Chunk): Step<Chunk, Tool> {
    let tools: Tool[] | undefined
    for (const delta of chunk.deltas) {
      const completed = this.#fold.add(delta)
      const tool = completed ? this.#source.createTool(completed) : this.#growing(delta)
      if (tool) tools = [...(tools ?? []), tool]
    }
    if (this.#stopwatch?.awaitsFirstToken && chunk.deltas.some(isToken)) this.#stopwatch.markFirstToken()
    if (this.#fold.failure) this.#fail(this.#source.createError(this.#fold.failure))
    else if (this.#source.endsAtFinish && this.#fold.finished) this.#finish()
    if (tools === undefined) return [chunk, undefined]
    const [first, ...others] = tools
    this.#pending = others.map((tool) => [sameEvent(chunk), tool])
    return [chunk, first]
  }

  /** The tool call that a delta adds to, where the caller wants to see it grow. */
  #growing(delta: Delta): Tool | undefined {
    if (delta.type !== 'tool-call-start' && delta.type !== 'tool-call-delta') return undefined
    if (!this.#source.config.partialTools) return undefined
    return this.#source.createTool(this.#fold.toolCall(delta.index), 'text' in delta ? delta.text : '')
  }

  /** Waits for the network once, for all who wait at the same time. */
  #more(): Promise<void> {
    return (this.#reading ??= this.#read())
  }

  async #read(): Promise<void> {
    try {
      if (this.#reader === undefined) await this.#open()
      else if (!this.#reader.ended) await this.#reader.read()
      else if (this.#fold.finished) this.#finish()
      else {
        const message = 'the stream was cut short: it ended without a finish reason. What had arrived is in `partial`.'
        this.#fail(this.#source.createError({ code: 'truncated', message, retryable: true }))
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#reading = undefined
    }
  }

  async #open(): Promise<void> {
    const { signal } = this.#source.config
    this.#stopwatch = new Stopwatch()
    this.#cancellation = new Cancellation(signal, () => this.cancel(signal?.reason))
    this.#reader = await this.#source.open(this.#cancellation, this.#stopwatch)
    if (this.#ended) this.#reader.cancel(this.#error)
  }

  #finish(): void {
    this.#end()
    this.#reader?.release()
  }

  #fail(error: unknown): void {
    if (this.#ended) return
    this.#end()
    this.#error = this.#source.createError(isInterlinguaError(error) ? error : unreadable(error))
    this.#reader?.cancel(this.#error)
    this.#cancellation?.abort(this.#error)
    this.#error.partial = this.partial
  }

  #end(): void {
    this.#ended = true
    this.#stopwatch?.markEnd()
    this.#cancellation?.release()
  }
}

const none: readonly never[] = []

/** The same event again, as one that adds nothing more: what it added has been given with its first step. */
function sameEvent<Chunk extends BaseCallResponseChunk>(chunk: Chunk): Chunk {
  return Object.create(chunk, { deltas: { value: none, enumerable: true } }) as Chunk
}

function isToken(delta: Delta): boolean {
  // A part opens with an empty text, which is no token yet.
  return delta.type === 'tool-call-start' || ('text' in delta && delta.text !== '')
}

function unreadable(cause: unknown): ErrorDetails {
  return { code: 'protocol', message: 'the stream could not be read. What had arrived is in `partial`.', cause }
}
