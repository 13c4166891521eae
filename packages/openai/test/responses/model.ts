import type { Model } from '@interlingua/core'
import { connection, createResponsesModel, type OpenAIResponsesTypes } from '@interlingua/openai'

/** A model that is asked through the Responses API of a server, over a `fetch`. */
export function modelOver(
  fetch: typeof globalThis.fetch,
  provider = 'openai',
  id = 'gpt-5.6',
): Model<OpenAIResponsesTypes> {
  return createResponsesModel(connection(fetch, provider), id, { isOpenAI: provider === 'openai' })
}

/** An event of any kind. */
export interface AnyEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/** A `fetch` that answers with a stream of these events, as OpenAI frames them. */
export function fetchEvents(events: readonly AnyEvent[]): typeof globalThis.fetch {
  return fetchText(framed(events))
}

/** Events in the framing of every recorded stream. */
export function framed(events: readonly AnyEvent[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

/** A `fetch` that answers with a text. */
export function fetchText(text: string, init: ResponseInit = {}): typeof globalThis.fetch {
  return async () => new Response(text, { headers: { 'content-type': 'text/event-stream' }, ...init })
}

/** A `fetch` that answers with JSON. */
export function fetchJson(body: unknown, status = 200): typeof globalThis.fetch {
  return async () => Response.json(body, { status })
}

/** A `fetch` that answers with bytes, cut at the given places. */
export function fetchReads(bytes: Uint8Array, places: readonly number[]): typeof globalThis.fetch {
  const edges = [0, ...places.toSorted((a, b) => a - b), bytes.length]
  const reads = edges.slice(1).map((edge, index) => bytes.slice(edges[index], edge))
  return async () => {
    const queue = [...reads]
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const next = queue.shift()
        if (next) controller.enqueue(next)
        else controller.close()
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
}
