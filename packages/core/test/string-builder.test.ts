import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StringBuilder } from '../src/string-builder.ts'

test('holds what was appended since it was last cleared, whenever it is looked at', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc
      .tuple(fc.constantFrom('a', 'é', '😀', '\ud83d'), fc.integer({ min: 500, max: 2100 }))
      .map(([unit, count]) => unit.repeat(count)),
  )
  const step = fc.record({ piece, looks: fc.boolean(), clears: fc.integer({ min: 0, max: 9 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const builder = new StringBuilder()
      let whole = ''
      for (const { piece: text, looks, clears } of steps) {
        if (clears === 0) {
          builder.clear()
          whole = ''
        }
        builder.append(text)
        whole += text
        if (looks) expect(builder.text).toBe(whole)
      }
      expect(builder.text).toBe(whole)
    }),
  )
})
