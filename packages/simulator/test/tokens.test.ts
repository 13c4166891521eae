import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { countTokens, tokenPieces } from '../src/tokens.ts'

test('no character is lost, whatever the text', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      expect(tokenPieces(text).join('')).toBe(text)
    }),
  )
})

test('no piece cuts a character in two', () => {
  assert(
    property(string({ unit: 'grapheme' }), (text) => {
      for (const piece of tokenPieces(text)) expect(() => encodeURIComponent(piece)).not.toThrow()
    }),
  )
})

// Pieces of recorded streams.
test.each([
  ["Hi there! You're Pickle Rick?", ['Hi', ' there', '!', ' You', "'re", ' Pickle', ' Rick', '?']],
  ['is **5**.', ['is', ' **', '5', '**.']],
  ['shapes:\n\n1. A large', ['shapes', ':', '\n\n1', '.', ' A', ' large']],
  ['magic_function(3)', ['magic', '_', 'function', '(', '3', ')']],
])('%j is cut as recorded', (text, pieces) => {
  expect(tokenPieces(text)).toEqual(pieces)
  expect(countTokens(text)).toBe(pieces.length)
})

test('a long text without a gap takes linear time', () => {
  const text = `${' '.repeat(200_000)}${'x'.repeat(200_000)}`
  expect(tokenPieces(text).join('')).toBe(text)
})
