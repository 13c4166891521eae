/** A server-sent event without a name, as chat completions have it. */
export function dataEvent(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`
}

/** A server-sent event whose name is its type, as the Responses API and Cohere have it. */
export function namedEvent(data: { readonly type?: unknown; readonly [field: string]: unknown }): string {
  return `event: ${String(data.type)}\ndata: ${JSON.stringify(data)}\n\n`
}

/** What ends a stream of chat completions, and of Cohere's chat. */
export const done = 'data: [DONE]\n\n'
