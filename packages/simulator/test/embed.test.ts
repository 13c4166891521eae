import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { jsonOf, post, refused } from './client.ts'

const { fetch } = createSimulator()
const path = '/v2/embed'

interface Embedded {
  id: string
  embeddings: Record<'float' | 'int8' | 'uint8' | 'binary' | 'ubinary', number[][]> & { base64: string[] }
  texts?: string[]
  images?: object[]
  response_type: string
  meta: { billed_units: Record<string, number> }
}

const request = (more: object): object => ({
  model: 'embed-v4.0',
  input_type: 'search_document',
  embedding_types: ['float'],
  ...more,
})

async function embedded(more: object): Promise<Embedded> {
  return jsonOf<Embedded>(await post(fetch, request(more), { path }))
}

function cosine(one: readonly number[] = [], other: readonly number[] = []): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? NaN), 0)
}

test.each([
  ['How many cats live here?', 'Twelve cats are living in this house.'],
  ['capital city of France', 'Paris is the capital of France.'],
  ['encrypting passwords', 'A password should be encrypted before it is stored.'],
  ['Überraschung zum Geburtstag', 'Zum Geburtstag gab es eine Überraschung.'],
])('the text nearest to %j is about the same', async (question, near) => {
  const others = ['The price of oil went up.', 'She plays the violin.', 'Dogs bark at night.', 'Snow falls in winter.']
  const { embeddings } = await embedded({ texts: [question, near, ...others] })
  const [asked, ...vectors] = embeddings.float
  for (const vector of embeddings.float) expect(cosine(vector, vector)).toBeCloseTo(1, 4)
  const similar = vectors.map((vector) => cosine(asked, vector))
  expect(similar.indexOf(Math.max(...similar))).toBe(0)
  expect(similar[0]).toBeGreaterThan(0.2)
})

test('all forms are of the same vector', async () => {
  const embedding_types = ['float', 'int8', 'uint8', 'binary', 'ubinary', 'base64']
  const { embeddings, response_type } = await embedded({
    texts: ['The quick brown fox'],
    embedding_types,
    output_dimension: 256,
  })
  expect(response_type).toBe('embeddings_by_type')
  expect(Object.keys(embeddings)).toEqual(embedding_types)
  const first = (vectors: number[][]): number[] => vectors[0] ?? []
  const [float, int8, ubinary] = [first(embeddings.float), first(embeddings.int8), first(embeddings.ubinary)]
  expect([float.length, int8.length, ubinary.length]).toEqual([256, 256, 32])
  for (const value of int8) expect(value === Math.trunc(value) && value >= -128 && value <= 127).toBe(true)
  expect(first(embeddings.uint8)).toEqual(int8.map((value) => value + 128))
  const cosineOfBytes = cosine(float, int8) / Math.sqrt(cosine(int8, int8))
  expect(cosineOfBytes).toBeGreaterThan(0.99)
  const bits = ubinary.flatMap((byte) => Array.from(byte.toString(2).padStart(8, '0'), Number))
  expect(bits).toEqual(float.map((value) => (value > 0 ? 1 : 0)))
  expect(first(embeddings.binary)).toEqual(ubinary.map((byte) => byte - 128))
  const bytes = Buffer.from(embeddings.base64[0] ?? '', 'base64')
  expect(float.map((_, at) => Number(bytes.readFloatLE(4 * at).toPrecision(8)))).toEqual(float)
})

test.each([
  ['embed-v4.0', undefined, 1536],
  ['embed-v4.0', 512, 512],
  ['embed-english-v3.0', undefined, 1024],
  ['embed-english-light-v3.0', undefined, 384],
])('%s with output_dimension %s gives %i numbers', async (model, output_dimension, size) => {
  const { embeddings } = await embedded({ model, texts: ['x'], output_dimension })
  expect(embeddings.float[0]).toHaveLength(size)
})

test('texts are repeated, counted and billed', async () => {
  const response = await post(fetch, request({ texts: ['hello', 'world'] }), { path })
  expect([response.headers.get('num_chars'), response.headers.get('num_tokens')]).toEqual(['10', '2'])
  const { texts, meta } = await jsonOf<Embedded>(response)
  // As recorded.
  expect([texts, meta]).toEqual([
    ['hello', 'world'],
    { api_version: { version: '2' }, billed_units: { image_tokens: 0, input_tokens: 2 } },
  ])
})

