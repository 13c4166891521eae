/** Events in the framing of chat completions. */
export function streamText(events: readonly unknown[], end = 'data: [DONE]\n\n'): string {
  return `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}${end}`
}

/** A `fetch` whose response has these reads as its body. */
export function fetchOf(reads: readonly Uint8Array[] | string, init: ResponseInit = {}): typeof globalThis.fetch {
  return async () => {
    const queue = typeof reads === 'string' ? [new TextEncoder().encode(reads)] : [...reads]
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = queue.shift()
        if (next) controller.enqueue(next)
        else controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' }, ...init })
  }
}

/** A `fetch` that answers with a JSON body. */
export function answering(body: unknown, status = 200): typeof globalThis.fetch {
  return fetchOf(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}
