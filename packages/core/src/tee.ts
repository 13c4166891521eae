import type { ChunkReader } from './chunk-reader.ts'
import { HookFailure } from './hook-failure.ts'
import type { BaseCallResponse } from './response.ts'
import { SourceRelay } from './source-relay.ts'
import type { Step } from './step.ts'
import type { StreamSource } from './stream-source.ts'
import type { ProviderTypes } from './types.ts'

/** The stream that is shared. */
interface Trunk {
  readonly source: StreamSource
  readonly steps: AsyncIterator<Step, undefined>
  response(): Promise<BaseCallResponse>
  cancel(reason: unknown): void
}

/** Chunks in their order. A branch holds the last one that it has taken, so what all branches have taken is let go. */
interface Link {
  readonly chunk?: ProviderTypes['Chunk']
  next?: Link
}

/** One reading of a stream for several branches: each chunk is read when the first of them asks for it. */
export class Tee {
  readonly trunk: Trunk
  last: Link = {}
  hasEnded = false
  #branches: number
  #failure: { readonly error: unknown } | undefined
  #reading: Promise<void> | undefined

  constructor(trunk: Trunk, branches: number) {
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
export class TeeBranch extends SourceRelay implements ChunkReader<ProviderTypes['Chunk']> {
  readonly #tee: Tee
  #at: Link | undefined

  constructor(tee: Tee) {
    super(tee.trunk.source)
    this.#tee = tee
    this.#at = tee.last
  }

  /** The trunk may still fail behind its last chunk. */
  override get endsAtFinish(): boolean {
    return false
  }

  get ended(): boolean {
    return this.#tee.hasEnded && this.#at?.next === undefined
  }

  override async open(): Promise<this> {
    return this
  }

  take(): ProviderTypes['Chunk'] | undefined {
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

  /** The trunk has done that already. */
  override async recover(): Promise<undefined> {
    return undefined
  }

  override async complete(_: BaseCallResponse, signal: AbortSignal): Promise<BaseCallResponse> {
    signal.addEventListener('abort', () => this.cancel(signal.reason), { once: true })
    return this.#tee.trunk.response()
  }
}
