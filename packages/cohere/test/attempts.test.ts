import type { ServerResponse } from 'node:http'
import { type CohereOptions, createCohere as create } from '@interlingua/cohere'
import { failedAttempts, retry, type RetryEvent } from '@interlingua/core'
import { describe, expect, test, vi } from 'vitest'
import { failureOf } from './failure-of.ts'
import { answer, end, event as eventOf, json, serving, start, streamHead, text } from './serving.ts'
import { transports } from './transport.ts'
import { noWait } from '@interlingua/wrappers-test'

const modelId = 'command-a-03-2025'

/** Answers a request for a chat as it was asked, or the other endpoints. */
function succeed(response: ServerResponse, path = '/v2/chat', streamed = false): unknown {
  if (path.startsWith('/v2/chat'))
    return streamed ? streamHead(response).end(start + text('Read') + end) : json(response, answer)
  return json(
    response,
    JSON.stringify({
      tokens: [1],
      token_strings: ['a'],
      models: [],
      id: 'x',
      results: [],
      embeddings: { float: [[1]] },
    }),
  )
}

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const asks = {
    call: (cohere: ReturnType<typeof createCohere>) => cohere(modelId).call('Hi'),
    stream: (cohere: ReturnType<typeof createCohere>) => cohere(modelId).stream('Hi').response(),
    embed: (cohere: ReturnType<typeof createCohere>) =>
      cohere.embed('embed-v4.0').embed(['one'], { inputType: 'search_document' }),
    rerank: (cohere: ReturnType<typeof createCohere>) => cohere.rerank('rerank-v4.0-pro').rerank('sand', ['Dune']),
    tokenize: (cohere: ReturnType<typeof createCohere>) => cohere.tokenize('one', { model: modelId }),
    models: (cohere: ReturnType<typeof createCohere>) => cohere.models.list(),
  } as const
  type Kind = keyof typeof asks
  const kinds = Object.keys(asks) as Kind[]

  describe.each(kinds)('%s', (kind) => {
    const succeedAt = (attempt: number, fail: (response: ServerResponse) => unknown) =>
      serving((response, index, { url = '' }) =>
        index < attempt ? fail(response) : succeed(response, url, kind === 'stream'),
      )

    test.each([408, 409, 429, 500, 502, 503, 504, 529])('HTTP %i is sent again, three times in all', async (status) => {
      const events: RetryEvent[] = []
      const options: CohereOptions = {
        apiKey: 'key',
        retry: { wait: noWait, onRetry: (event) => void events.push(event) },
      }
      await using server = await succeedAt(2, (response) => json(response, '{}', status))
      const response = await asks[kind](createCohere({ ...options, baseURL: server.url }))
      expect(server.requests).toHaveLength(3)
      expect(events.map((event) => [event.attempt, event.error.status, event.error.attempts])).toEqual([
        [1, status, 1],
        [2, status, 1],
      ])
      expect(response.warnings.map(({ code }) => code)).toContain('failed_attempt')
      await using dead = await succeedAt(9, (failing) => json(failing, '{}', status))
      const error = await failureOf(asks[kind](createCohere({ ...options, baseURL: dead.url })))
      expect(error).toMatchObject({ status, attempts: 3, provider: 'cohere' })
      expect(failedAttempts(error)).toHaveLength(2)
      expect(dead.requests).toHaveLength(3)
    })

    test.each([400, 401, 403, 404, 422, 501])('HTTP %i is not', async (status) => {
      await using server = await succeedAt(1, (response) => json(response, '{}', status))
      expect(await failureOf(asks[kind](createCohere({ apiKey: 'key', baseURL: server.url })))).toMatchObject({
        status,
        attempts: 1,
      })
      expect(server.requests).toHaveLength(1)
    })

    test('a connection that breaks before anything of an answer has come', async () => {
      await using server = await succeedAt(2, (response) => response.destroy())
      await asks[kind](createCohere({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait } }))
      expect(server.requests).toHaveLength(3)
    })

    test('a deadline that expires', async () => {
      await using server = await succeedAt(1, () => {})
      await asks[kind](
        createCohere({ apiKey: 'key', baseURL: server.url, timeout: { firstByteMs: 200 }, retry: { wait: noWait } }),
      )
      expect(server.requests).toHaveLength(2)
    })

    test('the server’s word on whether to try again comes first, but for a quota', async () => {
      await using never = await succeedAt(1, (response) => json(response, '{}', 503, { 'x-should-retry': 'false' }))
      expect(await failureOf(asks[kind](createCohere({ apiKey: 'key', baseURL: never.url })))).toMatchObject({
        retryable: false,
      })
      await using always = await succeedAt(1, (response) => json(response, '{}', 400, { 'x-should-retry': 'true' }))
      await asks[kind](createCohere({ apiKey: 'key', baseURL: always.url, retry: { wait: noWait } }))
      const body = '{"message":"You are using a Trial key, which is limited to 1000 API calls / month."}'
      await using spent = await succeedAt(1, (response) => json(response, body, 429, { 'x-should-retry': 'true' }))
      expect(await failureOf(asks[kind](createCohere({ apiKey: 'key', baseURL: spent.url })))).toMatchObject({
        code: 'quota',
        attempts: 1,
      })
      expect([never, always, spent].map(({ requests }) => requests.length)).toEqual([1, 2, 1])
    })

    test('retry: false, of the provider or of the call', async () => {
      await using server = await succeedAt(9, (response) => json(response, '{}', 503))
      expect(
        await failureOf(asks[kind](createCohere({ apiKey: 'key', baseURL: server.url, retry: false }))),
      ).toMatchObject({ attempts: 1 })
      expect(server.requests).toHaveLength(1)
    })

    test('one key for all attempts of a call, and another one for the next call', async () => {
      await using server = await serving((response, index, { url = '' }) =>
        index % 3 < 2 ? json(response, '{}', 500) : succeed(response, url, kind === 'stream'),
      )
      const cohere = createCohere({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait } })
      await asks[kind](cohere)
      await asks[kind](cohere)
      const sent = server.requests.map(({ headers }) => headers)
      const keys = sent.map((headers) => headers['idempotency-key'])
      // A request that changes nothing needs none.
      if (kind === 'models') return expect(new Set(keys)).toEqual(new Set([undefined]))
      expect(keys[0]).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/)
      expect(keys).toEqual([keys[0], keys[0], keys[0], keys[3], keys[3], keys[3]])
      expect(keys[3]).not.toBe(keys[0])
      expect(sent.slice(0, 3).map((headers) => headers['x-retry-count'])).toEqual([undefined, '1', '2'])
    })
  })

  test.each([
    ['retry-after', '7', 7_000],
    ['retry-after-ms', '1234', 1_234],
    ['retry-after', new Date(Date.now() + 3_600_000).toUTCString(), undefined],
    ['retry-after', '61', undefined],
  ])('%s: %s', async (name, value, waited) => {
    await using server = await serving((response, index) =>
      index === 0 ? json(response, '{}', 503, { [name]: value }) : json(response, answer),
    )
    const waits: number[] = []
    const wait = async (ms: number): Promise<void> => void waits.push(ms)
    const policy = { wait, backOff: { random: () => 0 } }
    const call = createCohere({ apiKey: 'key', baseURL: server.url, retry: policy })(modelId).call('Hi')
    if (waited === undefined) {
      const error = await failureOf(call)
      expect(error.retryAfterMs).toBeGreaterThan(60_000)
      expect(server.requests).toHaveLength(1)
      return
    }
    await call
    expect(waits).toEqual([waited])
  })

  test('how long a provider’s word is heeded can be set', async () => {
    await using server = await serving((response, index) =>
      index === 0 ? json(response, '{}', 503, { 'retry-after': '90' }) : json(response, answer),
    )
    const policy = { wait: noWait, backOff: { maxRetryAfterMs: 100_000 } }
    await createCohere({ apiKey: 'key', baseURL: server.url, retry: policy })(modelId).call('Hi')
    expect(server.requests).toHaveLength(2)
  })

  test.each(['call', 'stream', 'tokenize'] as const)('an abort ends the wait at once: %s', async (kind) => {
    await using server = await serving((response) => json(response, '{}', 503, { 'retry-after': '50' }))
    const stop = new AbortController()
    const { signal } = stop
    const onRetry = (): void => stop.abort(new Error('enough'))
    const cohere = createCohere({ apiKey: 'key', baseURL: server.url, retry: { onRetry } })
    const ask = {
      call: () => cohere(modelId).call('Hi', { signal }),
      stream: () => cohere(modelId).stream('Hi', { signal }).response(),
      tokenize: () => cohere.tokenize('one', { model: modelId, signal }),
    }
    expect(await failureOf(ask[kind]())).toMatchObject({ code: 'aborted' })
    expect(server.requests).toHaveLength(1)
  })

  test('after the first text nothing is sent again', async () => {
    await using server = await serving((response) =>
      streamHead(response).write(start + text('Read'), () => response.destroy()),
    )
    const stream = createCohere({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait } })(modelId).stream('Hi')
    expect(await failureOf(stream.response())).toMatchObject({
      code: 'connection',
      attempts: 1,
      partial: { content: 'Read' },
    })
    expect(server.requests).toHaveLength(1)
  })

  test('nor after the first piece of a tool call', async () => {
    const toolCalls = { id: 'a', type: 'function', function: { name: 'look', arguments: '' } }
    const call = eventOf({ type: 'tool-call-start', index: 0, delta: { message: { tool_calls: toolCalls } } } as never)
    await using server = await serving((response) => streamHead(response).write(start + call, () => response.destroy()))
    const stream = createCohere({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait } })(modelId).stream('Hi')
    expect(await failureOf(stream.response())).toMatchObject({ code: 'connection', attempts: 1 })
    expect(server.requests).toHaveLength(1)
  })

  test('a stream that breaks after its first event, before any text, is sent again', async () => {
    await using server = await serving((response, index) =>
      index === 0 ? streamHead(response).write(start, () => response.destroy()) : succeed(response, undefined, true),
    )
    const stream = createCohere({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait } })(modelId).stream('Hi')
    let seen = ''
    for await (const piece of stream.text()) seen += piece
    expect([seen, server.requests.length]).toEqual(['Read', 2])
    expect(failedAttempts(await stream.response())).toHaveLength(1)
  })

  test.each([0, -1, 1.5, Number.NaN])('%d attempts are refused', async (attempts) => {
    expect(() => createCohere({ retry: { attempts } })).toThrow(
      expect.objectContaining({ code: 'invalid_request', field: 'retry.attempts' }),
    )
    const model = createCohere({ apiKey: 'key' })(modelId)
    await expect(model.call('Hi', { retry: { attempts } })).rejects.toMatchObject({ code: 'invalid_request' })
    expect(() => retry(model, { attempts })).toThrow(expect.objectContaining({ field: 'retry.attempts' }))
  })
})

test('the header can have another name and value, or none', async () => {
  await using server = await serving((response) => json(response, answer))
  const sentWith = async (options: CohereOptions['retry'], headers?: Record<string, string>) => {
    await create({ apiKey: 'key', baseURL: server.url, retry: options })(modelId).call('Hi', headers && { headers })
    return server.requests.at(-1)?.headers
  }
  expect(await sentWith({ idempotencyHeader: 'x-job', idempotencyKey: 'job-1' })).toMatchObject({ 'x-job': 'job-1' })
  expect(await sentWith({ idempotencyHeader: false })).not.toHaveProperty('idempotency-key')
  expect(await sentWith({}, { 'Idempotency-Key': 'mine' })).toMatchObject({ 'idempotency-key': 'mine' })
})

test('the bodies of failures are read or let go of: no connection stays behind', async () => {
  await using server = await serving((response, index) => {
    if (index < 2) response.writeHead(503, { 'content-type': 'text/plain' }).write('x'.repeat(300_000))
    else json(response, answer)
  })
  await create({ apiKey: 'key', baseURL: server.url, retry: { wait: noWait } })(modelId).call('Hi')
  await vi.waitUntil(() => server.open() === 0)
})
