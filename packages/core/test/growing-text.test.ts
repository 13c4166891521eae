import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointStarts } from '../src/citation-check.ts'
import { GrowingText } from '../src/growing-text.ts'

test('slices as a string does, however often it is looked into while it grows', () => {
  const piece = fc.record({
    text: fc.string({ unit: 'grapheme' }),
    looks: fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const growing = new GrowingText()
      let whole = ''
      for (const { text, looks } of pieces) {
        growing.append(text)
        whole += text
        for (const [start, length] of looks)
          expect(growing.slice(start, start + length)).toBe(whole.slice(start, start + length))
      }
      expect(growing.toString()).toBe(whole)
    }),
  )
})

test('code points begin where the string iterator says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      let at = 0
      const expected = Array.from(text, (character) => (at += character.length) - character.length)
      expect(codePointStarts(text)).toEqual([...expected, text.length])
    }),
  )
})
