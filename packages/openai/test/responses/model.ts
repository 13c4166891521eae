import OpenAI from 'openai'
import type { Model } from '@interlingua/core'
import { createOpenAI, type DialectName, type OpenAIOptions, type OpenAIResponsesTypes } from '@interlingua/openai'
import { fetchOf } from '../wire-bytes.ts'

/** A way to a model over a `fetch`, through the Responses API of a server. */
export type ModelOver = (
  fetch: typeof globalThis.fetch,
  dialect?: DialectName,
  id?: string,
) => Model<OpenAIResponsesTypes>

/** A model that is asked through the Responses API of a server, over a `fetch`. */
export const modelOver: ModelOver = (fetch, dialect = 'openai', id = 'gpt-5.6') =>
  createOpenAI({ api: 'responses', dialect, apiKey: 'key', fetch })(id)

/** The same through a client of OpenAI's SDK. */
const modelThroughClient: ModelOver = (fetch, dialect = 'openai', id = 'gpt-5.6') => {
  const client: OpenAIOptions['client'] = new OpenAI({ apiKey: 'key', fetch })
  return createOpenAI({ api: 'responses', dialect, client })(id)
}

/** Every way to a model: what holds for one must hold for the other. */
export const transports: readonly { readonly transport: string; readonly modelOver: ModelOver }[] = [
  { transport: 'built-in', modelOver },
  { transport: 'openai client', modelOver: modelThroughClient },
]

/** An event of any kind. */
export interface AnyEvent {
  readonly type: string
  readonly [key: string]: unknown
}

/** A `fetch` that answers with a stream of these events, as OpenAI frames them. */
export function fetchEvents(events: readonly AnyEvent[]): typeof globalThis.fetch {
  return fetchOf(framed(events))
}

/** Events in the framing of every recorded stream. */
export function framed(events: readonly AnyEvent[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

/** A `fetch` that answers with JSON. */
export function fetchJson(body: unknown, status = 200): typeof globalThis.fetch {
  return async () => Response.json(body, { status })
}
