import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import { isInterlinguaError } from '@interlingua/core'
import { expect, test } from 'vitest'
import { createCohere } from '@interlingua/cohere'

// The second one since Node 26.
const names = [Symbol.for('undici.globalDispatcher.2'), Symbol.for('undici.globalDispatcher.1')]

/** What the platform's own `fetch` sends through, with deadlines of its own that are shorter. */
async function hurried(timeouts: object): Promise<typeof globalThis.fetch> {
  // It is made with the first request.
  await fetch('http://127.0.0.1:1').catch(() => {})
  const usual = names.map((name): unknown => Reflect.get(globalThis, name)).find((found) => found !== undefined)
  const dispatcher: unknown = Reflect.construct((usual as object).constructor as new () => unknown, [timeouts])
  return (input, init) => fetch(input, Object.assign({}, init, { dispatcher }))
}

/** The error of a stream and of a call that a server answers so. */
async function errorsFrom(fetch: typeof globalThis.fetch, answer: RequestListener): Promise<unknown[]> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const model = createCohere({ apiKey: 'key', baseURL, fetch, retry: false })('command-a-03-2025')
  try {
    return [
      await model.call('Hi').catch((error: unknown) => error),
      await model
        .stream('Hi')
        .response()
        .catch((error: unknown) => error),
    ]
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** The codes of Node's own errors, at the bottom of the causes. */
function codesIn(error: unknown): unknown[] {
  return error instanceof Error ? [Reflect.get(error, 'code'), ...codesIn(error.cause)] : []
}

test('Node’s own deadline for headers is firstByte', async () => {
  const errors = await errorsFrom(await hurried({ headersTimeout: 50 }), () => {})
  for (const error of errors) {
    expect(error).toMatchObject({ code: 'timeout', deadline: 'firstByte', retryable: true, provider: 'cohere' })
    expect(codesIn(error)).toContain('UND_ERR_HEADERS_TIMEOUT')
  }
})

test('Node’s own deadline between bytes is idle', async () => {
  const fetch = await hurried({ bodyTimeout: 50 })
  const errors = await errorsFrom(fetch, ({ headers }, response) => {
    const isStream = headers.accept?.includes('event-stream')
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
    response.write(isStream ? 'data: {"type":"message-start","id":"x"}\n\n' : '{"id":')
  })
  for (const error of errors) {
    expect(error).toMatchObject({ code: 'timeout', deadline: 'idle', retryable: true, provider: 'cohere' })
    expect(codesIn(error)).toContain('UND_ERR_BODY_TIMEOUT')
  }
})

test('Node’s own deadline for connecting is connect', async () => {
  // As undici fails when a host takes no connection: a test has none that is sure not to.
  const connect = (_: unknown, callback: (error: Error) => void): void =>
    callback(Object.assign(new Error('Connect Timeout Error'), { code: 'UND_ERR_CONNECT_TIMEOUT' }))
  const errors = await errorsFrom(await hurried({ connect }), () => {})
  for (const error of errors) {
    expect(isInterlinguaError(error)).toBe(true)
    expect(error).toMatchObject({ code: 'timeout', deadline: 'connect', retryable: true })
  }
})
