import { expect, test } from 'vitest'
import { createSimulator, openaiErrors, type Script } from '../src/index.ts'
import { ask, jsonOf, post } from './client.ts'

const bearer = { authorization: 'Bearer test', 'content-type': 'application/json' }

function chat(fetch: typeof globalThis.fetch, content = 'x', more: object = {}): Promise<Response> {
  const body = JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content }], ...more })
  return fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', headers: bearer, body })
}

interface Chat {
  choices: { message: { content: string; annotations: unknown[]; tool_calls?: { function: unknown }[] } }[]
  usage: { prompt_tokens: number; completion_tokens: number }
}

async function chatOf(response: Response): Promise<Chat> {
  return JSON.parse(await response.text())
}

const script: Script = {
  text: 'See example.',
  citations: [{ start: 4, end: 11, url: 'https://example.com/', title: 'Example' }],
  usage: { inputTokens: 5, outputTokens: 7 },
}

test('one script answers both vendors', async () => {
  const { fetch } = createSimulator({ scripts: [script] })
  const openai = await chatOf(await chat(fetch))
  expect(openai.choices[0]?.message.content).toBe('See example.')
  expect(openai.choices[0]?.message.annotations).toMatchObject([{ type: 'url_citation' }])
  expect(openai.usage).toMatchObject({ prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 })
  const cohere = await jsonOf(await post(fetch, ask('x')))
  expect(cohere.message).toMatchObject({
    content: [{ type: 'text', text: 'See example.' }],
    citations: [{ start: 4, end: 11, text: 'example', sources: [{ id: 'https://example.com/' }] }],
  })
  expect(cohere.usage.billed_units).toEqual({ input_tokens: 5, output_tokens: 7 })
})

test('one error is written in the form of each', async () => {
  const { fetch } = createSimulator({ scripts: [openaiErrors.rateLimit] })
  const openai = await chat(fetch)
  expect([openai.status, openai.headers.get('retry-after-ms')]).toEqual([429, '20'])
  expect(JSON.parse(await openai.text())).toMatchObject({
    error: { type: 'requests', code: 'rate_limit_exceeded', param: null },
  })
  const cohere = await post(fetch, ask('x'))
  expect(cohere.status).toBe(429)
  expect(JSON.parse(await cohere.text())).toEqual({
    id: expect.any(String),
    message: expect.stringContaining('Rate limit'),
  })
})

// By https://platform.openai.com/docs/guides/error-codes: the status, and the code where there is one.
test.each([
  ['insufficientQuota', 429, 'insufficient_quota'],
  ['rateLimit', 429, 'rate_limit_exceeded'],
  ['country', 403, 'unsupported_country_region_territory'],
  ['permission', 403, undefined],
  ['conflict', 409, undefined],
  ['serverError', 500, undefined],
  ['overloaded', 503, undefined],
] as const)('openaiErrors.%s has the status %i', async (name, status, code) => {
  const { fetch } = createSimulator({ scripts: [{ ...openaiErrors[name], times: 1 }] })
  const body = JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] })
  const headers = { authorization: 'Bearer any', 'content-type': 'application/json' }
  const again = (): Promise<Response> =>
    fetch('https://api.openai.com/v1/chat/completions', { method: 'POST', headers, body })
  const response = await again()
  const { error }: { error: { message: string; code: string | null } } = JSON.parse(await response.text())
  expect([response.status, error.message !== '']).toEqual([status, true])
  if (code !== undefined) expect(error.code).toBe(code)
  expect((await again()).status).toBe(200)
})

test('conditions are data', async () => {
  const { fetch } = createSimulator({
    scripts: [
      { when: { path: '/v1/*', tool: 'f' }, text: 'tool' },
      { when: { pattern: '^weather in \\w+' }, text: 'pattern' },
      { when: { model: 'gpt-4o', stream: false, text: 'HELLO' }, text: 'text' },
      { text: 'else' },
    ],
  })
  const tools = [{ type: 'function', function: { name: 'f' } }]
  const said = async (...args: [string, object?]): Promise<unknown> =>
    (await chatOf(await chat(fetch, ...args))).choices[0]?.message.content
  expect(await said('x', { tools })).toBe('tool')
  expect(await said('Weather in Paris')).toBe('pattern')
  expect(await said('Oh, hello')).toBe('text')
  expect(await said('x')).toBe('else')
})

test('a strict simulator says which script was nearest', async () => {
  const simulator = createSimulator({
    strict: true,
    scripts: [
      { when: { path: '/v2/chat', model: 'command' }, text: 'far' },
      { when: { model: 'gpt-4o', text: 'hello' }, times: 1, text: 'Hi!' },
    ],
  })
  expect((await chat(simulator.fetch, 'Hello')).status).toBe(200)
  const refused = await chat(simulator.fetch, 'Hello')
  expect(refused.status).toBe(400)
  const message =
    'No script is for request 1: POST /v1/chat/completions, "Hello". The nearest is scripts[1]; it does not fit by times: it was for 1 and is used up.'
  expect(JSON.parse(await refused.text())).toMatchObject({ error: { message, code: 'unscripted_request' } })
  expect(simulator.unscripted).toEqual([message])
  await chat(simulator.fetch, 'Bye')
  expect(simulator.unscripted[1]).toContain('scripts[1]; it does not fit by text: wanted "hello", got "Bye"; times:')
  simulator.clear()
  expect(simulator.unscripted).toEqual([])
  expect((await chat(simulator.fetch, 'Hello')).status).toBe(200)
})

test('a running server tells what it was asked, and forgets it', async () => {
  const simulator = createSimulator()
  await using server = await simulator.listen()
  await (await chat((_, init) => fetch(`${server.url}/v1/chat/completions`, init))).text()
  const records: { path: string; status: number; headers: Record<string, string> }[] = JSON.parse(
    await (await fetch(`${server.url}/__requests`)).text(),
  )
  expect(records).toMatchObject([
    { path: '/v1/chat/completions', status: 200, headers: { authorization: 'Bearer [redacted]' } },
  ])
  expect((await fetch(`${server.url}/__requests`, { method: 'DELETE' })).status).toBe(204)
  expect(await (await fetch(`${server.url}/__requests`)).text()).toBe('[]')
  expect(simulator.requests).toEqual([])
})

test('jitter delays tokens, in order and by less than the time between two', async () => {
  const waits: number[] = []
  let now = 0
  const clock = {
    now: () => now,
    sleep: (ms: number) => {
      waits.push(ms)
      now += ms
      return Promise.resolve()
    },
  }
  const { fetch } = createSimulator({
    pace: { tokensPerSecond: 10, jitter: 1 },
    clock,
    scripts: [{ text: 'a b c d e f g h' }],
  })
  await (await chat(fetch, 'x', { stream: true })).text()
  expect(new Set(waits).size).toBeGreaterThan(3)
  expect(Math.max(...waits)).toBeLessThan(200)
  expect(now).toBeGreaterThanOrEqual(700)
  expect(now).toBeLessThan(800)
})
