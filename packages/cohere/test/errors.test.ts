import { createServer, type RequestListener } from 'node:http'
import { inspect } from 'node:util'
import { type CohereOptions, cohere } from '@interlingua/cohere'
import { InterlinguaError, isInterlinguaError } from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { differsIn, transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ transport, createCohere }) => {
  const modelId = 'command-a-03-2025'
  const secret = 'sk-very-secret-key'

  afterEach(() => vi.unstubAllEnvs())

  /** The error of the same request, streamed and not: they must be of one kind. */
  async function failure(options: CohereOptions, prompt = 'Hi', id = modelId): Promise<InterlinguaError> {
    const model = createCohere({ apiKey: secret, retry: false, ...options })(id)
    const caught = async (answer: Promise<unknown>): Promise<InterlinguaError> => {
      const error = await answer.then(() => 'no error').catch((reason: unknown) => reason)
      if (!isInterlinguaError(error)) throw new TypeError(`expected an InterlinguaError, got ${inspect(error)}`)
      expect(error).toMatchObject({ provider: 'cohere', model: id })
      for (const shown of [inspect(error, { depth: 9 }), JSON.stringify(error), String(error.stack)]) {
        expect(shown).not.toContain(secret)
      }
      return error
    }
    const called = await caught(model.call(prompt))
    const streamed = await caught(model.stream(prompt).response())
    expect(streamed.code).toBe(called.code)
    return called
  }

  async function serving<Result>(listener: RequestListener, use: (url: string) => Promise<Result>): Promise<Result> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    try {
      return await use(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`)
    } finally {
      server.close()
      server.closeAllConnections()
    }
  }

  const scripted = (script: Script): CohereOptions => ({ fetch: createSimulator({ scripts: [script] }).fetch })

  describe('the key', () => {
    test('a missing one names the variables and the option', async () => {
      vi.stubEnv('CO_API_KEY', undefined)
      vi.stubEnv('COHERE_API_KEY', undefined)
      const error = await cohere(modelId)
        .call('Hi')
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'authentication', retryable: false })
      expect(String(error)).toMatch(/CO_API_KEY or COHERE_API_KEY/)
      expect(String(error)).toContain('createCohere({ apiKey })')
    })

    test.each(differsIn('environment', transport) ? ['CO_API_KEY'] : ['CO_API_KEY', 'COHERE_API_KEY'])(
      '%s is read when the request is sent, and trimmed',
      async (variable) => {
        vi.stubEnv('CO_API_KEY', undefined)
        vi.stubEnv('COHERE_API_KEY', undefined)
        const seen: (string | null)[] = []
        const fetch = createSimulator().fetch
        const spy: typeof fetch = (input, init) => {
          seen.push(new Headers(init?.headers).get('authorization'))
          return fetch(input, init)
        }
        const model = createCohere({ fetch: spy })(modelId)
        vi.stubEnv(variable, 'from-environment\n')
        await model.call('Hi')
        expect(seen).toEqual(['Bearer from-environment'])
      },
    )

    test('one with a line break inside is refused without being shown', async () => {
      const error = await failure({ apiKey: `${secret}\nmore` })
      expect(error.code).toBe('authentication')
      expect(error.cause).toBeUndefined()
    })

    test('an empty one sends no header, for deployments without keys', async () => {
      const simulator = createSimulator()
      const error = await failure({ apiKey: '', fetch: simulator.fetch })
      expect(error).toMatchObject({ code: 'authentication', status: 401 })
      expect(simulator.requests[0]?.headers).not.toHaveProperty('authorization')
    })

    test('one that the server does not accept', async () => {
      const error = await failure({ apiKey: 'invalid', fetch: createSimulator().fetch })
      expect(error).toMatchObject({
        code: 'authentication',
        status: 401,
        message: expect.stringContaining('dashboard.cohere.com'),
      })
    })
  })

  describe('what the server refuses', () => {
    test('an unknown model', async () => {
      const error = await failure({ fetch: createSimulator().fetch }, 'Hi', 'command-z')
      expect(error).toMatchObject({ code: 'not_found', status: 404, retryable: false })
      expect(error.message).toContain("model 'command-z' not found")
      expect(error.message).toContain('https://docs.cohere.com/docs/models')
      expect(error.requestId).toMatch(/\w/)
    })

    // Statuses and messages: https://docs.cohere.com/reference/errors, and Cohere's own texts where they were recorded.
    test.each([
      [400, 'invalid request: document at index 0 cannot be empty', 'invalid_request', false],
      [400, 'too many tokens: total number of tokens in the prompt cannot exceed 256000', 'context_length', false],
      [400, 'too many tokens: max tokens must be less than or equal to 4096', 'invalid_request', false],
      [402, 'billing limit reached', 'quota', false],
      [403, 'forbidden', 'permission', false],
      [422, 'unknown field: parameter name is not a valid field.', 'invalid_request', false],
      [429, 'You are using a Trial key, which is limited to 40 API calls / minute.', 'rate_limit', true],
      [429, 'You are using a Trial key, which is limited to 1000 API calls / month.', 'quota', false],
      [498, 'a deny-listed token was found', 'content_filter', false],
      [499, 'request cancelled', 'connection', true],
      [500, 'internal server error', 'server', true],
      [501, 'not implemented', 'server', false],
      [503, 'service unavailable', 'overloaded', true],
      [504, 'gateway timeout', 'timeout', true],
    ] as const)('%i %s', async (status, message, code, retryable) => {
      const body = JSON.stringify({ id: 'an-id', message })
      const error = await failure(
        scripted({ status, body, headers: { 'content-type': 'application/json', 'x-debug-trace-id': 'trace' } }),
      )
      expect(error).toMatchObject({ code, status, retryable, body, requestId: 'trace' })
      expect(error.message).toContain(message)
    })

    test('plain text from a proxy under a JSON content type', async () => {
      const body = 'upstream connect error or disconnect/reset before headers'
      const error = await failure(scripted({ status: 503, body, headers: { 'content-type': 'application/json' } }))
      expect(error).toMatchObject({ code: 'overloaded', status: 503, message: expect.stringContaining(body) })
    })

    test('an error without a body', async () => {
      expect(await failure(scripted({ status: 502 }))).toMatchObject({ code: 'server', status: 502, retryable: true })
    })

    test('an error whose body never ends is read no further than needed', async () => {
      const error = await failure(scripted({ status: 500, body: 'x'.repeat(10_000_000) }))
      expect(error.body?.length).toBeLessThan(1_000_000)
      expect(error.message.length).toBeLessThan(1_000)
    })
  })

  describe('what is no answer', () => {
    test('an empty prompt never leaves', async () => {
      const simulator = createSimulator()
      const model = createCohere({ apiKey: secret, fetch: simulator.fetch })(modelId)
      for (const prompt of ['', ' \n', []]) {
        await expect(model.call(prompt)).rejects.toMatchObject({
          code: 'invalid_request',
          message: expect.stringContaining('prompt is empty'),
        })
        await expect(model.stream(prompt).response()).rejects.toMatchObject({ code: 'invalid_request' })
      }
      expect(simulator.requests).toHaveLength(0)
    })

    test('a prompt function that throws', async () => {
      const cause = new Error('no such genre')
      const model = createCohere({ apiKey: secret, fetch: createSimulator().fetch })(modelId)
      const prompt = (): string => {
        throw cause
      }
      await expect(model.call(prompt)).rejects.toMatchObject({
        code: 'prompt',
        cause,
        message: expect.stringContaining('no such genre'),
      })
      await expect(model.stream(prompt).response()).rejects.toMatchObject({ code: 'prompt', cause })
    })

    test('a server that is not there', async () => {
      const url = await serving(
        () => {},
        async (address) => address,
      )
      const error = await failure({ baseURL: url })
      expect(error).toMatchObject({ code: 'connection', retryable: true })
      expect(error.message).toContain(url)
      expect(error.message).toContain('ECONNREFUSED')
      expect(error.message).toContain('baseURL')
      expect(error.cause).toBeInstanceOf(Error)
    })

    test.each(['text/html; charset=utf-8', 'text/event-stream'])('HTML as %s', async (type) => {
      const body = '<!doctype html><title>Sign in to the network</title>'
      const error = await failure(scripted({ body, headers: { 'content-type': type } }))
      expect(error.code).toBe('protocol')
      expect(error.message).toContain('Sign in to the network')
    })

    test('JSON that is not an object, and JSON in place of a stream', async () => {
      expect((await failure(scripted({ body: '[1]', headers: { 'content-type': 'application/json' } }))).code).toBe(
        'protocol',
      )
      const model = createCohere({
        apiKey: secret,
        ...scripted({ body: '{"id":"x"}', headers: { 'content-type': 'application/json' } }),
      })
      await expect(model(modelId).stream('Hi').response()).rejects.toMatchObject({
        code: 'protocol',
        message: expect.stringContaining('{"id":"x"}'),
      })
    })

    test('an event that is not JSON keeps what came before it', async () => {
      const start =
        'event: content-delta\ndata: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Read"}}}}\n\n'
      const body = `${start}data: {"type": oops\n\n${start}`
      const model = createCohere({
        apiKey: secret,
        ...scripted({ body, headers: { 'content-type': 'text/event-stream' } }),
      })(modelId)
      const error = await model
        .stream('Hi')
        .response()
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({
        code: 'protocol',
        message: expect.stringContaining('oops'),
        partial: { content: 'Read' },
      })
      expect(error).toHaveProperty('cause.name', 'SyntaxError')
    })

    test('a redirect is an error, and the key stays', async () => {
      const visits: (string | undefined)[] = []
      await serving(
        (request, response) => {
          visits.push(request.headers.authorization)
          response.end('{}')
        },
        async (elsewhere) =>
          serving(
            (_, response) => response.writeHead(307, { location: elsewhere }).end(),
            async (baseURL) => {
              const error = await failure({ baseURL })
              expect(error).toMatchObject({ code: 'protocol', message: expect.stringContaining('baseURL') })
              if (!differsIn('status', transport)) expect(error.status).toBe(307)
            },
          ),
      )
      expect(visits).toEqual(differsIn('redirects', transport) ? [undefined, undefined] : [])
    })

    test('a header that HTTP does not allow is named, and its value is not shown', async () => {
      const model = createCohere({ apiKey: secret, fetch: createSimulator().fetch })(modelId)
      const error = await model
        .call('Hi', { headers: { 'x-tenant': 'hidden\nvalue' } })
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('"x-tenant"') })
      expect(inspect(error, { depth: 9 })).not.toContain('hidden')
    })
  })

  test('errors are told apart by code, also from another copy of the package', () => {
    const error = new InterlinguaError({ code: 'server', message: 'no luck', cause: new Error('why') })
    const foreign: unknown = Object.assign(new Error('from elsewhere'), { [Symbol.for('interlingua.error')]: true })
    expect([error, foreign, new Error('plain'), { code: 'server' }, null].map(isInterlinguaError)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'InterlinguaError',
      code: 'server',
      message: 'no luck',
      retryable: false,
      cause: 'Error: why',
    })
  })
})
