import { isObject, type JsonSchema } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { restoreValue } from '@interlingua/core'
import { reshapeSchema } from '../src/schema.ts'
import { problems } from './documented-schema.ts'

/** Reshapes the schema of one property. */
function inside(property: JsonSchema, rest: JsonSchema = {}): unknown {
  const { schema } = reshapeSchema({ type: 'object', properties: { p: property }, required: ['p'], ...rest })
  expect(problems(schema)).toEqual([])
  return isObject(schema['properties']) ? schema['properties']['p'] : undefined
}

function object(properties: JsonSchema, required: readonly string[] = Object.keys(properties)): JsonSchema {
  return { type: 'object', properties, required }
}

const string = { type: 'string' }
const number = { type: 'number' }

describe('a constraint that Cohere refuses moves to the description', () => {
  test.each([
    [{ ...string, minLength: 3, maxLength: 1 }, 'minimum 3 characters, maximum 1 character'],
    [{ ...string, minLength: 3, description: 'Name' }, 'Name (minimum 3 characters)'],
    [{ ...number, minimum: 0, exclusiveMaximum: 10, multipleOf: 0.5 }, 'minimum 0, less than 10, a multiple of 0.5'],
    [{ type: 'array', minItems: 1, uniqueItems: true }, 'minimum 1 item, no item twice'],
    [{ ...string, format: 'email' }, 'format email'],
    [{ ...string, pattern: '^(?=a)' }, 'matches the regular expression ^(?=a)'],
    [{ ...string, not: { const: 'a' } }, 'does not match {"const":"a"}'],
    [{ ...string, default: 'a', examples: ['b'] }, 'default "a", for example ["b"]'],
    [{ ...string, if: { const: 'a' }, else: false }, 'if it matches {"const":"a"}, else it matches false'],
  ])('%j', (schema, description) => {
    expect(inside(schema)).toEqual({ type: schema.type, description })
  })

  test('and is reported with its place', () => {
    const { changes } = reshapeSchema(object({ 'a/b': { ...string, minLength: 3 }, c: { ...string, $comment: 'x' } }))
    expect(changes).toEqual([
      { path: '/properties/a~1b', keyword: 'minLength', what: 'in the description: minimum 3 characters', lossy: true },
      { path: '/properties/c', keyword: '$comment', what: 'left out', lossy: false },
    ])
  })
})

describe('what Cohere takes stays as it is', () => {
  test.each<JsonSchema>([
    { ...string, title: 'T', description: 'D', enum: ['a', 'b'] },
    { const: 1 },
    { ...string, format: 'date-time' },
    { ...string, pattern: '[A-Z]{3}[^a]\\$' },
    { anyOf: [string, number] },
    { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
    { ...object({ a: string }), additionalProperties: number },
  ])('%j', (schema) => {
    const whole = object({ p: schema })
    expect(reshapeSchema(whole)).toEqual({ schema: whole, changes: [] })
  })
})

describe('a combination', () => {
  test('of allOf is merged', () => {
    const base = { ...object({ a: string, b: { type: ['number', 'null'] } }), additionalProperties: false }
    const schema = {
      allOf: [{ $ref: '#/$defs/base' }, object({ b: { type: 'integer', minimum: 1 }, c: string })],
      description: 'D',
    }
    expect(inside(schema, { $defs: { base } })).toEqual({
      type: 'object',
      properties: { a: string, b: { type: 'integer', description: 'minimum 1' }, c: string },
      required: ['a', 'b', 'c'],
      additionalProperties: false,
      description: 'D',
    })
  })

  test('of allOf keeps the first where both cannot be said', () => {
    expect(inside({ ...string, allOf: [{ pattern: 'a' }, { pattern: 'b' }] })).toEqual({
      ...string,
      pattern: 'a',
      description: 'matches the regular expression b',
    })
    expect(inside({ allOf: [string, number] })).toEqual({ ...string, description: 'type "number"' })
    expect(inside({ allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] })).toEqual({ enum: ['b'] })
  })

  test('of one reference stays a reference', () => {
    const rest = { definitions: { 'A b': object({ a: string }) } }
    expect(inside({ allOf: [{ $ref: '#/definitions/A b' }], description: 'D' }, rest)).toEqual({
      $ref: '#/$defs/A_b',
      description: 'D',
    })
  })

  test('of oneOf becomes anyOf, with a loss only where alternatives may overlap', () => {
    const variant = (kind: string): JsonSchema => object({ kind: { const: kind } })
    const schemas = [
      [variant('a'), variant('b')],
      [string, { ...string, format: 'date' }],
    ]
    const lossy = schemas.map((oneOf) => reshapeSchema(object({ p: { oneOf } })).changes.map((change) => change.lossy))
    expect(lossy).toEqual([[false], [true]])
  })

  test('of types becomes anyOf', () => {
    expect(inside({ type: ['string', 'null'], minLength: 1, description: 'D', enum: ['a', null] })).toEqual({
      anyOf: [
        { ...string, enum: ['a'], description: 'minimum 1 character' },
        { type: 'null', enum: [null] },
      ],
      description: 'D',
    })
    expect(inside({ type: ['integer', 'number'] })).toEqual(number)
  })
})

