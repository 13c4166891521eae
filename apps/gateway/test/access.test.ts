import { describe, expect, test } from 'vitest'
import { hashOf, makeKey, mayUse } from '../src/caller-key.ts'
import { providerKey, start } from './start.ts'

const messages = [{ role: 'user', content: 'Who wrote Dune?' }]
const chat = { model: 'cohere/command-a-03-2025', messages }

/** A caller of its own, and how it is configured. */
function caller(name: string, more: object = {}): { key: string; config: { name: string; hash: string } } {
  const { key, hash } = makeKey()
  return { key, config: { name, hash, ...more } }
}

const as = (key: string): RequestInit => ({ headers: { authorization: `Bearer ${key}` } })

describe('keys', () => {
  test('are random, and only their hash is kept', () => {
    const { key, hash } = makeKey()
    expect(key).toMatch(/^ilg_[\w-]{43}$/)
    expect(hash).toBe(hashOf(key))
    expect(hash).not.toContain(key)
    expect(makeKey().key).not.toBe(key)
  })

  test.each([
    [
      '/v1/chat/completions',
      { error: { code: 'invalid_api_key', type: 'invalid_request_error', message: expect.any(String) } },
    ],
    ['/v1/responses', { error: { code: 'invalid_api_key' } }],
    ['/v1/embeddings', { error: { code: 'invalid_api_key' } }],
    ['/v2/chat', { message: expect.stringContaining('api token') }],
    ['/v2/rerank', { message: expect.any(String) }],
  ])('are required, and refused in the words of the protocol: %s', async (path, body) => {
    await using started = await start()
    const wrong = await started.post(path, chat, as('ilg_wrong'))
    expect(wrong.status).toBe(401)
    expect(await wrong.json()).toMatchObject(body)
    const none = await fetch(`${started.url}${path}`, { method: 'POST', body: '{}' })
    expect(none.status).toBe(401)
    expect(started.simulator.requests).toEqual([])
  })

  test('metrics and models want one, too, and health does not', async () => {
    await using started = await start()
    expect((await fetch(`${started.url}/metrics`)).status).toBe(401)
    expect((await fetch(`${started.url}/v1/models`)).status).toBe(401)
    expect(await (await fetch(`${started.url}/health`)).json()).toEqual({ status: 'ok', in_flight: 0 })
  })

  test('of providers and of callers are in no answer, no header and no line of the log', async () => {
    await using started = await start(
      {},
      { scripts: [{ times: 1, status: 401, body: `{"message":"wrong: ${providerKey}"}` }] },
    )
    const answers = [await started.post('/v2/chat', chat), await started.post('/v1/chat/completions', chat)]
    const texts = await Promise.all(
      answers.map(async (answer) => `${JSON.stringify([...answer.headers])}${await answer.text()}`),
    )
    const told = `${texts.join('')}${started.lines.join('')}`
    expect(answers.map(({ status }) => status)).toEqual([502, 200])
    expect(told).not.toContain(providerKey)
    expect(told).not.toContain(started.key)
    expect(told).not.toContain('Who wrote Dune?')
    // The provider got its own key, and not the caller's.
    expect(JSON.stringify(started.simulator.requests)).not.toContain(started.key)
  })
})

describe('permissions', () => {
  test.each([
    [undefined, 'cohere/any', true],
    [['cohere/*'], 'cohere/command-a-03-2025', true],
    [['cohere/*'], 'openai/gpt-5-mini', false],
    [['cohere/*'], 'cohere-eu/command-a', false],
    [['fast'], 'fast', true],
    [['fast'], 'faster', false],
    [[], 'fast', false],
    [['*'], 'fast', true],
  ])('%j may use %s: %s', (models, name, expected) => {
    expect(mayUse({ name: 'a', models, limits: {} }, name)).toBe(expected)
  })

  test('a model that is not allowed is refused before anybody is asked', async () => {
    const narrow = caller('narrow', { models: ['fast'] })
    const models = { fast: 'cohere/command-r7b-12-2024' }
    await using started = await start({ models, keys: [narrow.config] })
    const refused = await started.post('/v1/chat/completions', chat, as(narrow.key))
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ error: { code: 'permission_denied', param: 'model' } })
    const allowed = await started.post('/v1/chat/completions', { ...chat, model: 'fast' }, as(narrow.key))
    expect(allowed.status).toBe(200)
    expect(started.simulator.requests).toHaveLength(1)
    const list = await fetch(`${started.url}/v1/models`, as(narrow.key))
    expect(await list.json()).toMatchObject({ data: [{ id: 'fast' }], interlingua: { providers: [] } })
  })
})