test('images, and images with texts, are inputs too; the same image is the same vector', async () => {
  const url =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='
  const seen = await embedded({ input_type: 'image', images: [url] })
  expect(seen.images).toEqual([{ width: 1, height: 1, format: 'png', bit_depth: 8 }])
  expect(seen.meta.billed_units).toEqual({ image_tokens: 259, input_tokens: 0 })
  const inputs = [
    { content: [{ type: 'image_url', image_url: { url } }] },
    {
      content: [
        { type: 'text', text: 'a pixel' },
        { type: 'image_url', image_url: { url } },
      ],
    },
    { content: [{ type: 'text', text: 'a pixel' }] },
  ]
  const mixed = await embedded({ inputs })
  const floats = mixed.embeddings.float
  expect(floats).toHaveLength(3)
  expect(cosine(floats[1], floats[2])).toBeLessThan(0.5)
  expect(mixed).not.toHaveProperty('texts')
  const texts = await embedded({ texts: ['a pixel'] })
  expect(floats[2]).toEqual(texts.embeddings.float[0])
})

test('long texts are cut at the end, or where it is asked for, or refused', async () => {
  const words = 'alpha beta gamma delta'
  const vector = async (more: object): Promise<number[] | undefined> => (await embedded(more)).embeddings.float[0]
  const [ends, starts] = [
    await vector({ texts: [words], max_tokens: 2 }),
    await vector({ texts: [words], max_tokens: 2, truncate: 'START' }),
  ]
  expect(ends).toEqual(await vector({ texts: ['alpha beta'] }))
  expect(starts).toEqual(await vector({ texts: [' gamma delta'] }))
  const [status, message] = await refused(
    post(fetch, request({ texts: [words], max_tokens: 2, truncate: 'NONE' }), { path }),
  )
  expect([status, message]).toEqual([400, expect.stringMatching(/^too many tokens: .* cannot exceed 2 - received 4/)])
})

test('v1 gives the numbers alone where no type is asked for', async () => {
  const response = await post(fetch, { texts: ['foo bar'], model: 'embed-english-light-v3.0' }, { path: '/v1/embed' })
  const { embeddings, response_type } = await jsonOf<{ embeddings: number[][]; response_type: string }>(response)
  expect([response_type, embeddings.length, embeddings[0]?.length]).toEqual(['embeddings_floats', 1, 384])
})

const see = 'For proper usage, please refer to https://docs.cohere.com/reference/embed'
test.each<[string, object, number, string]>([
  [
    '97 texts',
    { texts: Array.from({ length: 97 }, () => 'x') },
    400,
    'invalid request: total number of texts must be at most 96 - received 97',
  ],
  [
    'no input type',
    { texts: ['x'], input_type: null },
    400,
    'invalid request: valid input_type must be provided with the provided model',
  ],
  [
    'images as documents',
    { images: ['data:image/png;base64,AAAA'] },
    400,
    'invalid request: images must be used with input_type=image',
  ],
  [
    'an empty text',
    { texts: ['x', ''] },
    400,
    'invalid request: inputs contains an element that is the empty string at index 1',
  ],
  ['nothing', {}, 400, 'invalid request: one of texts, images, or inputs must be provided.'],
  [
    'another type',
    { texts: ['x'], embedding_types: ['float16'] },
    400,
    `unrecognized embedding type 'float16'. ${see}`,
  ],
  ['another input type', { texts: ['x'], input_type: 'x' }, 400, `unrecognized input type 'x'. ${see}`],
  [
    'another size',
    { texts: ['x'], output_dimension: 100 },
    400,
    'invalid request: output_dimension must be one of 256, 512, 1024, 1536.',
  ],
  ['another truncation', { texts: ['x'], truncate: 'MIDDLE' }, 400, `unrecognized truncate 'MIDDLE'. ${see}`],
  [
    'a chat model',
    { texts: ['x'], model: 'command-a-03-2025' },
    400,
    "invalid request: model 'command-a-03-2025' is not supported by the embed API",
  ],
  ['no model', { texts: ['x'], model: null }, 400, 'a model parameter is required for this endpoint.'],
  [
    'an unknown field',
    { texts: ['x'], dimensions: 1 },
    422,
    `unknown field: parameter dimensions is not a valid field. ${see}`,
  ],
])('%s is refused', async (_, more, status, message) => {
  expect(await refused(post(fetch, request(more), { path }))).toEqual([status, message])
})
