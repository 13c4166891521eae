import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on the loopback that does as it is told, and what it has seen. */
export interface Serving extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly IncomingMessage[]
  /** How many requests have neither been answered to the end nor been given up by the client. */
  readonly open: () => number
}

/** Serves requests, of which the first has the number 0. */
export async function serving(
  respond: (response: ServerResponse, index: number, request: IncomingMessage) => unknown,
): Promise<Serving> {
  const requests: IncomingMessage[] = []
  const open = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    requests.push(request)
    open.add(response)
    response.once('close', () => open.delete(response))
    request.resume().once('end', () => respond(response, requests.length - 1, request))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const dispose = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${port}`, requests, open: () => open.size, [Symbol.asyncDispose]: dispose }
}

/** The head of an event stream. */
export function streamHead(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  return response
}

/** An event of Cohere's v2 chat. */
export function event(value: { readonly type: string }): string {
  return `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`
}

/** The event that begins an answer, which says nothing yet. */
export const start: string = event({
  type: 'message-start',
  id: 'an-id',
  delta: { message: { role: 'assistant' } },
} as never)

/** An event that adds to the text. */
export function text(piece: string): string {
  const delta = { message: { content: { text: piece } } }
  return event({ type: 'content-delta', index: 0, delta } as never)
}

/** The event that ends an answer. */
export const end: string = event({
  type: 'message-end',
  delta: { finish_reason: 'COMPLETE', usage: { billed_units: { input_tokens: 1, output_tokens: 2 } } },
} as never)

/** A whole answer of Cohere's v2 chat. */
export const answer: string = JSON.stringify({
  id: 'an-id',
  finish_reason: 'COMPLETE',
  message: { role: 'assistant', content: [{ type: 'text', text: 'Read Dune' }] },
  usage: { billed_units: { input_tokens: 1, output_tokens: 2 } },
})

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  body: string,
  status = 200,
  headers: Record<string, string> = {},
): unknown {
  return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}
