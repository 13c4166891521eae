import { describe, expect, test } from 'vitest'
import { toolContent } from '../src/tool-content.ts'

describe('what a model is told of a result', () => {
  test.each([
    ['a text', 'Rain', 'Rain'],
    ['no text', '', ''],
    ['nothing', undefined, 'null'],
    ['null', null, 'null'],
    ['a number', 12.5, '12.5'],
    ['a boolean', false, 'false'],
    ['an empty list', [], '[]'],
    ['a list of texts', ['a', 'b'], '["a","b"]'],
    ['a mixed list', [{ a: 1 }, 2], '[{"a":1},2]'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a big integer', 12n, '12'],
    ['bytes', new Uint8Array([72, 105]), 'SGk='],
    ['a set', new Set([1, 2]), '[1,2]'],
    ['a function', () => 1, 'null'],
  ])('%s as text', (_, result, content) => expect(toolContent(result)).toBe(content))

  test.each([
    ['an object as a document', { title: 'Dune' }, [{ title: 'Dune' }]],
    ['a list of objects as a document each', [{ a: 1 }, { b: 2 }], [{ a: 1 }, { b: 2 }]],
    ['a map as a document', new Map([['a', new Map([['b', 2n]])]]), [{ a: { b: '2' } }]],
    ['an instance of a class as a document', new URLError(404), [{ status: 404 }]],
    ['what JSON leaves out', { a: undefined, b: new Date(0) }, [{ b: '1970-01-01T00:00:00.000Z' }]],
  ])('%s', (_, result, documents) => {
    expect(toolContent(result)).toEqual(documents.map((data) => ({ type: 'document', data })))
  })

  test('parts as they are', () => {
    const parts = [
      { type: 'text', text: 'Found:' },
      { type: 'document', id: 'a', data: { title: 'Dune' } },
    ]
    expect(toolContent(parts)).toEqual(parts)
  })

  test('what contains itself throws', () => {
    const self: { self?: object } = {}
    self.self = self
    expect(() => toolContent(self)).toThrow(TypeError)
  })
})

class URLError {
  readonly status: number

  constructor(status: number) {
    this.status = status
  }
}
