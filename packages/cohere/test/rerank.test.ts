import {
  type CohereRerankOptions,
  createCohere,
  type WireRerankRequest,
  type WireRerankResponse,
} from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { type Answer, answering, exchanges, replaying, type Sent } from './exchange.ts'
import { recorded } from './recording.ts'

const modelOver = (fetch: typeof globalThis.fetch, id = 'rerank-v4.0-pro') =>
  createCohere({ apiKey: 'key', fetch }).rerank(id)

/** Ranks the last document first, in the form of the recorded answers. */
function ranker({ body }: Sent): Answer & { readonly body: WireRerankResponse } {
  const { documents = [], top_n: count = documents.length } = body as Partial<WireRerankRequest>
  const results = documents.map((_, index) => ({ index, relevance_score: (index + 1) / documents.length }))
  const meta = { api_version: { version: '2' }, billed_units: { search_units: 1 } }
  return { body: { id: 'ranked', results: results.toReversed().slice(0, count), meta } }
}

describe.skipIf(!recorded)('every recorded answer', () => {
  const all = exchanges('/v2/rerank').map((exchange) => [exchange.name, exchange] as const)

  test.each(all)('%s', async (_, exchange) => {
    const { model, query, documents, top_n: topN } = exchange.request as object as WireRerankRequest
    const body = exchange.body as object as WireRerankResponse
    const { fetch, sent } = replaying(exchange)
    const response = await modelOver(fetch, model).rerank(query, documents, { ...(topN && { topN }) })
    expect(response.results).toEqual(
      body.results.map(({ index, relevance_score: score }) => ({ index, score, document: documents[index] })),
    )
    expect(response).toMatchObject({ provider: 'cohere', model, id: body.id, warnings: [], raw: body })
    expect(response.requestId).toBe(exchange.headers['x-debug-trace-id'])
    expect(response.usage).toEqual({ billed: { searchUnits: body.meta?.billed_units?.search_units } })
    expect(response.cost).toBeUndefined()
    const said = Object.entries(exchange.request ?? {}).filter(([, value]) => value !== null)
    expect(sent[0]?.body).toEqual(Object.fromEntries(said))
  })

  test('there are some', () => expect(all.length).toBeGreaterThan(1))

  test('documents with fields are sent as others send them', async () => {
    const exchange = exchanges('/v2/rerank').find(({ request }) => request?.['query'] === 'penguins')
    const { fetch, sent } = answering(ranker)
    const documents = [
      { content: 'This document is about Penguins.', subject: 'Penguins' },
      { content: 'This document is about Physics.', subject: 'Physics' },
    ]
    await modelOver(fetch).rerank('penguins', documents, { rankFields: ['content'] })
    expect(sent[0]?.body?.['documents']).toEqual(exchange?.request?.['documents'])
  })
})