describe('an object without a required property', () => {
  test('requires the first one, which may then be null', () => {
    const { schema } = reshapeSchema({ type: 'object', properties: { a: { ...string, description: 'D' }, b: number } })
    expect(schema).toEqual({
      type: 'object',
      properties: { a: { anyOf: [string, { type: 'null' }], description: 'D (null if there is none)' }, b: number },
      required: ['a'],
    })
  })

  test('requires rather one that may be null in any case', () => {
    const schema = { type: 'object', properties: { a: string, b: { anyOf: [number, { type: 'null' }] } } }
    expect(reshapeSchema(schema).schema).toEqual({ ...schema, required: ['b'] })
  })

  test('and without properties gets a placeholder', () => {
    const reshaped = reshapeSchema(object({ map: { type: 'object', additionalProperties: number } }))
    expect(reshaped.placeholder).toBe('_')
    expect(problems(reshaped.schema)).toEqual([])
    expect(restoreValue(reshaped, { map: { _: null, a: 1 } })).toEqual({ map: { a: 1 } })
  })
})

describe('a top level', () => {
  test('that is no object is wrapped', () => {
    const reshaped = reshapeSchema({ type: 'array', items: string })
    expect(reshaped).toMatchObject({ wrapped: 'value', schema: { type: 'object', required: ['value'] } })
    expect(restoreValue(reshaped, { value: ['a'] })).toEqual(['a'])
    expect(restoreValue(reshaped, undefined)).toBeUndefined()
  })

  test('that refers to itself gets a definition where it is wrapped', () => {
    const { schema } = reshapeSchema({ type: 'array', items: { $ref: '#' } })
    expect(schema).toMatchObject({
      properties: { value: { $ref: '#/$defs/value' } },
      $defs: { value: { type: 'array', items: { $ref: '#/$defs/value' } } },
    })
  })

  test('that is a reference to an object is that object', () => {
    const node = object({ next: { $ref: '#/$defs/node' } })
    expect(reshapeSchema({ $ref: '#/$defs/node', $defs: { node } }).schema).toEqual({ ...node, $defs: { node } })
  })
})

describe('other forms', () => {
  test('a tuple keeps the schemas of its items', () => {
    expect(inside({ type: 'array', prefixItems: [string, number], items: false })).toEqual({
      type: 'array',
      items: { anyOf: [string, number] },
      description: 'items in this order: [{"type":"string"},{"type":"number"}]',
    })
  })

  test('a record of known keys is an object', () => {
    const schema = {
      type: 'object',
      propertyNames: { enum: ['a', 'b'] },
      additionalProperties: number,
      required: ['a', 'b'],
    }
    expect(inside(schema)).toEqual({ ...object({ a: number, b: number }), additionalProperties: false })
  })

  test('a property of any type says so', () => {
    expect(inside({ description: 'D' })).toMatchObject({ description: 'D', anyOf: expect.arrayContaining([string]) })
  })

  test('names of a prototype are names as any other', () => {
    const schema = JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}},"required":["__proto__"]}')
    expect(JSON.stringify(reshapeSchema(schema).schema)).toBe(JSON.stringify(schema))
  })

  test('schemas that merge with themselves come to an end', () => {
    const tree = (name: string): JsonSchema => object({ child: { $ref: `#/$defs/${name}` } })
    const schema = { allOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }], $defs: { a: tree('a'), b: tree('b') } }
    expect(problems(reshapeSchema(schema).schema)).toEqual([])
    expect(() => reshapeSchema({ $ref: '#' })).not.toThrow()
  })

  test('a reference to nowhere is an error', () => {
    expect(() => reshapeSchema(object({ p: { $ref: '#/$defs/a' } }))).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    )
  })
})

// What zod 4 writes for an object of strings, numbers, optional, nullable and other properties.
const zodObject = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 3, maxLength: 40, description: 'Full name' },
    age: { type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 },
    email: {
      type: 'string',
      format: 'email',
      pattern: "^(?:[A-Za-z0-9_'+\\-]+\\.)*[A-Za-z0-9_+-]@(?:[A-Za-z0-9]+\\.)+[A-Za-z]{2,}$",
    },
    id: { type: 'string', format: 'uuid', pattern: '^([0-9a-fA-F]{8}-[0-9a-fA-F]{4})$' },
    nick: { type: ['string', 'null'] },
    tags: { minItems: 1, maxItems: 5, type: 'array', items: { type: 'string' } },
    scores: { type: 'object', propertyNames: { type: 'string' }, additionalProperties: { type: 'number' } },
    shape: { oneOf: [object({ kind: { ...string, const: 'a' } }), object({ kind: { ...string, const: 'b' } })] },
    root: { $ref: '#/$defs/__schema0' },
    any: {},
  },
  required: ['name', 'email', 'id', 'nick', 'tags', 'scores', 'shape', 'root', 'any'],
  additionalProperties: false,
  $defs: { __schema0: object({ value: string, children: { type: 'array', items: { $ref: '#/$defs/__schema0' } } }) },
}

test('what zod writes is reshaped', () => {
  const { schema } = reshapeSchema(zodObject)
  expect(problems(schema)).toEqual([])
  expect(schema).toMatchObject({
    properties: {
      name: { type: 'string', description: 'Full name (minimum 3 characters, maximum 40 characters)' },
      age: { type: 'integer' },
      nick: { anyOf: [string, { type: 'null' }] },
      shape: { anyOf: [{ type: 'object' }, { type: 'object' }] },
      root: { $ref: '#/$defs/__schema0' },
    },
    required: zodObject.required,
    $defs: zodObject.$defs,
  })
  expect(schema).not.toHaveProperty('$schema')
})
