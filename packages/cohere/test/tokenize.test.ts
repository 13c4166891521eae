import { createCohere, type WireTokenizeRequest } from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { answering, exchanges, replaying } from './exchange.ts'
import { recorded } from './recording.ts'

const over = (fetch: typeof globalThis.fetch) => createCohere({ apiKey: 'key', fetch })
const model = 'command-a-03-2025'

describe.skipIf(!recorded)('every recorded answer', () => {
  const all = exchanges('/v1/tokenize').map((exchange) => [exchange.name, exchange] as const)

  test.each(all)('%s', async (_, exchange) => {
    const request = exchange.request as object as WireTokenizeRequest
    const { fetch, sent } = replaying(exchange)
    const answer = await over(fetch).tokenize(request.text, { model: request.model })
    expect(sent).toMatchObject([{ method: 'POST', url: { pathname: '/v1/tokenize' } }])
    expect(sent[0]?.body).toEqual(request)
    expect(answer.tokens).toEqual(exchange.body['tokens'])
    expect(answer.tokenStrings).toEqual(exchange.body['token_strings'])
    expect(answer.tokenStrings.join('')).toBe(request.text)
    expect(answer.raw).toEqual(exchange.body)
    expect(answer.requestId).toBe(exchange.headers['x-debug-trace-id'])
    const warning = exchange.headers['x-api-warning']
    expect(answer.warnings).toEqual(warning ? [{ code: 'provider', message: warning }] : [])
  })

  test('some have a warning, and some have none', () => {
    expect(new Set(all.map(([, { headers }]) => 'x-api-warning' in headers)).size).toBe(2)
  })
})

test('detokenize: https://docs.cohere.com/reference/detokenize', async () => {
  const body = { text: 'Hello', meta: { api_version: { version: '1' }, warnings: ['soon gone'] } }
  const { fetch, sent } = answering(() => ({ body, headers: { 'x-debug-trace-id': 't' } }))
  const answer = await over(fetch).detokenize([9707], { model, headers: { 'x-team': 'a' } })
  expect(sent).toMatchObject([{ method: 'POST', url: { pathname: '/v1/detokenize' }, body: { tokens: [9707], model } }])
  expect(sent[0]?.headers.get('x-team')).toBe('a')
  expect(answer).toMatchObject({ text: 'Hello', requestId: 't', raw: body })
  expect(answer.warnings).toEqual([{ code: 'provider', message: 'soon gone' }])
})

test('an answer without tokens, or without a text, is an error', async () => {
  const { fetch } = answering(() => ({ body: { meta: {} } }))
  const failed = { code: 'protocol', provider: 'cohere', model }
  await expect(over(fetch).tokenize('Hi', { model })).rejects.toMatchObject(failed)
  await expect(over(fetch).detokenize([1], { model })).rejects.toMatchObject(failed)
})

test('an error status is the same typed error as elsewhere', async () => {
  const { fetch } = answering(() => ({ status: 429, body: { message: 'trial limit of 1000 calls / month' } }))
  await expect(over(fetch).tokenize('Hi', { model })).rejects.toMatchObject({ code: 'quota', retryable: false, model })
})

test('what plain JavaScript may leave out is an error that says so', async () => {
  const { fetch, sent } = answering(() => ({ body: {} }))
  const cohere = over(fetch)
  for (const [field, method, args] of [
    ['model', cohere.tokenize, ['a']],
    ['text', cohere.tokenize, [undefined, { model }]],
    ['model', cohere.detokenize, [[1], {}]],
    ['tokens', cohere.detokenize, [1, { model }]],
  ] as const) {
    const answer: unknown = Reflect.apply(method, cohere, args)
    await expect(answer).rejects.toMatchObject({ code: 'invalid_request', provider: 'cohere', field })
  }
  expect(sent).toHaveLength(0)
})

test('abort', async () => {
  const { fetch } = answering(() => new Promise(() => {}))
  const controller = new AbortController()
  const answer = over(fetch).tokenize('Hi', { model, signal: controller.signal })
  controller.abort('enough')
  await expect(answer).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
})
