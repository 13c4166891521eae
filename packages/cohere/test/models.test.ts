import { createCohere } from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { answering, type Exchange, exchanges, replaying } from './exchange.ts'
import { recorded } from './recording.ts'

const over = (fetch: typeof globalThis.fetch) => createCohere({ apiKey: 'key', fetch }).models

/** A model as it is described, by the names of the wire: https://docs.cohere.com/reference/get-model. */
const expected = (wire: Exchange['body']) => ({
  id: wire['name'],
  endpoints: wire['endpoints'],
  isFinetuned: wire['finetuned'],
  contextLength: wire['context_length'],
  tokenizerUrl: wire['tokenizer_url'],
  defaultEndpoints: wire['default_endpoints'],
  ...('features' in wire && { features: wire['features'] }),
  raw: wire,
})

describe.skipIf(!recorded)('every recorded answer', () => {
  const all = exchanges('/v1/models').map((exchange) => [exchange.name, exchange] as const)
  const lists = all.filter(([, { body }]) => 'models' in body)
  const single = all.filter(([, { body }]) => !('models' in body))

  test.each(lists)('%s', async (_, exchange) => {
    const { fetch, sent } = replaying(exchange)
    const models = await over(fetch).list({ endpoint: 'chat', defaultOnly: true })
    expect([...models]).toEqual((exchange.body['models'] as Exchange['body'][]).map(expected))
    expect(sent).toHaveLength(1)
    expect(sent[0]?.method).toBe('GET')
    expect(sent[0]?.body).toBeUndefined()
    const query = new URLSearchParams(exchange.path.split('?')[1])
    query.set('page_size', '1000')
    expect(Object.fromEntries(sent[0]?.url.searchParams ?? [])).toEqual(Object.fromEntries(query))
    expect(models.answers[0]?.requestId).toBe(exchange.headers['x-debug-trace-id'])
  })

  test.each(single)('%s', async (_, exchange) => {
    const { fetch, sent } = replaying(exchange)
    const { requestId, warnings, headers, ...model } = await over(fetch).get(exchange.path.replace('/v1/models/', ''))
    expect(sent).toMatchObject([{ method: 'GET', url: { pathname: exchange.path } }])
    expect(model).toEqual(expected(exchange.body))
    expect(requestId).toBe(exchange.headers['x-debug-trace-id'])
    expect(headers['x-debug-trace-id']).toBe(requestId)
    expect(warnings).toEqual([])
  })

  test('there are some of each, with features and without', () => {
    expect(lists.length).toBeGreaterThan(1)
    expect(new Set(single.map(([, { body }]) => 'features' in body)).size).toBe(2)
  })
})

describe('get', () => {
  test('what is documented and not recorded: https://docs.cohere.com/reference/get-model', async () => {
    const defaults = {
      temperature: 0.3,
      k: 0,
      p: 0.75,
      frequency_penalty: 0,
      presence_penalty: 0,
      max_tokens_per_doc: 9,
    }
    const body = { name: 'a/b', is_deprecated: true, sampling_defaults: defaults, new_field: [1] }
    const { fetch, sent } = answering(() => ({ body }))
    const model = await over(fetch).get('a/b')
    expect(sent[0]?.url.pathname).toBe('/v1/models/a%2Fb')
    expect(model).toMatchObject({ id: 'a/b', isDeprecated: true, raw: { new_field: [1] } })
    expect(model.samplingDefaults).toEqual({
      temperature: 0.3,
      topK: 0,
      topP: 0.75,
      frequencyPenalty: 0,
      presencePenalty: 0,
      maxTokensPerDocument: 9,
    })
    expect(model).not.toHaveProperty('features')
  })

  test('errors name the model', async () => {
    const missing = answering(() => ({ status: 404, body: { message: "model 'x' not found" } }))
    await expect(over(missing.fetch).get('x')).rejects.toMatchObject({ code: 'not_found', model: 'x' })
    const strange = answering(() => ({ body: { id: 'x' } }))
    await expect(over(strange.fetch).get('x')).rejects.toMatchObject({ code: 'protocol', model: 'x' })
  })
})

describe('list', () => {
  test('reads all pages', async () => {
    const pages = new Map([
      [null, { models: [{ name: 'a' }, { name: 'b' }], next_page_token: 'two' }],
      ['two', { models: [], next_page_token: 'three' }],
      ['three', { models: [{ name: 'c' }], next_page_token: '' }],
    ])
    const { fetch, sent } = answering(({ url }) => ({
      headers: { 'x-api-warning': `page ${url.searchParams.get('page_token')}` },
      body: pages.get(url.searchParams.get('page_token')),
    }))
    const models = await over(fetch).list({ pageSize: 2 })
    expect(models.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(sent.map(({ url }) => url.search)).toEqual([
      '?page_size=2',
      '?page_size=2&page_token=two',
      '?page_size=2&page_token=three',
    ])
    expect(models.warnings.map(({ message }) => message)).toEqual(['page null', 'page two', 'page three'])
  })

  test('asks for what is asked for', async () => {
    const { fetch, sent } = answering(() => ({ body: { models: [] } }))
    await over(fetch).list()
    await over(fetch).list({ endpoint: 'embed', defaultOnly: false, headers: { 'x-team': 'a' } })
    expect(sent.map(({ url }) => url.search)).toEqual([
      '?page_size=1000',
      '?page_size=1000&endpoint=embed&default_only=false',
    ])
    expect(sent[1]?.headers.get('x-team')).toBe('a')
  })

  test.each([
    [{ models: [], next_page_token: 'again' }, 'same page token'],
    [{ models: [{}] }, 'without a name'],
    [{ data: [] }, 'no list of models'],
  ])('an answer that makes no sense ends it: %o', async (body, message) => {
    const { fetch, sent } = answering(() => ({ body }))
    await expect(over(fetch).list()).rejects.toMatchObject({
      code: 'protocol',
      provider: 'cohere',
      message: expect.stringContaining(message),
    })
    expect(sent.length).toBeLessThan(3)
  })
})
