import { countTokens } from '@interlingua/openai'
import * as tokenizer from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'

test('a text has so many tokens', () => {
  const text = 'Recommend a fantasy book'
  const tokens = tokenizer.encode(text).length
  expect(countTokens(text, tokenizer)).toEqual({ tokens, certainty: 'exact' })
})

test('a conversation has about as many as OpenAI’s own example counts', () => {
  const hi = { role: 'user', content: 'Hi' } as const
  const { tokens, certainty } = countTokens([hi], tokenizer)
  expect({ tokens, certainty }).toEqual({ tokens: 3 + 3 + 1 + 1, certainty: 'estimated' })
  expect(countTokens([hi, hi], tokenizer).tokens).toBe(3 + 2 * (3 + 1 + 1))
})

test('an image is not counted, which is told', () => {
  const image = { type: 'image', url: 'https://example.com/a.png' } as const
  expect(countTokens([{ role: 'user', content: [image] }], tokenizer).certainty).toBe('at_least')
})
