import { inspect } from 'node:util'
import type { CohereOptions } from '@interlingua/cohere'
import { isInterlinguaError } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { answer, end, event, serving, start, streamHead, text } from './serving.ts'
import { differsIn, transports } from './transport.ts'

const secret = 'sk-very+secret/key=0123'
/** How a server or a library may write a key. */
const spellings = [secret, btoa(secret), encodeURIComponent(secret)]

/** Everything that anyone may print of a value. */
function shown(value: unknown): string {
  const options = { showHidden: true, depth: Infinity, getters: true } as const
  const json = ((): string => {
    try {
      return JSON.stringify(value) ?? ''
    } catch {
      return ''
    }
  })()
  const stack = value instanceof Error ? `${value.stack}${String(value)}` : ''
  return inspect(value, options) + inspect(value, { ...options, getters: false }) + json + stack
}

function expectNoSecret(...values: readonly unknown[]): void {
  for (const value of values) for (const spelling of spellings) expect(shown(value)).not.toContain(spelling)
}

describe.each(transports)('over the $transport transport', ({ transport, createCohere }) => {
  const modelId = 'command-a-03-2025'

  test('provider, model, stream, response and embedding show no key', async () => {
    await using server = await serving((response, index) =>
      index === 0
        ? response.setHeader('content-type', 'application/json').end(answer)
        : streamHead(response).end(start + text('Read') + end),
    )
    const cohere = createCohere({ apiKey: secret, baseURL: server.url })
    const model = cohere(modelId)
    const response = await model.call('Hi')
    const stream = model.stream('Hi')
    const iterator = stream[Symbol.asyncIterator]()
    await iterator.next()
    expectNoSecret(
      cohere,
      model,
      cohere.embed('embed-v4.0'),
      stream,
      stream.partial,
      response,
      await stream.response(),
      stream,
    )
  })

  test('a key that a server echoes is in no message, header, body, cause or warning', async () => {
    const echo = spellings.join(' and ')
    await using server = await serving((response, index) => {
      const headers = {
        'x-echo': echo,
        'x-api-warning': echo,
        'set-cookie': `session=${secret}`,
        'x-debug-trace-id': secret,
      }
      if (index % 2 === 0)
        response
          .writeHead(400, { ...headers, 'content-type': 'application/json' })
          .end(JSON.stringify({ message: echo }))
      else response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(answer)
    })
    const cohere = createCohere({ apiKey: secret, baseURL: server.url })
    for (const ask of [() => cohere(modelId).call('Hi'), () => cohere.tokenize('Hi', { model: modelId })]) {
      const error = await ask().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(isInterlinguaError(error)).toBe(true)
      expectNoSecret(error, isInterlinguaError(error) && [error.headers, error.body, error.cause])
      expect(String(error)).toContain('[REDACTED]')
      const response = await cohere(modelId).call('Hi')
      expectNoSecret(response)
      expect(response.headers['set-cookie']).toBe('[REDACTED]')
    }
  })

  test('an error event of a stream that quotes the key', async () => {
    const broken = event({
      type: 'message-end',
      delta: { finish_reason: 'ERROR', error: `bad key ${secret}` },
    } as never)
    await using server = await serving((response) => streamHead(response).end(start + broken + `data: {${secret}\n\n`))
    const error = await createCohere({ apiKey: secret, baseURL: server.url, retry: false })(modelId)
      .stream('Hi')
      .response()
      .catch((reason: unknown) => reason)
    expect(isInterlinguaError(error)).toBe(true)
    expectNoSecret(error)
  })

  test.each(['x-api-key', 'api-key', 'cookie', 'proxy-authorization', 'x-auth-token', 'ocp-apim-subscription-key'])(
    'a secret in the header %s',
    async (name) => {
      const headers = { [name]: name === 'cookie' ? `theme=dark; session=${secret}` : secret }
      const options: CohereOptions = { apiKey: 'another-key', headers, retry: false }
      const quoting = (): Promise<Response> =>
        Promise.resolve(Response.json({ message: `no: ${secret}` }, { status: 403 }))
      const throwing = (): Promise<Response> =>
        Promise.reject(Object.assign(new Error('failed'), { request: { headers } }))
      for (const fetch of [quoting, throwing]) {
        const model = createCohere({ ...options, fetch })(modelId)
        const error = await model.call('Hi').catch((reason: unknown) => reason)
        expectNoSecret(error)
      }
      // Of the call alone.
      const model = createCohere({ apiKey: 'another-key', fetch: quoting, retry: false })(modelId)
      expectNoSecret(await model.call('Hi', { headers }).catch((reason: unknown) => reason))
    },
  )

  test.each([`${secret}\n`, `${secret}\nx-injected: 1`, `${secret}\u0000`, `${secret} and more`, `${secret}\u2028`])(
    'a key with what no header can hold: %j',
    async (apiKey) => {
      await using server = await serving((response) =>
        response.setHeader('content-type', 'application/json').end(answer),
      )
      const model = createCohere({ apiKey, baseURL: server.url, retry: false })(modelId)
      const error = await model.call('Hi').catch((reason: unknown) => reason)
      expectNoSecret(error)
      for (const { headers } of server.requests) expect(headers).not.toHaveProperty('x-injected')
    },
  )

  test('secrets in the address: they are not in errors, nor in what a response says of its request', async () => {
    const fetch = (): Promise<Response> =>
      Promise.resolve(new Response(answer, { headers: { 'content-type': 'application/json' } }))
    const baseURL = `https://gateway.test/v1?api_key=${encodeURIComponent(secret)}&path=`
    const response = await createCohere({ apiKey: 'any', baseURL, fetch })(modelId).call('Hi')
    expectNoSecret(response)
    expect(response.request?.url).toContain('gateway.test')
    // The platform refuses an address with a password, and quotes it.
    const withPassword = createCohere({
      apiKey: 'any',
      baseURL: `http://user:${encodeURIComponent(secret)}@127.0.0.1:9`,
      retry: false,
    })
    expectNoSecret(
      await withPassword(modelId)
        .call('Hi')
        .catch((reason: unknown) => reason),
    )
  })

  test('the key is not sent to another origin', async () => {
    await using elsewhere = await serving((response) =>
      response.setHeader('content-type', 'application/json').end(answer),
    )
    await using server = await serving((response) => response.writeHead(302, { location: elsewhere.url }).end())
    const model = createCohere({ apiKey: secret, baseURL: server.url, retry: false })(modelId)
    await expect(model.call('Hi')).rejects.toMatchObject({ code: 'protocol' })
    expect(elsewhere.requests.filter(({ headers }) => headers.authorization)).toEqual([])
    if (!differsIn('redirects', transport)) expect(elsewhere.requests).toEqual([])
  })
})
