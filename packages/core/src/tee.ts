import type { ChunkReader } from './chunk-reader.ts'
import type { ErrorDetails, InterlinguaError } from './error.ts'
import type { Fold } from './fold.ts'
import { HookFailure } from './hook-failure.ts'
import type { JsonOutputReader } from './output-json-reader.ts'
import type { OutputReader } from './output-reader.ts'
import type { Step } from './step.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { StreamSource } from './stream-source.ts'
import type { ToolCall } from './tool.ts'
import type { ProviderTypes } from './types.ts'

/** The stream that is shared. */
interface Trunk<T extends ProviderTypes> {
  readonly source: StreamSource<T>
  readonly steps: AsyncIterator<Step<T['Chunk'], T['Tool']>, undefined>
  response(): Promise<T['Response']>
  cancel(reason: unknown): void
}

/** Chunks in their order. A branch holds the last one that it has taken, so what all branches have taken is let go. */
interface Link<Chunk> {
  readonly chunk?: Chunk
  next?: Link<Chunk>
}

/** One reading of a stream for several branches: each chunk is read when the first of them asks for it. */
export class Tee<T extends ProviderTypes> {
  readonly trunk: Trunk<T>
  last: Link<T['Chunk']> = {}
  hasEnded = false
  #branches: number
  #failure: { readonly error: unknown } | undefined
  #reading: Promise<void> | undefined

  constructor(trunk: Trunk<T>, branches: number) {
    this.trunk = trunk
    this.#branches = branches
  }

  /** Reads one chunk, for all who wait at the same time. */
  async read(): Promise<void> {
    await (this.#reading ??= this.#read().finally(() => (this.#reading = undefined)))
    // The trunk has worded it already, and all branches end with the same error.
    if (this.#failure) throw new HookFailure(this.#failure.error)
  }

  /** One branch wants no more. When none does, the trunk is stopped. */
  leave(reason: unknown): void {
    this.#branches -= 1
    if (this.#branches === 0) this.trunk.cancel(reason)
  }

  async #read(): Promise<void> {
    if (this.#failure) return
    try {
      const { done, value } = await this.trunk.steps.next()
      if (done) this.hasEnded = true
      // The further steps of a chunk are made of it again by each branch.
      else if (Object.getPrototypeOf(value[0]) !== this.last.chunk) this.last = this.last.next = { chunk: value[0] }
    } catch (error) {
      this.#failure = { error }
    }
  }
}

/** What one branch of a stream runs on. */
export class TeeBranch<T extends ProviderTypes> implements StreamSource<T>, ChunkReader<T['Chunk']> {
  /** The trunk may still fail behind its last chunk. */
  readonly endsAtFinish = false
  readonly #tee: Tee<T>
  #at: Link<T['Chunk']> | undefined

  constructor(tee: Tee<T>) {
    this.#tee = tee
    this.#at = tee.last
  }

  get #source(): StreamSource<T> {
    return this.#tee.trunk.source
  }

  get provider(): string {
    return this.#source.provider
  }

  get model(): string {
    return this.#source.model
  }

  get config(): T['Config'] {
    return this.#source.config
  }

  get params(): T['Params'] {
    return this.#source.params
  }

  get messages(): readonly T['Message'][] {
    return this.#source.messages
  }

  get ended(): boolean {
    return this.#tee.hasEnded && this.#at?.next === undefined
  }

  async open(): Promise<ChunkReader<T['Chunk']>> {
    return this
  }

  take(): T['Chunk'] | undefined {
    const next = this.#at?.next
    if (next) this.#at = next
    return next?.chunk
  }

  read(): Promise<void> {
    return this.#tee.read()
  }

  release(): void {}

  cancel(reason: unknown): void {
    if (!this.#at) return
    this.#at = undefined
    this.#tee.leave(reason)
  }

  abandon(): void {
    this.cancel(undefined)
  }

  createResponse(fold: Fold, stopwatch: Stopwatch): T['Response'] {
    return this.#source.createResponse(fold, stopwatch)
  }

  createTool(call: ToolCall, delta?: string): T['Tool'] {
    return this.#source.createTool(call, delta)
  }

  createError(details: ErrorDetails): InterlinguaError {
    return this.#source.createError(details)
  }

  createOutputReader(Reader: typeof JsonOutputReader): OutputReader | undefined {
    return this.#source.createOutputReader?.(Reader)
  }

  async complete(_: T['Response'], signal: AbortSignal): Promise<T['Response']> {
    signal.addEventListener('abort', () => this.cancel(signal.reason), { once: true })
    return this.#tee.trunk.response()
  }
}
