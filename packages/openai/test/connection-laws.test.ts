import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { transports } from './transport.ts'
import { streamText } from './wire-bytes.ts'

const secret = 'sk-very-secret-key'
const piece = { id: 'x', choices: [{ index: 0, delta: { content: 'word ' }, finish_reason: null }] }

/** A server on the loopback, for as long as it is used. */
async function serving<Result>(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  use: (url: string) => Promise<Result>,
): Promise<Result> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    return await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

describe.each(transports)('over the $transport transport', ({ createOpenAI }) => {
  const modelAt = (baseURL: string) => createOpenAI({ apiKey: secret, baseURL })('gpt-5-mini')

  test.each(['break', 'cancel', 'signal'] as const)('law 7, stop means stop: %s closes the connection', async (way) => {
    let closed: Promise<unknown> | undefined
    const controller = new AbortController()
    await serving(
      (_, response) => {
        closed = once(response, 'close')
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(streamText([piece], ''))
      },
      async (url) => {
        const stream = modelAt(url).stream('Hi', { signal: controller.signal })
        const reading = async (): Promise<void> => {
          for await (const [chunk] of stream) {
            expect(chunk.content).toBe('word ')
            if (way === 'break') break
            if (way === 'cancel') stream.cancel()
            else controller.abort()
          }
        }
        if (way === 'break') await reading()
        else await expect(reading()).rejects.toMatchObject({ code: 'aborted' })
        await closed
        expect(stream.partial.content).toBe('word ')
      },
    )
  })

  test('law 11, no leak: the key is in no error, and goes to no other origin', async () => {
    let other = 0
    await serving(
      () => other++,
      (elsewhere) =>
        serving(
          (request, response) => {
            if (request.headers.authorization !== `Bearer ${secret}`) response.writeHead(500).end()
            else response.writeHead(307, { location: `${elsewhere}/chat/completions` }).end()
          },
          async (url) => {
            const error: unknown = await modelAt(url)
              .call('Hi')
              .catch((reason: unknown) => reason)
            expect(error).toMatchObject({ provider: 'openai', model: 'gpt-5-mini' })
            for (const shown of [inspect(error, { depth: 9 }), JSON.stringify(error)])
              expect(shown).not.toContain(secret)
          },
        ),
    )
    expect(other).toBe(0)
  })

  test('a server may echo the key, and the error does not', async () => {
    await serving(
      (_, response) => {
        response.writeHead(401, { 'content-type': 'application/json', 'x-request-id': 'req_1' })
        response.end(
          JSON.stringify({ error: { message: `Incorrect API key provided: ${secret}`, code: 'invalid_api_key' } }),
        )
      },
      async (url) => {
        const error: unknown = await modelAt(url)
          .stream('Hi')
          .response()
          .catch((reason: unknown) => reason)
        expect(error).toMatchObject({ code: 'authentication', status: 401, requestId: 'req_1', retryable: false })
        expect(inspect(error, { depth: 9 })).not.toContain(secret)
      },
    )
  })

  test('without retries one request is one request, also where the client would send it again', async () => {
    let count = 0
    await serving(
      (_, response) => {
        count++
        response.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '0' }).end('busy')
      },
      async (url) => {
        await expect(modelAt(url).call('Hi', { retry: false })).rejects.toMatchObject({
          code: 'overloaded',
          status: 503,
          retryable: true,
        })
      },
    )
    expect(count).toBe(1)
  })

  test('a server that is not there is an error of its own', async () => {
    await expect(modelAt('http://127.0.0.1:9').call('Hi')).rejects.toMatchObject({
      code: 'connection',
      retryable: true,
    })
  })
})

describe('what failures mean', () => {
  const [builtIn] = transports
  test.each([
    [
      429,
      { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } },
      'quota',
      false,
    ],
    [429, { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } }, 'rate_limit', true],
    [
      400,
      { error: { message: 'Too long', code: 'context_length_exceeded', param: 'messages' } },
      'context_length',
      false,
    ],
    [400, { error: { message: 'Filtered', code: 'content_filter' } }, 'content_filter', false],
    [400, { error: { message: 'Failed to call a function', code: 'tool_use_failed' } }, 'server', true],
    [400, { code: 'invalid-argument', error: 'Argument not supported' }, 'invalid_request', false],
    [401, { detail: 'Invalid API Key' }, 'authentication', false],
    [422, { detail: [{ loc: ['body', 'messages'], msg: 'Field required' }] }, 'invalid_request', false],
    [500, { error: { code: 500, message: 'boom' } }, 'server', true],
  ] as const)('%i %j is %s', async (status, body, code, retryable) => {
    const fetch: typeof globalThis.fetch = async () => Response.json(body, { status })
    const error: unknown = await builtIn
      ?.createOpenAI({ apiKey: 'key', fetch })('gpt-5-mini')
      .call('Hi')
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code, retryable, status })
  })

  test('the server may say itself whether to try again', async () => {
    const fetch: typeof globalThis.fetch = async () =>
      Response.json({ error: { message: 'No' } }, { status: 500, headers: { 'x-should-retry': 'false' } })
    const error: unknown = await builtIn
      ?.createOpenAI({ apiKey: 'key', fetch })('gpt-5-mini')
      .call('Hi')
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'server', retryable: false })
  })
})