describe('limits', () => {
  test('requests are counted for each key', async () => {
    const limited = caller('limited', { limits: { requestsPerMinute: 2 } })
    await using started = await start({ keys: [limited.config] })
    const statuses: number[] = []
    for (let request = 0; request < 3; request += 1) {
      statuses.push((await started.post('/v2/chat', chat, as(limited.key))).status)
    }
    expect(statuses).toEqual([200, 200, 429])
    const refused = await started.post('/v1/chat/completions', chat, as(limited.key))
    expect(await refused.json()).toMatchObject({
      error: { code: 'rate_limit_exceeded', message: expect.stringContaining('2 requests a minute') },
    })
    const seconds = Number(refused.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(66)
    expect((await started.post('/v2/chat', chat)).status).toBe(200)
  })

  test.each([{ tokensPerMinute: 10 }, { tokensPerDay: 10 }, { usdPerDay: 0.000_001 }])(
    'what an answer came to counts against the next one: %j',
    async (limits) => {
      const limited = caller('limited', { limits })
      await using started = await start({ keys: [limited.config] })
      const first = await started.post('/v2/chat', { ...chat, stream: true }, as(limited.key))
      await first.text()
      expect((await started.post('/v2/chat', chat, as(limited.key))).status).toBe(429)
    },
  )

  test('so many requests at a time, for a key and for all', async () => {
    const limited = caller('limited', { limits: { concurrency: 1 } })
    await using started = await start(
      { keys: [limited.config], server: { maxConcurrency: 2 } },
      { pace: { tokensPerSecond: 5 } },
    )
    const leave = new AbortController()
    const running = await started.post(
      '/v2/chat',
      { ...chat, stream: true },
      { ...as(limited.key), signal: leave.signal },
    )
    expect((await started.post('/v2/chat', chat, as(limited.key))).status).toBe(429)
    const other = await started.post('/v2/chat', { ...chat, stream: true }, { signal: leave.signal })
    const third = await started.post('/v1/chat/completions', chat)
    expect(third.status).toBe(503)
    expect(await third.json()).toMatchObject({ error: { type: 'server_error', code: 'overloaded' } })
    expect([running.status, other.status]).toEqual([200, 200])
    leave.abort()
  })

  test('a body that is too large is not read, with a length that is announced and without', async () => {
    await using started = await start({ server: { maxBodyBytes: 500 } })
    const large = JSON.stringify({ ...chat, padding: 'x'.repeat(1_000) })
    const announced = await started.post('/v1/chat/completions', { ...chat, padding: 'x'.repeat(1_000) })
    expect(announced.status).toBe(413)
    expect(await announced.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
    const chunked = await fetch(`${started.url}/v2/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${started.key}` },
      body: new Blob([large]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(chunked.status).toBe(413)
    expect(await chunked.json()).toMatchObject({ message: expect.stringContaining('500 bytes') })
    expect(started.simulator.requests).toEqual([])
  })
})

test.each([
  ['/v1/chat/completions', '{', 400],
  ['/v1/chat/completions', '[]', 400],
  ['/v1/chat/completions', '{"model":"cohere/command-a-03-2025"}', 400],
  ['/v1/chat/completions', '{"model":"cohere/command-a-03-2025","messages":[{"role":"alien"}]}', 400],
  ['/v2/chat', '{"messages":[]}', 400],
  ['/v1/responses', '{"model":"cohere/command-a-03-2025","previous_response_id":"resp_1","input":"Hi"}', 400],
  ['/v1/nowhere', '{}', 404],
])('what is no request is refused: %s %s', async (path, body, status) => {
  await using started = await start()
  const response = await fetch(`${started.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${started.key}` },
    body,
  })
  expect(response.status).toBe(status)
  expect(started.simulator.requests).toEqual([])
})
