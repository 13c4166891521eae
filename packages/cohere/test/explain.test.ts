import { type CohereParams, createCohere } from '@interlingua/cohere'
import {
  defineCall,
  fallback,
  isInterlinguaError,
  jsonSchema,
  type Message,
  middleware,
  override,
  retry,
  structured,
} from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { wrappers } from '@interlingua/wrappers-test'

const key = 'a-secret-key-of-mine'

function setUp(options: { readonly apiKey?: string } = { apiKey: key }) {
  const simulator = createSimulator()
  const cohere = createCohere({ ...options, fetch: simulator.fetch, headers: { 'x-team': 'books' } })
  return { simulator, cohere, model: cohere('command-a-03-2025'), fetch: simulator.fetch }
}

const titled = jsonSchema<{ title: string }>({
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
  additionalProperties: false,
})

const text = fc.string({ minLength: 1 }).filter((each) => each.trim() !== '')
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ role: fc.constant('user' as const), content: text }),
  fc.record({ role: fc.constant('system' as const), content: text }),
  fc.record({ role: fc.constant('assistant' as const), content: text }),
)
const tool = fc.record({ name: fc.stringMatching(/^[a-z_]{1,9}$/), description: text, parameters: fc.constant({}) })
const params: fc.Arbitrary<CohereParams> = fc.record(
  {
    temperature: fc.double({ min: 0, max: 1, noNaN: true }),
    maxTokens: fc.integer({ min: 1, max: 20 }),
    // Also what Cohere does not take, which is told in warnings.
    topP: fc.double({ min: 0, max: 2, noNaN: true }),
    seed: fc.nat(),
    stop: fc.array(text, { minLength: 1, maxLength: 3 }),
    documents: fc.array(text, { minLength: 1, maxLength: 2 }),
    safetyMode: fc.constantFrom('CONTEXTUAL' as const, 'STRICT' as const),
  },
  { requiredKeys: [] },
)

describe.each(wrappers.slice(0, 9))('an explanation through $wrapper', ({ wrap }) => {
  test('has the body that is sent, whatever is asked', async () => {
    const cases = fc.record({
      messages: fc.array(message, { minLength: 1, maxLength: 4 }),
      tools: fc.option(fc.uniqueArray(tool, { maxLength: 2, selector: ({ name }) => name }), { nil: undefined }),
      params,
      stream: fc.boolean(),
      dynamic: fc.boolean(),
    })
    let compared = 0
    await fc.assert(
      fc.asyncProperty(cases, async ({ messages, tools, params: chosen, stream, dynamic }) => {
        const simulator = createSimulator()
        const sent: { url: string; method: string; body: unknown; headers: Headers }[] = []
        const fetch: typeof globalThis.fetch = async (input, init) => {
          const request = new Request(input, init)
          const { url, method, headers } = request
          sent.push({ url, method, headers, body: await request.json() })
          return simulator.fetch(input, init)
        }
        const model = wrap(createCohere({ apiKey: key, fetch })('command-a-03-2025'))
        const options = { tools, ...chosen }
        const prompt = dynamic ? () => ({ ...options, messages }) : messages
        const given = dynamic ? {} : options
        const settled = async <Value>(promise: Promise<Value>): Promise<Value | string> =>
          promise.catch((error: unknown) => (isInterlinguaError(error) ? error.code : String(error)))
        const explained = await settled(model.explain(prompt, given, { stream }))
        expect(sent).toEqual([])
        const answer = await settled(stream ? model.stream(prompt, given).response() : model.call(prompt, given))
        const [request] = sent
        // What cannot be sent is refused in the same way.
        if (typeof explained === 'string' || !request) return expect(explained).toBe(answer)
        compared++
        expect(explained.body).toEqual(request.body)
        expect(explained).toMatchObject({ url: request.url, method: request.method, messages })
        expect(Object.keys(explained.headers)).toEqual([...request.headers.keys()])
        expect(JSON.stringify(explained)).not.toContain(key)
        if (typeof answer !== 'string') expect(answer.warnings).toEqual(explained.warnings)
        return undefined
      }),
      { numRuns: 60 },
    )
    expect(compared).toBeGreaterThan(10)
  })
})

