import type { ChunkReader } from './chunk-reader.ts'

/** Gives some chunks that are known already, then those of a reader that is opened only when they have been taken. */
export class LateReader<Chunk> implements ChunkReader<Chunk> {
  readonly #first: Chunk[]
  readonly #open: () => Promise<ChunkReader<Chunk>>
  #reader: ChunkReader<Chunk> | undefined
  #cancelled: { readonly reason: unknown } | undefined

  constructor(first: readonly Chunk[], open: () => Promise<ChunkReader<Chunk>>) {
    this.#first = [...first]
    this.#open = open
  }

  get ended(): boolean {
    return this.#reader?.ended ?? false
  }

  take(): Chunk | undefined {
    return this.#first.shift() ?? this.#reader?.take()
  }

  async read(): Promise<void> {
    if (this.#reader) return await this.#reader.read()
    this.#reader = await this.#open()
    if (this.#cancelled) this.#reader.cancel(this.#cancelled.reason)
  }

  release(): void {
    this.#reader?.release()
  }

  cancel(reason: unknown): void {
    this.#cancelled = { reason }
    this.#reader?.cancel(reason)
  }
}
