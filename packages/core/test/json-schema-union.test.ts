import { describe, expect, test } from 'vitest'
import { checkJsonSchema } from '../src/json-schema-check.ts'
import type { JsonSchema } from '../src/json-schema.ts'

function said(schema: JsonSchema, value: unknown): readonly string[] {
  return checkJsonSchema(schema, value).map(({ path, message }) => [...path, message].join(' '))
}

describe('a union', () => {
  // What zod 4 writes for a discriminated union of objects, z.toJSONSchema(z.discriminatedUnion('kind', [...])).
  const shape = {
    oneOf: [
      {
        type: 'object',
        properties: { kind: { type: 'string', const: 'circle' }, r: { type: 'number', exclusiveMinimum: 0 } },
        required: ['kind', 'r'],
        additionalProperties: false,
      },
      {
        type: 'object',
        properties: { kind: { type: 'string', const: 'square' }, side: { type: 'number' } },
        required: ['kind', 'side'],
        additionalProperties: false,
      },
    ],
  }

  test('says what is wrong with the variant that is meant', () => {
    expect(said(shape, { kind: 'circle', r: 0 })).toEqual(['r must be greater than 0'])
    expect(said({ properties: { shape } }, { shape: { kind: 'square' } })).toEqual(['shape side is required'])
  })

  test('says which variants there are where none is meant', () => {
    expect(said(shape, { kind: 'line' })).toEqual(['kind must be "circle", or kind must be "square"'])
    expect(said(shape, {})).toEqual(['kind is required'])
  })

  test('that is recursive costs no more for each level', () => {
    const branch = (kind: string): JsonSchema => ({
      type: 'object',
      properties: { left: { $ref: '#/$defs/node' }, kind: { const: kind } },
      required: ['kind', 'left'],
    })
    const schema = {
      $ref: '#/$defs/node',
      $defs: { node: { oneOf: [branch('a'), branch('b'), branch('c'), { type: 'number' }] } },
    }
    let value: unknown = 1
    for (let level = 0; level < 90; level++) value = { kind: 'c', left: value }
    expect(said(schema, value)).toEqual([])
  })
})

describe('a reference', () => {
  test('may recurse', () => {
    const schema = { properties: { children: { items: { $ref: '#' } }, name: { type: 'string' } }, required: ['name'] }
    expect(said(schema, { name: 'a', children: [{ name: 'b', children: [] }] })).toEqual([])
    expect(said(schema, { name: 'a', children: [{ name: 'b', children: [{}] }] })).toEqual([
      'children 0 children 0 name is required',
    ])
  })

  test('reports one and the same object at each of its places', () => {
    const twin = { a: 1 }
    const schema = {
      additionalProperties: { $ref: '#/$defs/a' },
      $defs: { a: { properties: { a: { type: 'string' } } } },
    }
    expect(checkJsonSchema(schema, { x: twin, y: twin }).map(({ path }) => path)).toEqual([
      ['x', 'a'],
      ['y', 'a'],
    ])
  })

  test.each([
    ['to nowhere', { $ref: '#/$defs/a' }, 'invalid_request'],
    ['to a prototype', { $ref: '#/toString' }, 'invalid_request'],
    ['to another document', { $ref: 'https://example.com/schema' }, 'invalid_request'],
    ['to an anchor', { $ref: '#a', $defs: { a: { $anchor: 'a' } } }, 'invalid_request'],
    ['to itself', { allOf: [{ $ref: '#/$defs/a' }], $defs: { a: { $ref: '#/$defs/a' } } }, 'invalid_request'],
    ['that is dynamic', { $dynamicRef: '#a' }, 'unsupported'],
    ['to no schema', { $ref: '#/$defs/a', $defs: { a: 5 } }, 'invalid_request'],
  ])('%s is an error of the schema', (_, schema, code) => {
    expect(() => checkJsonSchema(schema, 1)).toThrow(expect.objectContaining({ code }))
  })
})
