import type { BodySource } from './body.ts'
import type { Respond } from './exchange.ts'

// Sockets let other tasks run between reads. Without a socket a fast answer would be one long chain of microtasks, in
// which no timer of the caller could fire, so that now and then it has to step aside.
const longestTurnMs = 10

/** A `fetch` that ends in this process instead of in a socket. Web standards only. */
export function simulatedFetch(respond: Respond): typeof globalThis.fetch {
  return async (input, init) => {
    const signal = init?.signal ?? (input instanceof Request ? input.signal : new AbortController().signal)
    signal.throwIfAborted()
    const request = new Request(input, init)
    const url = new URL(request.url)
    const text = await request.text()
    signal.throwIfAborted()
    const path = url.pathname + url.search
    const { method, headers: sent } = request
    const outgoing = await respond({ method, path, host: url.hostname, headers: sent, text, signal })
    signal.throwIfAborted()
    if (!outgoing || 'breaks' in outgoing) throw new TypeError('fetch failed', { cause: connectionReset() })
    const { status, body } = outgoing
    const headers = new Headers(outgoing.headers)
    if (body.length !== undefined) headers.set('content-length', String(body.length))
    const empty = status === 204 || status === 205 || status === 304 || request.method === 'HEAD'
    if (empty) body.complete()
    const response = new Response(empty ? null : streamOf(body, signal), { status, headers })
    // A response that was constructed has no URL of its own, a fetched one has.
    Object.defineProperty(response, 'url', { value: request.url })
    return response
  }
}

function streamOf(body: BodySource, signal: AbortSignal): ReadableStream<Uint8Array> {
  let turnStart = performance.now()
  const end = (controller: ReadableStreamDefaultController): void => {
    body.complete()
    if (body.breaks) controller.error(new TypeError('terminated', { cause: connectionReset() }))
    else controller.close()
  }
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        body.onCancel(() => {
          if (signal.aborted) controller.error(signal.reason)
        })
        if (body.done && !body.breaks) end(controller)
      },
      pull: async (controller) => {
        if (body.done) return end(controller)
        if (performance.now() - turnStart > longestTurnMs) {
          await nextTask()
          turnStart = performance.now()
        }
        const chunk = await body.next()
        if (!chunk) return
        controller.enqueue(chunk)
        // A reader who has read the last byte is not made to ask again before the answer counts as complete.
        if (body.done && !body.breaks) end(controller)
      },
      cancel: () => body.cancel(),
    },
    // Nothing is made before the reader asks.
    { highWaterMark: 0 },
  )
}

function connectionReset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(undefined)
  })
}
