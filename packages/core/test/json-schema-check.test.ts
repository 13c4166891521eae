import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInterlinguaError } from '../src/error.ts'
import { checkJsonSchema, type SchemaIssue } from '../src/json-schema-check.ts'
import { withoutRefusedNulls } from '../src/json-schema-null.ts'
import type { JsonSchema } from '../src/json-schema.ts'

function said(schema: JsonSchema, value: unknown): readonly string[] {
  return checkJsonSchema(schema, value).map(({ path, message }: SchemaIssue) => [...path, message].join(' '))
}

/** A schema, what matches it, what does not, and what is said of the first that does not. */
type Row = readonly [schema: JsonSchema, valid: readonly unknown[], invalid: readonly unknown[], message: string]

const rows: Readonly<Record<string, Row>> = {
  type: [{ type: 'string' }, ['', 'a'], [1, null, {}], 'must be a string, not a number'],
  'several types': [{ type: ['string', 'null'] }, ['a', null], [1], 'must be a string or null, not a number'],
  integer: [{ type: 'integer' }, [1, 1.0, -0], [1.5, '1'], 'must be an integer, not a number'],
  'not a number': [{ type: 'number' }, [1.5], [undefined], 'must be a number, not an undefined'],
  enum: [{ enum: ['a', 1, { b: [2] }] }, ['a', 1, { b: [2] }], ['1'], 'must be "a" or 1 or {"b":[2]}'],
  const: [{ const: { a: 1, b: 2 } }, [{ b: 2, a: 1 }], [{ a: 1 }], 'must be {"a":1,"b":2}'],
  properties: [
    { properties: { a: { type: 'string' } } },
    [{}, { b: 1 }, []],
    [{ a: 1 }],
    'a must be a string, not a number',
  ],
  'a false property': [{ properties: { a: false } }, [{}], [{ a: 1 }], 'a is not allowed'],
  required: [{ required: ['a'] }, [{ a: undefined }, 1], [{}], 'a is required'],
  'required of a prototype': [{ required: ['toString'] }, [{ toString: 1 }], [{}], 'toString is required'],
  additionalProperties: [
    { properties: { a: {} }, additionalProperties: false },
    [{ a: 1 }],
    [{ b: 1 }],
    'b is not allowed',
  ],
  'additionalProperties, a schema': [
    { additionalProperties: { type: 'null' } },
    [{ a: null }],
    [{ a: 1 }],
    'a must be null, not a number',
  ],
  patternProperties: [
    { patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false },
    [{ 'x-a': '' }],
    [{ 'x-a': 1 }, { y: '' }],
    'x-a must be a string, not a number',
  ],
  propertyNames: [
    { propertyNames: { maxLength: 1 } },
    [{ a: 1 }],
    [{ ab: 1 }],
    'ab has a name that must be at most 1 character long',
  ],
  minProperties: [{ minProperties: 2 }, [{ a: 1, b: 1 }, []], [{ a: 1 }], 'must have at least 2 properties'],
  maxProperties: [{ maxProperties: 1 }, [{ a: 1 }], [{ a: 1, b: 1 }], 'must have at most 1 property'],
  dependentRequired: [
    { dependentRequired: { a: ['b'] } },
    [{}, { a: 1, b: 1 }],
    [{ a: 1 }],
    'b is required where there is a',
  ],
  dependentSchemas: [
    { dependentSchemas: { a: { maxProperties: 1 } } },
    [{ a: 1 }],
    [{ a: 1, b: 1 }],
    'must have at most 1 property',
  ],
  items: [{ items: { type: 'string' } }, [[], ['a'], 'a'], [['a', 1]], '1 must be a string, not a number'],
  prefixItems: [
    { prefixItems: [{ type: 'string' }], items: false },
    [[], ['a']],
    [[1], ['a', 1]],
    '0 must be a string, not a number',
  ],
  'a tuple of draft 7': [{ items: [true], additionalItems: false }, [['a']], [['a', 1]], '1 is not allowed'],
  contains: [
    { contains: { const: 1 } },
    [[0, 1]],
    [[0]],
    'must contain at least 1 items that match {"const":1}, not 0',
  ],
  minContains: [
    { contains: { const: 1 }, minContains: 2 },
    [[1, 1]],
    [[1]],
    'must contain at least 2 items that match {"const":1}, not 1',
  ],
  maxContains: [
    { contains: { const: 1 }, maxContains: 1 },
    [[1]],
    [[1, 1]],
    'must contain at most 1 items that match {"const":1}, not 2',
  ],
  minItems: [{ minItems: 1 }, [[1], ''], [[]], 'must have at least 1 item'],
  maxItems: [{ maxItems: 1 }, [[1]], [[1, 2]], 'must have at most 1 item'],
  uniqueItems: [
    { uniqueItems: true },
    [[1, '1', true]],
    [[{ a: 1, b: 2 }, 0, { b: 2, a: 1 }]],
    'must not contain the same item twice, as at 0 and 2',
  ],
  minimum: [{ minimum: 1 }, [1, '0'], [0.9], 'must be at least 1'],
  maximum: [{ maximum: 1 }, [1], [1.1], 'must be at most 1'],
  exclusiveMinimum: [{ exclusiveMinimum: 1 }, [1.1], [1], 'must be greater than 1'],
  exclusiveMaximum: [{ exclusiveMaximum: 1 }, [0.9], [1], 'must be less than 1'],
  multipleOf: [{ multipleOf: 0.1 }, [0.3, 4.35e1, 0, 1e300], [0.35, Infinity], 'must be a multiple of 0.1'],
  minLength: [{ minLength: 2 }, ['ab', 1], ['💩'], 'must be at least 2 characters long'],
  maxLength: [{ maxLength: 1 }, ['💩'], ['ab'], 'must be at most 1 character long'],
  pattern: [{ pattern: '^\\p{L}+$' }, ['é', 1], ['1'], 'must match the regular expression ^\\p{L}+$'],
  'a pattern of before the flag': [
    { pattern: '^[\\w-.]+$' },
    ['a-b.c'],
    ['/'],
    'must match the regular expression ^[\\w-.]+$',
  ],
  'a format': [
    { format: 'date' },
    ['2024-02-29', 1],
    ['2023-02-29', '1900-02-29', '2024-1-1'],
    'must be of the format date',
  ],
  'an unknown format': [{ format: 'shoe-size', type: 'string' }, ['a'], [1], 'must be a string, not a number'],
  allOf: [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, [1], [0], 'must be at least 1'],
  anyOf: [
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ['', null],
    [1],
    'must be a string, not a number, or must be null, not a number',
  ],
  'anyOf, one alternative meant': [
    { anyOf: [{ type: 'string', minLength: 2 }, { type: 'null' }] },
    [null],
    ['a'],
    'must be at least 2 characters long',
  ],
  oneOf: [
    { oneOf: [{ minimum: 1 }, { maximum: 2 }] },
    [0, 3],
    [1],
    'must match only one of 2 alternatives, but matches 2',
  ],
  not: [{ not: { type: 'string' } }, [1], ['a'], 'must not match {"type":"string"}'],
  'not anything': [{ properties: { a: { not: {} } } }, [{}], [{ a: 1 }], 'a is not allowed'],
  if: [
    JSON.parse('{ "if": { "const": 1 }, "then": false, "else": { "type": "string" } }'),
    ['a'],
    [2, 1],
    'must be a string, not a number',
  ],
  $ref: [{ $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'string' } } }, ['a'], [1], 'must be a string, not a number'],
  unevaluatedProperties: [
    {
      allOf: [{ properties: { a: true } }],
      anyOf: [{ required: ['b'], properties: { b: true } }, true],
      unevaluatedProperties: false,
    },
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ c: 1 }],
    'c is not allowed',
  ],
  unevaluatedItems: [
    { allOf: [{ prefixItems: [true] }], unevaluatedItems: false },
    [[1]],
    [[1, 2]],
    '1 is not allowed',
  ],
}