describe('an explanation', () => {
  afterEach(() => void vi.unstubAllEnvs())

  test('shows the headers without what is secret', async () => {
    const { model } = setUp()
    const { headers, method, url, provider } = await model.explain('Hi', { headers: { 'x-api-key': 'another secret' } })
    expect(headers).toEqual({
      accept: 'application/json',
      authorization: 'Bearer [REDACTED]',
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-api-key': '[REDACTED]',
      'x-client-name': 'interlingua',
      'x-team': 'books',
    })
    expect({ method, url, provider }).toEqual({
      method: 'POST',
      url: 'https://api.cohere.com/v2/chat',
      provider: 'cohere',
    })
  })

  test('of v1 is v1’s', async () => {
    const simulator = createSimulator()
    const v1 = createCohere({ api: 'v1', apiKey: key, fetch: simulator.fetch })('command-r-08-2024')
    const explained = await v1.explain('Hi')
    expect(explained.url).toBe('https://api.cohere.com/v1/chat')
    await v1.call('Hi')
    expect(explained.body).toEqual(simulator.requests[0]?.body)
  })

  test('needs no key, and says that there is none', async () => {
    vi.stubEnv('CO_API_KEY', undefined)
    vi.stubEnv('COHERE_API_KEY', undefined)
    const { model } = setUp({})
    const { headers, body, warnings } = await model.explain('Hi')
    expect(headers).not.toHaveProperty('authorization')
    expect(headers).toMatchObject({ accept: 'application/json', 'x-team': 'books' })
    expect(body).toMatchObject({ model: 'command-a-03-2025' })
    expect(warnings).toEqual([
      { code: 'authentication', field: 'apiKey', message: expect.stringContaining('there is no API key. Set the') },
    ])
    await expect(model.call('Hi')).rejects.toMatchObject({ code: 'authentication' })
  })

  test('tells of what cannot be sent, in the same words as the response', async () => {
    const { model } = setUp()
    const { warnings, body } = await model.explain('Hi', { topP: 2 })
    expect(warnings).toMatchObject([{ code: 'unsupported', field: 'topP' }])
    expect(warnings).toEqual((await model.call('Hi', { topP: 2 })).warnings)
    expect(body).toMatchObject({ p: 0.99 })
    await expect(model.explain('Hi', { topP: 2, onUnsupported: 'error' })).rejects.toMatchObject({
      code: 'unsupported',
      provider: 'cohere',
    })
    await expect(model.explain('')).rejects.toMatchObject({ code: 'invalid_request', provider: 'cohere' })
  })

  test('of a fallback is of its first model', async () => {
    const { cohere } = setUp()
    const model = fallback([cohere('command-r-08-2024'), cohere('command-a-03-2025')])
    expect(await model.explain('Hi')).toMatchObject({ model: 'command-r-08-2024' })
  })

  test('has what an override, a structured model and a hook add', async () => {
    const { model, simulator } = setUp()
    const hooked = middleware(override(model, { seed: 3 }), {
      request: ({ messages }) => ({ prompt: [{ role: 'system', content: 'Be brief' }, ...messages] }),
    })
    const librarian = structured(retry(hooked), titled, { mode: 'prompted' })
    const explained = await librarian.explain('A book?', { maxTokens: 5 })
    const stream = librarian.stream('A book?', { maxTokens: 5 })
    await stream.response().catch(() => {})
    expect(explained.body).toMatchObject({ seed: 3, max_tokens: 5, stream: false })
    expect({ ...explained.body, stream: true }).toEqual(simulator.requests[0]?.body)
    expect(JSON.stringify(explained.messages)).toMatch(/Be brief.*JSON Schema/)
  })

  test('is told to the hooks that shape requests, and to no others', async () => {
    const { model, simulator } = setUp()
    const hooks = { request: vi.fn(), response: vi.fn(), error: vi.fn(), finish: vi.fn() }
    const watched = middleware(model, hooks)
    await watched.explain('Hi')
    expect(hooks.request.mock.calls).toMatchObject([[{ explained: true, streamed: false }]])
    expect(hooks.finish.mock.calls).toMatchObject([[{ outcome: 'explained' }, { explained: true }]])
    expect(hooks.response).not.toHaveBeenCalled()
    await watched.call('Hi')
    expect(hooks.request).toHaveBeenLastCalledWith(expect.objectContaining({ explained: false }))
    expect(simulator.requests).toHaveLength(1)
    const failing = middleware(model, { ...hooks, request: () => ({ prompt: '' }) })
    await expect(failing.explain('Hi')).rejects.toMatchObject({ code: 'invalid_request' })
    expect(hooks.finish.mock.calls.at(-1)?.[0]).toMatchObject({
      outcome: 'explained',
      error: { code: 'invalid_request' },
    })
    expect(hooks.error).not.toHaveBeenCalled()
  })

  test('of a call that a hook answers itself is refused: there is no request', async () => {
    const { model } = setUp()
    const response = await model.call('Hi')
    const cached = middleware(model, { request: () => ({ response }) })
    await expect(cached.explain('Hi')).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('nothing would be sent'),
    })
  })

  test('stops with its signal', async () => {
    const { model } = setUp()
    await expect(model.explain('Hi', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
  })
})

describe('a call', () => {
  test('shows its messages, and what it would send with its output and its arguments', async () => {
    const { model, simulator } = setUp()
    const ask = defineCall({ model, output: titled, prompt: (genre: string) => `A ${genre} book`, maxTokens: 50 })
    expect(await ask.messages('fantasy')).toEqual([{ role: 'user', content: 'A fantasy book' }])
    const [whole, streamed] = await Promise.all([ask.explain('fantasy'), ask.explain.stream('fantasy')])
    expect(simulator.requests).toHaveLength(0)
    await ask('fantasy')
    await ask.stream('fantasy').response()
    expect([whole.body, streamed.body]).toEqual(simulator.requests.map(({ body }) => body))
    expect(whole.body).toMatchObject({ response_format: { type: 'json_object' } })
  })
})
