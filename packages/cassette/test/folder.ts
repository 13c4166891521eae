import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A path for one cassette, which is gone after the test. */
export async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cassette-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'new', 'cassette.json')
}

/** The reads of a body, one by one. */
export async function readsOf(response: Response): Promise<Uint8Array[]> {
  const reads: Uint8Array[] = []
  if (response.body) for await (const read of response.body) reads.push(read)
  return reads
}

/** A stream that brings each of the pieces as one read. */
export function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const piece = pieces[next]
        next += 1
        // A copy, since a reader may take over the memory.
        if (piece) controller.enqueue(piece.slice())
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
