/** Events in the framing that every recorded Cohere stream has, `[DONE]` included. */
export function streamText(events: readonly { readonly type: string }[]): string {
  return `${events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`
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
