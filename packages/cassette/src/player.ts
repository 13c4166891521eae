import { playBytes } from './bytes.ts'
import type { RecordedChunk, RecordedResponse } from './exchange.ts'

/** How fast a recording is replayed: at once, as it was recorded, or so many times as fast. */
export type Speed = 'instant' | 'recorded' | number

/** A recorded response as `fetch` gives it. Its body brings a recorded chunk for each read, and nothing ahead of time. */
export async function play(
  recorded: RecordedResponse,
  { url, speed, signal }: { readonly url: string; readonly speed: Speed; readonly signal: AbortSignal | undefined },
): Promise<Response> {
  signal?.throwIfAborted()
  const begun = performance.now()
  const reach = async (afterMs: number): Promise<void> => {
    const dueMs = speed === 'instant' ? 0 : afterMs / (speed === 'recorded' ? 1 : speed)
    const waitMs = dueMs - (performance.now() - begun)
    if (waitMs > 0) await sleep(waitMs, signal)
  }
  await reach(recorded.afterMs)
  const body = recorded.body && streamOf(recorded.body, recorded.ending, reach, signal)
  const { status, statusText = '', headers } = recorded
  const response = new Response(body, { status, statusText, headers })
  // What a constructed response does not have, and some clients print.
  return Object.defineProperty(response, 'url', { value: url })
}

function streamOf(
  chunks: readonly RecordedChunk[],
  ending: RecordedResponse['ending'],
  reach: (afterMs: number) => Promise<void>,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  let next = 0
  let stop: (() => void) | undefined
  const release = (): void => {
    if (stop) signal?.removeEventListener('abort', stop)
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        stop = () => controller.error(signal?.reason)
        signal?.addEventListener('abort', stop, { once: true })
      },
      pull: async (controller) => {
        const chunk = chunks[next]
        next += 1
        if (chunk) {
          await reach(chunk.afterMs)
          controller.enqueue(playBytes(chunk))
          return
        }
        release()
        if (ending === 'complete') controller.close()
        else controller.error(new TypeError('terminated', { cause: new Error(endings[ending]) }))
      },
      cancel: release,
    },
    { highWaterMark: 0 },
  )
}

const endings = {
  broken: 'the connection broke here when this was recorded',
  stopped: 'the recording ends here: who read it then stopped',
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