describe('a keyword', () => {
  test.each(Object.entries(rows))('%s', (_, [schema, valid, invalid, message]) => {
    for (const value of valid) expect(said(schema, value)).toEqual([])
    for (const value of invalid) expect(said(schema, value)).not.toEqual([])
    expect(said(schema, invalid[0])).toEqual([message])
  })

  test('that has a value of the wrong type says nothing', () => {
    const schema = { minLength: '3', required: true, properties: [], enum: 'a', items: 5, anyOf: {}, format: 1 }
    expect(said({ ...schema, items: true }, 'a')).toEqual([])
    expect(said({ ...schema, items: true }, { a: 1 })).toEqual([])
  })
})

describe('a value', () => {
  test('that is nested without end is an issue', () => {
    const cycle: Record<string, unknown> = {}
    cycle['cycle'] = cycle
    expect(said({}, cycle)).toEqual(['must not be nested deeper than 100 levels'])
    expect(said({ uniqueItems: true }, JSON.parse('['.repeat(1e5) + ']'.repeat(1e5)))).toHaveLength(1)
  })

  test('with the names of a prototype is a value as any other', () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"type":"string"}},"additionalProperties":false}')
    expect(said(schema, JSON.parse('{"__proto__":"a"}'))).toEqual([])
    expect(said(schema, JSON.parse('{"__proto__":1}'))).toEqual(['__proto__ must be a string, not a number'])
    expect(said(schema, JSON.parse('{"constructor":1}'))).toEqual(['constructor is not allowed'])
  })

  test('without the nulls that are refused keeps all else', () => {
    const schema = {
      properties: { a: { type: 'string' }, b: { type: ['string', 'null'] }, c: { items: { type: 'string' } } },
    }
    const value = { a: null, b: null, c: [null], d: null }
    expect(withoutRefusedNulls(schema, value)).toEqual({ b: null, c: [null], d: null })
    expect(value).toHaveProperty('a')
  })
})

/** The narrowest schema of a value that says nothing of its leaves but their types. */
function schemaOf(value: unknown): JsonSchema {
  if (Array.isArray(value))
    return { type: 'array', prefixItems: value.map(schemaOf), items: false, minItems: value.length }
  if (typeof value !== 'object' || value === null) return { type: value === null ? 'null' : typeof value, const: value }
  const properties = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, schemaOf(each)]))
  return { type: 'object', properties, required: Object.keys(value), additionalProperties: false }
}

describe('any JSON value', () => {
  test('matches its own schema, and another value matches it only if it is equal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        expect(said(schemaOf(value), value)).toEqual([])
        expect(said({ not: { not: schemaOf(value) } }, value)).toEqual([])
        const isEqual = said({ const: value }, other).length === 0
        expect(said(schemaOf(value), other).length === 0).toBe(isEqual)
        expect(said({ oneOf: [schemaOf(value), { const: value }] }, value)).toHaveLength(1)
      }),
    )
  })

  test('is checked by any schema without an accident', () => {
    const keyword = fc.constantFrom(
      'type',
      'enum',
      'items',
      'anyOf',
      'not',
      'minLength',
      'required',
      '$ref',
      'pattern',
      'properties',
      'if',
      'contains',
    )
    fc.assert(
      fc.property(fc.dictionary(keyword, fc.jsonValue({ maxDepth: 3 })), fc.jsonValue(), (schema, value) => {
        try {
          checkJsonSchema(schema, value)
        } catch (error) {
          expect(isInterlinguaError(error)).toBe(true)
        }
      }),
    )
  })
})
