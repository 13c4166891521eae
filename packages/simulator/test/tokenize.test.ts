import { assert, asyncProperty, string } from 'fast-check'
import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { jsonOf, post, refused } from './client.ts'

const { fetch } = createSimulator()
const model = 'command-a-03-2025'

interface Tokenized {
  tokens: number[]
  token_strings: string[]
  meta: object
}

async function tokenized(text: string): Promise<Tokenized> {
  return jsonOf<Tokenized>(await post(fetch, { model, text }, { path: '/v1/tokenize' }))
}

async function detokenized(tokens: readonly number[]): Promise<string> {
  const { text } = await jsonOf<{ text: string }>(await post(fetch, { model, tokens }, { path: '/v1/detokenize' }))
  return text
}

// Recorded.
test.each([
  ['hello, world', ['hello', ',', ' world']],
  ['Hello, world!', ['Hello', ',', ' world', '!']],
])('%j is cut as recorded', async (text, pieces) => {
  const { tokens, token_strings, meta } = await tokenized(text)
  expect(token_strings).toEqual(pieces)
  expect(tokens).toHaveLength(pieces.length)
  expect(meta).toEqual({ api_version: { version: '1' } })
})

test('every text comes back as it was, in this simulator or another', async () => {
  const other = createSimulator()
  await assert(
    asyncProperty(string({ minLength: 1, unit: 'binary' }), async (text) => {
      const { tokens, token_strings } = await tokenized(text)
      expect(token_strings.join('')).toBe(text)
      expect(await detokenized(tokens)).toBe(text)
      const body = { model, tokens }
      expect(await jsonOf(await post(other.fetch, body, { path: '/v1/detokenize' }))).toMatchObject({ text })
      for (const token of tokens) expect(Number.isSafeInteger(token) && token >= 0).toBe(true)
    }),
  )
})

test('different pieces are different tokens, and the same are the same', async () => {
  const { tokens, token_strings } = await tokenized('a b a b aa')
  expect(token_strings).toEqual(['a', ' b', ' a', ' b', ' aa'])
  expect(tokens[1]).toBe(tokens[3])
  expect(new Set(tokens).size).toBe(4)
})

test('numbers that are no tokens give the sign for what cannot be read', async () => {
  expect(await detokenized([-1, 2 ** 53, 46])).toBe('\uFFFD\uFFFD.')
})

test.each<[string, string, object, number, string]>([
  ['no text', '/v1/tokenize', { model, text: '' }, 400, "invalid request: required 'text' param is missing or empty."],
  [
    'a text too long',
    '/v1/tokenize',
    { model, text: 'x'.repeat(65_537) },
    400,
    'invalid request: text must be at most 65536 characters long.',
  ],
  ['no model', '/v1/tokenize', { text: 'x' }, 400, 'a model parameter is required for this endpoint.'],
  [
    'an unknown model',
    '/v1/detokenize',
    { model: 'x', tokens: [] },
    404,
    "model 'x' not found, make sure the correct model ID was used and that you have access to the model.",
  ],
  ['no tokens', '/v1/detokenize', { model }, 400, "invalid request: required 'tokens' param is missing or empty."],
])('%s is refused', async (_, path, body, status, message) => {
  expect(await refused(post(fetch, body, { path }))).toEqual([status, message])
})
