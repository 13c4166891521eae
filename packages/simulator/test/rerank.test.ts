import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { jsonOf, post, refused } from './client.ts'

const { fetch } = createSimulator()

interface Reranked {
  results: { index: number; relevance_score: number; document?: { text: string } }[]
  meta: { billed_units: { search_units: number } }
}

const documents = [
  'Cats sleep all day.',
  'The capital of France is Paris.',
  'France has many capitals of regions.',
  'Nothing here.',
]

async function reranked(more: object, path = '/v2/rerank'): Promise<Reranked> {
  const body = { model: 'rerank-v3.5', query: 'What is the capital of France?', documents, ...more }
  return jsonOf<Reranked>(await post(fetch, body, { path }))
}

test('documents come by relevance, between 0 and 1', async () => {
  const { results, meta } = await reranked({})
  expect(results.map(({ index }) => index).slice(0, 2)).toEqual([1, 2])
  const scores = results.map(({ relevance_score: score }) => score)
  expect(scores).toEqual(scores.toSorted((one, other) => other - one))
  for (const score of scores) expect(score >= 0 && score <= 1).toBe(true)
  expect(results).toHaveLength(4)
  expect(meta).toEqual({ api_version: { version: '2' }, billed_units: { search_units: 1 } })
})

test('top_n keeps the best, and may be more than there are', async () => {
  expect((await reranked({ top_n: 1 })).results.map(({ index }) => index)).toEqual([1])
  expect((await reranked({ top_n: 9 })).results).toHaveLength(4)
})

test('search units count documents by hundreds, and long documents by 500 tokens', async () => {
  const units = async (more: object): Promise<number> => (await reranked(more)).meta.billed_units.search_units
  expect(await units({ documents: Array.from({ length: 100 }, () => 'x') })).toBe(1)
  expect(await units({ documents: Array.from({ length: 101 }, () => 'x') })).toBe(2)
  expect(await units({ documents: Array.from({ length: 51 }, () => 'x '.repeat(501)) })).toBe(2)
})

test('max_tokens_per_doc hides what comes later', async () => {
  const late = `${'word '.repeat(20)}capital of France`
  const score = async (more: object): Promise<number> =>
    (await reranked({ documents: [late, 'x'], ...more })).results.find(({ index }) => index === 0)?.relevance_score ??
    NaN
  expect(await score({ max_tokens_per_doc: 10 })).toBeLessThan((await score({})) / 4)
})

test('v1 takes objects, and gives documents back', async () => {
  const objects = [{ text: 'Cats' }, { title: 'France', text: 'Paris is the capital.' }]
  const { results } = await reranked(
    { documents: objects, return_documents: true, rank_fields: ['title', 'text'] },
    '/v1/rerank',
  )
  expect(results[0]).toMatchObject({ index: 1, document: { text: 'France\nParis is the capital.' } })
})

test.each<[string, object, number, string]>([
  ['a blank query', { query: ' ' }, 400, 'invalid request: query must not be empty or be only whitespace'],
  ['no documents', { documents: [] }, 400, 'invalid request: list of documents must not be empty'],
  ['top_n 0', { top_n: 0 }, 400, 'invalid request: top_n must be at least 1.'],
  [
    'an unknown field',
    { top_k: 1 },
    422,
    'unknown field: parameter top_k is not a valid field. For proper usage, please refer to https://docs.cohere.com/reference/rerank',
  ],
  [
    'a removed model',
    { model: 'rerank-english-v2.0' },
    404,
    "model 'rerank-english-v2.0' not found, make sure the correct model ID was used and that you have access to the model.",
  ],
])('%s is refused', async (_, more, status, message) => {
  const body = { model: 'rerank-v3.5', query: 'x', documents, ...more }
  expect(await refused(post(fetch, body, { path: '/v2/rerank' }))).toEqual([status, message])
})
