import type { ChunkReader } from './chunk-reader.ts'

/** Lets something look at each chunk when it is taken, one after the other. */
export class HookedReader<Chunk extends object> implements ChunkReader<Chunk> {
  readonly #reader: ChunkReader<Chunk>
  readonly #look: (chunk: Chunk) => Chunk | Promise<Chunk>
  #pending: Promise<Chunk> | undefined
  #looked: Chunk | undefined

  constructor(reader: ChunkReader<Chunk>, look: (chunk: Chunk) => Chunk | Promise<Chunk>) {
    this.#reader = reader
    this.#look = look
  }

  get ended(): boolean {
    return this.#pending === undefined && this.#reader.ended
  }

  take(): Chunk | undefined {
    if (this.#looked) {
      const chunk = this.#looked
      this.#looked = undefined
      return chunk
    }
    if (this.#pending) return undefined
    const chunk = this.#reader.take()
    if (chunk === undefined) return undefined
    const looked = this.#look(chunk)
    if (!('then' in looked)) return looked
    this.#pending = looked
    return undefined
  }

  async read(): Promise<void> {
    if (!this.#pending) return await this.#reader.read()
    this.#looked = await this.#pending
    this.#pending = undefined
  }

  release(): void {
    this.#reader.release()
  }

  cancel(reason: unknown): void {
    this.#reader.cancel(reason)
  }
}
