/** A request as the scripted server got it. */
export interface ReceivedRequest {
  readonly url: string
  readonly headers: Headers
  /** The parsed JSON. */
  readonly body: unknown
}

/** A `fetch` that answers from a script, in this process. */
export interface ScriptedFetch {
  readonly fetch: typeof globalThis.fetch
  readonly requests: readonly ReceivedRequest[]
}

/** Answers every request with what `answer` makes for it; `index` counts the requests from 0. */
export function scriptedFetch(
  answer: (request: ReceivedRequest, index: number, signal: AbortSignal) => Response | Promise<Response>,
): ScriptedFetch {
  const requests: ReceivedRequest[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // As the platform does.
    init?.signal?.throwIfAborted()
    const request = new Request(input, init)
    const text = await request.text()
    const received = { url: request.url, headers: request.headers, body: text === '' ? undefined : JSON.parse(text) }
    requests.push(received)
    return answer(received, requests.length - 1, init?.signal ?? request.signal)
  }
  return { fetch, requests }
}

/** A body that hands out one read for each time that it is asked, and counts how often. */
export class ScriptedBody {
  /** How many reads were made. */
  pulls = 0
  readonly stream: ReadableStream<Uint8Array>

  constructor(reads: Iterable<Uint8Array>) {
    const iterator = reads[Symbol.iterator]()
    this.stream = new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          const { done, value } = iterator.next()
          if (done) return controller.close()
          this.pulls += 1
          // A body of bytes has no empty reads; what is empty says nothing and is passed over by asking again.
          controller.enqueue(value)
        },
        cancel: () => void iterator.return?.(),
      },
      { highWaterMark: 0 },
    )
  }
}
