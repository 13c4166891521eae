import { Buffer } from 'node:buffer'
import { recordBytes } from './bytes.ts'
import type { RecordedResponse } from './exchange.ts'
import { scrubChunks } from './scrub.ts'
import type { Secrets } from './secrets.ts'

interface Read {
  readonly afterMs: number
  readonly bytes: Uint8Array
}

/** A response that is recorded while it is read. */
export interface Recording {
  /** What the caller gets: the same bytes, cut alike, and read no faster than the caller reads. */
  readonly response: Response
  /** Resolves when nobody waits for the next read of the body: it has ended, or is not being read. */
  idle(): Promise<void>
  /** Takes note of the secrets that it has told so far, which others may have told too. */
  learn(): void
  /** What has been read so far, as it is written. */
  finish(): RecordedResponse
}

/** Records a response while its body is read. */
export function record(response: Response, begun: number, secrets: Secrets): Recording {
  const elapsed = (): number => Math.round(performance.now() - begun)
  const afterMs = elapsed()
  const reads: Read[] = []
  let ending: RecordedResponse['ending'] = response.body ? 'stopped' : 'complete'
  const learn = (): void => {
    secrets.headers(response.headers)
    secrets.learn(Buffer.concat(reads.map(({ bytes }) => bytes)).toString())
  }
  const finish = (): RecordedResponse => {
    const clean = scrubChunks(
      reads.map(({ bytes }) => bytes),
      secrets,
    )
    const chunks = reads.map(({ afterMs: at, bytes }, index) =>
      Object.assign({ afterMs: at }, recordBytes(clean[index] ?? bytes)),
    )
    return {
      status: response.status,
      ...(response.statusText !== '' && { statusText: response.statusText }),
      headers: secrets.headers(response.headers),
      afterMs,
      body: response.body && chunks,
      ending,
    }
  }
  if (!response.body) return { response, idle: () => Promise.resolve(), learn, finish }

  const reader = response.body.getReader()
  let waiting: ReturnType<typeof reader.read> | undefined
  const idle = async (): Promise<void> => {
    if (!waiting) return
    await waiting.catch(() => {})
    // Whoever reads gets the chance to ask for more.
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0)
    })
    await idle()
  }
  const body = new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          waiting = reader.read()
          const { done, value } = await waiting
          waiting = undefined
          if (done) {
            ending = 'complete'
            controller.close()
            return
          }
          reads.push({ afterMs: elapsed(), bytes: value.slice() })
          controller.enqueue(value)
        } catch (error) {
          waiting = undefined
          ending = isAbort(error) ? 'stopped' : 'broken'
          controller.error(error)
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  const { status, statusText, headers } = response
  const copy = new Response(body, { status, statusText, headers })
  Object.defineProperty(copy, 'url', { value: response.url })
  return { response: copy, idle, learn, finish }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError')
}
