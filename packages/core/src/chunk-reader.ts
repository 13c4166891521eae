/** Where a stream takes its chunks from: a connection, or another stream. */
export interface ChunkReader<Chunk> {
  /** Whether no more will arrive. What has arrived may still have to be taken. */
  readonly ended: boolean
  /** The next chunk that has arrived already. */
  take(): Chunk | undefined
  /** Waits for more to arrive. Called only when nothing is left to take. */
  read(): Promise<void>
  /** Called at a proper end, after which the connection may serve another request. */
  release(): void
  /** Called when nobody wants the rest: closes the connection at once. */
  cancel(reason: unknown): void
}
