import { expect, test } from 'vitest'
import { cohereErrors, createSimulator } from '../src/index.ts'
import { ask, eventsOf, grammar, jsonOf, post, refused, typesOf } from './client.ts'

const body = ask('hello')

// The statuses of https://docs.cohere.com/reference/errors, with the beginnings of the documented texts.
test.each([
  ['expiredKey', 401, 'Your API key has expired.'],
  ['paymentRequired', 402, 'Please add or update your payment method'],
  ['billingLimit', 402, 'Maximum billing reached for this API key'],
  ['forbidden', 403, ''],
  ['requestTimeout', 408, ''],
  ['tooManyRequests', 429, 'You are past the per minute request limit, please wait and try again later.'],
  ['trialPerMinute', 429, 'You are using a Trial key, which is limited to 40 API calls / minute. You can continue'],
  ['trialPerMonth', 429, 'You are using a Trial key, which is limited to 1000 API calls / month.'],
  ['trialTokens', 429, 'trial token rate limit exceeded, limit is 100000 tokens per minute'],
  ['blockedToken', 498, ''],
  ['cancelled', 499, 'request cancelled'],
  ['internal', 500, ''],
  ['notImplemented', 501, ''],
] as const)('%s has the status %i and its text', async (name, status, text) => {
  const { fetch } = createSimulator({ scripts: [{ ...cohereErrors[name], times: 1 }] })
  for (const stream of [true, false]) {
    const own = createSimulator({ scripts: [cohereErrors[name]] })
    const response = await post(own.fetch, { ...body, stream })
    expect(response.headers.get('content-type')).toBe('application/json')
    const { id, message } = await jsonOf<{ id: string; message: string }>(response)
    expect([response.status, message.startsWith(text), message !== '']).toEqual([status, true, true])
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
  }
  await post(fetch, body)
  expect((await post(fetch, body)).status).toBe(200)
})

test.each(['unavailable', 'gatewayTimeout'] as const)('%s is plain text that is declared to be JSON', async (name) => {
  const { fetch } = createSimulator({ scripts: [cohereErrors[name]] })
  const response = await post(fetch, body)
  expect(response.status).toBe(name === 'unavailable' ? 503 : 504)
  expect(response.headers.get('content-type')).toBe('application/json')
  const text = await response.text()
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
})

test('a failure inside of a stream stops the plan, as recorded', async () => {
  const { fetch } = createSimulator({ scripts: [cohereErrors.insideStream] })
  const response = await post(fetch, { ...body, stream: true })
  expect(response.status).toBe(200)
  const events = eventsOf(await response.text())
  expect(typesOf(events)).toBe(`message-start ${'tool-plan-delta '.repeat(8)}message-end `)
  expect(typesOf(events)).toMatch(grammar)
  expect(events.at(-1)?.delta).toEqual({
    finish_reason: 'ERROR',
    usage: {},
    error: 'your request resulted in an invalid tool generation. Try updating the messages or tool definitions',
    error_type: 'INVALID_TOOL_GENERATION',
  })
})

test('a trial key is counted for each endpoint, and refused above its limits', async () => {
  let now = 0
  const clock = { now: () => now, sleep: () => Promise.resolve() }
  const { fetch } = createSimulator({ clock, cohere: { trial: { perMinute: 2, perMonth: 3 } } })
  const headers = (response: Response): (string | null)[] =>
    ['x-trial-endpoint-call-limit', 'x-trial-endpoint-call-remaining', 'x-endpoint-monthly-call-limit'].map((name) =>
      response.headers.get(name),
    )
  expect(headers(await post(fetch, body))).toEqual(['2', '1', '3'])
  expect(headers(await post(fetch, body))).toEqual(['2', '0', '3'])
  const third = await post(fetch, body)
  expect(headers(third)).toEqual(['2', '0', '3'])
  expect((await refused(Promise.resolve(third)))[1]).toMatch(
    /^You are using a Trial key, which is limited to 2 API calls \/ minute\./,
  )
  const tokens = await post(fetch, { model: 'command-a-03-2025', text: 'x' }, { path: '/v1/tokenize' })
  expect([tokens.status, ...headers(tokens)]).toEqual([200, '2', '1', '3'])
  now = 60_000
  expect((await post(fetch, body)).status).toBe(200)
  now = 120_000
  const [status, message] = await refused(post(fetch, body))
  expect(status).toBe(429)
  expect(message).toContain('limited to 3 API calls / month')
})

test('who is not let in is not counted, and without limits nothing is told', async () => {
  const { fetch } = createSimulator({ cohere: { trial: { perMinute: 1 } } })
  expect((await post(fetch, body, { headers: {} })).status).toBe(401)
  expect((await post(fetch, body)).headers.get('x-endpoint-monthly-call-limit')).toBe(null)
  expect((await post(createSimulator().fetch, body)).headers.get('x-trial-endpoint-call-limit')).toBe(null)
})

test('a deprecated model says so, and a removed one can be had back', async () => {
  const deprecated = { 'command-r': 'September 15 2025' }
  const { fetch } = createSimulator({ cohere: { deprecated } })
  // As recorded.
  const warning =
    "model 'command-r' is deprecated and will be removed September 15 2025. Please consider upgrading to a newer model to avoid future service disruptions"
  for (const stream of [true, false]) {
    const response = await post(fetch, { ...body, model: 'command-r', stream })
    expect([response.status, response.headers.get('x-api-warning')]).toEqual([200, warning])
  }
  expect((await post(fetch, body)).headers.get('x-api-warning')).toBe(null)
  const model = await fetch('https://api.cohere.com/v1/models/command-r', { headers: { authorization: 'Bearer x' } })
  expect(await jsonOf(model)).toMatchObject({ name: 'command-r', is_deprecated: true })
})