describe('the request', () => {
  const body = async <Document>(documents: readonly Document[], options?: CohereRerankOptions<Document>) => {
    const { fetch, sent } = answering(ranker)
    await modelOver(fetch).rerank('a question', documents, options)
    expect(sent).toMatchObject([{ method: 'POST', url: { pathname: '/v2/rerank' } }])
    return sent[0]?.body
  }

  test('has nothing that was not asked for', async () => {
    expect(await body(['a', 'b'])).toEqual({ model: 'rerank-v4.0-pro', query: 'a question', documents: ['a', 'b'] })
  })

  test('every option has its field: https://docs.cohere.com/reference/rerank', async () => {
    expect(await body(['a'], { topN: 1, maxTokensPerDocument: 512, priority: 9 })).toEqual({
      model: 'rerank-v4.0-pro',
      query: 'a question',
      documents: ['a'],
      top_n: 1,
      max_tokens_per_doc: 512,
      priority: 9,
    })
  })

  test('fields are sent as the example of https://docs.cohere.com/docs/rerank-overview has them', async () => {
    const document = {
      Title: 'Washington D.C.',
      Content: 'Washington, D.C. (also known as simply Washington or D.C.) is the capital of the United States.',
    }
    expect((await body([document]))?.['documents']).toEqual([
      'Title: Washington D.C.\nContent: Washington, D.C. (also known as simply Washington or D.C.) is the capital of the United States.\n',
    ])
  })

  test('`rankFields` chooses fields and their order, and texts are sent as they are', async () => {
    const documents = [{ id: 7, title: 'Dune', plot: 'Sand.' }, { plot: 'A match.' }, 'id: 3']
    expect((await body(documents, { rankFields: ['plot', 'title'] }))?.['documents']).toEqual([
      'plot: Sand.\ntitle: Dune\n',
      'plot: A match.\n',
      'id: 3',
    ])
  })

  test('a document that has none of the fields is named', async () => {
    const { fetch, sent } = answering(ranker)
    const documents: { a?: string; b?: string }[] = [{ a: 'x' }, { b: 'y' }]
    await expect(modelOver(fetch).rerank('q', documents, { rankFields: ['a'] })).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'documents[1]',
      provider: 'cohere',
    })
    await expect(modelOver(fetch).rerank('q', [])).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'documents',
    })
    expect(sent).toHaveLength(0)
  })

  // What YAML 1.2 reads as the same value: https://yaml.org/spec/1.2.2/.
  test.each([
    [{ a: undefined, at: new Date(0) }, 'at: "1970-01-01T00:00:00.000Z"\n'],
    [{ price: 9.5, sold: true, note: null }, 'price: 9.5\nsold: true\nnote: null\n'],
    [{ tags: ['a', 'b'], none: [], empty: {} }, 'tags:\n  - a\n  - b\nnone: []\nempty: {}\n'],
    [{ by: { name: 'Ann', born: { year: 1815 } } }, 'by:\n  name: Ann\n  born:\n    year: 1815\n'],
    [{ list: [{ a: 1, b: 2 }, [3]] }, 'list:\n  - a: 1\n    b: 2\n  - - 3\n'],
    [{ text: 'One.\n\nTwo: 2.' }, 'text: |-\n  One.\n\n  Two: 2.\n'],
    [{ text: 'One.\n' }, 'text: |\n  One.\n'],
    [[{ text: 'a\nb', size: 1 }], '- text: |-\n    a\n    b\n  size: 1\n'],
    [{ text: '  a\nb' }, 'text: "  a\\nb"\n'],
    [{ text: 'a\r\nb' }, 'text: "a\\r\\nb"\n'],
    [
      { a: 'true', b: '007', c: '2024-01-01', d: 'no', e: '', f: '~' },
      'a: "true"\nb: "007"\nc: "2024-01-01"\nd: "no"\ne: ""\nf: "~"\n',
    ],
    [
      { a: 'x: y', b: 'x #y', c: '- x', d: '{x', e: 'x:', f: "'x'" },
      'a: "x: y"\nb: "x #y"\nc: "- x"\nd: "{x"\ne: "x:"\nf: "\'x\'"\n',
    ],
    [{ a: 'x:y', b: 'C#', c: 'see http://x.org', d: '10 ways' }, 'a: x:y\nb: C#\nc: see http://x.org\nd: 10 ways\n'],
    [{ 'a: b': 1, no: 2 }, '"a: b": 1\n"no": 2\n'],
    [42, '42\n'],
  ])('%o', async (document, yaml) => {
    expect((await body([document]))?.['documents']).toEqual([yaml])
  })
})

describe('the answer', () => {
  test('has the documents that were given, best first', async () => {
    const { fetch } = answering(ranker)
    const [dune, emma] = [{ title: 'Dune' }, { title: 'Emma' }]
    const { results } = await modelOver(fetch).rerank('q', [dune, emma], { topN: 1 })
    expect(results).toEqual([{ index: 1, score: 1, document: { title: 'Emma' } }])
    expect(results[0]?.document).toBe(emma)
  })

  test('has a cost where a price is known', async () => {
    const { fetch } = answering(ranker)
    const price = { usdPerMillion: { searchUnits: 2_000 }, source: 'a contract', date: '2026-01-01' }
    const model = createCohere({ apiKey: 'key', fetch, prices: { 'rerank-v3.5': price } }).rerank('rerank-v3.5')
    expect((await model.rerank('q', ['a'])).cost?.nanoUsd).toBe(2_000_000)
  })

  test('warnings of the headers and of the body', async () => {
    const { fetch } = answering((sent) => ({
      headers: { 'x-api-warning': 'an old model' },
      body: { ...ranker(sent).body, meta: { warnings: ['a long document'] } },
    }))
    const { warnings, usage, cost } = await modelOver(fetch).rerank('q', ['a'])
    expect(warnings.map(({ message }) => message)).toEqual(['an old model', 'a long document'])
    expect({ usage, cost }).toEqual({ usage: {}, cost: undefined })
  })

  test.each([
    [{ results: [{ index: 2, relevance_score: 1 }] }, 'document 2 of 2'],
    [{ results: [{ index: -1, relevance_score: 1 }] }, 'document -1 of 2'],
    [{ results: [{ index: 0 }] }, 'document 0 of 2'],
    [{ ranked: [] }, 'no list of results'],
  ])('that is about something else is an error: %o', async (body, message) => {
    const { fetch } = answering(() => ({ headers: { 'x-debug-trace-id': 't' }, body }))
    await expect(modelOver(fetch).rerank('q', ['a', 'b'])).rejects.toMatchObject({
      code: 'protocol',
      provider: 'cohere',
      model: 'rerank-v4.0-pro',
      requestId: 't',
      message: expect.stringContaining(message),
    })
  })

  test('of an error status is the same typed error as elsewhere', async () => {
    const exchange = exchanges('/v1/rerank').find(({ status }) => status === 404)
    const body = exchange?.body ?? { message: "model 'x' not found" }
    const { fetch } = answering(() => ({ status: 404, body }))
    await expect(modelOver(fetch).rerank('q', ['a'])).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
      message: expect.stringContaining(String(body['message'])),
    })
  })
})
