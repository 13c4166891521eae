import { createServer } from 'node:http'
import { type CohereSdkClient, createCohere } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { CohereClient, CohereClientV2 } from 'cohere-ai'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { fetchOf } from './wire-bytes.ts'

const modelId = 'command-a-03-2025'

afterEach(() => vi.unstubAllEnvs())

interface Sent {
  readonly url: string
  readonly headers: Headers
}

/** A `fetch` that remembers what it was asked. */
function spy(answer: typeof globalThis.fetch = createSimulator().fetch) {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    sent.push({ url, headers: new Headers(init?.headers) })
    return answer(url.replace('/gateway', ''), init)
  }
  return { sent, fetch }
}

describe('what is sent', () => {
  test.each([
    ['CohereClientV2', CohereClientV2],
    ['CohereClient', CohereClient],
  ])('the key and the headers of a %s, and no key of ours', async (_, Client) => {
    vi.stubEnv('CO_API_KEY', 'from-environment')
    const { sent, fetch } = spy()
    const client = new Client({
      token: () => Promise.resolve('of-the-client'),
      headers: { 'x-tenant': 'books' },
      fetch,
    })
    const cohere = createCohere({ client, headers: { 'x-team': 'ours' } })
    const response = await cohere(modelId).call('Hi', { headers: { 'x-call': 'one' } })
    expect(response.content).not.toBe('')
    expect(sent).toHaveLength(1)
    expect(sent[0]?.url).toBe('https://api.cohere.com/v2/chat')
    expect(Object.fromEntries(sent[0]?.headers ?? [])).toMatchObject({
      authorization: 'Bearer of-the-client',
      'x-client-name': 'interlingua',
      'x-tenant': 'books',
      'x-team': 'ours',
      'x-call': 'one',
    })
  })

  test('the name that the client has', async () => {
    const { sent, fetch } = spy()
    await createCohere({ client: new CohereClientV2({ token: 'key', clientName: 'the-shop', fetch }) })(modelId).call(
      'Hi',
    )
    expect(sent[0]?.headers.get('x-client-name')).toBe('the-shop')
  })

  test('no key at all where the client has an empty one', async () => {
    const { sent, fetch } = spy()
    const client = new CohereClientV2({ token: '', fetch })
    await expect(createCohere({ client })(modelId).call('Hi')).rejects.toMatchObject({ status: 401 })
    expect(sent[0]?.headers.has('authorization')).toBe(false)
  })

  const address = 'https://cohere.example.com/gateway'
  test.each([
    ['baseUrl', { baseUrl: `${address}/` }, {}],
    ['environment', { environment: address }, {}],
    ['baseUrl before environment', { baseUrl: address, environment: 'https://elsewhere.example.com' }, {}],
    ['a function', { baseUrl: () => address }, {}],
    ['an async function', { environment: () => Promise.resolve(address) }, {}],
    ['baseURL of ours before all', { baseUrl: 'https://elsewhere.example.com' }, { baseURL: address }],
    ['baseURL of ours before a function', { baseUrl: () => 'https://elsewhere.example.com' }, { baseURL: address }],
  ])('to the address of the client: %s', async (_, settings, options) => {
    const { sent, fetch } = spy()
    const client = new CohereClientV2({ token: 'key', fetch, ...settings })
    const cohere = createCohere({ client, ...options })
    await cohere(modelId).call('Hi')
    await cohere(modelId).stream('Hi').response()
    expect(sent.map(({ url }) => url)).toEqual([`${address}/v2/chat`, `${address}/v2/chat`])
  })

  test('once for each attempt of ours, also where the client would try again', async () => {
    const { sent, fetch } = spy(fetchOf('{"message":"too fast"}', { status: 429 }))
    const client = new CohereClientV2({ token: 'key', fetch, maxRetries: 5 })
    const cohere = createCohere({ client, retry: { attempts: 2, wait: () => Promise.resolve() } })
    await expect(cohere(modelId).call('Hi')).rejects.toMatchObject({
      code: 'rate_limit',
      status: 429,
      retryable: true,
    })
    expect(sent).toHaveLength(2)
  })

  test('with the other endpoints alike', async () => {
    const { sent, fetch } = spy(fetchOf('{"models":[]}', { headers: { 'content-type': 'application/json' } }))
    const client = new CohereClientV2({ token: 'of-the-client', fetch })
    expect(await createCohere({ client }).models.list({ endpoint: 'chat' })).toHaveLength(0)
    expect(sent[0]?.url).toMatch(/^https:\/\/api\.cohere\.com\/v1\/models\?.*endpoint=chat/)
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer of-the-client')
  })

  test('through anything that has a fetch like the client’s', async () => {
    const { sent, fetch } = spy()
    const client: CohereSdkClient = {
      fetch: (input, init) => fetch(input, { ...init, headers: { authorization: 'Bearer key' } }),
    }
    await createCohere({ client })(modelId).call('Hi')
    expect(sent[0]?.url).toBe('https://api.cohere.com/v2/chat')
  })
})

describe('what cannot be', () => {
  test.each([{ apiKey: 'key' }, { fetch: createSimulator().fetch }])('a client and %o', (options) => {
    const client = new CohereClientV2({ token: 'key' })
    expect(() => createCohere({ client, ...options })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'client' }),
    )
  })

  test('a client that sends through a fetcher, which its fetch passes by', () => {
    const fetcher = () => Promise.reject(new Error('never called'))
    const client = new CohereClientV2({ token: 'key', fetcher })
    expect(() => createCohere({ client })).toThrow(expect.objectContaining({ code: 'unsupported', field: 'client' }))
  })

  test('a client without a key', async () => {
    vi.stubEnv('CO_API_KEY', undefined)
    const { sent, fetch } = spy()
    const answer = createCohere({ client: new CohereClientV2({ fetch }) })(modelId).call('Hi')
    await expect(answer).rejects.toMatchObject({
      code: 'authentication',
      retryable: false,
      message: expect.stringContaining('CO_API_KEY'),
    })
    expect(sent).toHaveLength(0)
  })

  test('a token that cannot be had keeps its cause', async () => {
    const cause = new Error('the vault is sealed')
    const client = new CohereClientV2({ token: () => Promise.reject(cause) })
    await expect(createCohere({ client })(modelId).call('Hi')).rejects.toMatchObject({ cause })
  })
})

describe('the client’s own deadline', () => {
  test('is an error of code timeout', async () => {
    const server = createServer(() => {})
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const environment = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const client = new CohereClientV2({ token: 'key', environment, timeoutInSeconds: 0.05 })
    await expect(createCohere({ client })(modelId).stream('Hi').response()).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
      provider: 'cohere',
    })
    server.close()
    server.closeAllConnections()
  })

  test('ends with the headers, and leaves no timer behind then', async () => {
    const timers = new Set<unknown>()
    const { setTimeout: begin, clearTimeout: end } = globalThis
    vi.spyOn(globalThis, 'setTimeout').mockImplementation((...args) => {
      const timer = begin(...args)
      if (args[1] === 77_000) timers.add(timer)
      return timer
    })
    vi.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => {
      timers.delete(timer)
      end(timer)
    })
    const client = new CohereClientV2({ token: 'key', timeoutInSeconds: 77, fetch: createSimulator().fetch })
    await createCohere({ client })(modelId).stream('Hi').response()
    expect(globalThis.setTimeout).toHaveBeenCalledWith(expect.any(Function), 77_000)
    vi.restoreAllMocks()
    expect(timers.size).toBe(0)
  })
})
