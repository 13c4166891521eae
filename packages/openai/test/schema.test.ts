import { isObject, type JsonSchema, restoreValue } from '@interlingua/core'
import { checkJsonSchema } from '@interlingua/core/json-schema'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { strictSchema } from '../src/schema.ts'

/** The keywords that OpenAI documents: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas. */
const documented = new Set(
  (
    'type title description enum const anyOf properties required additionalProperties items $ref $defs pattern format ' +
    'multipleOf maximum exclusiveMaximum minimum exclusiveMinimum minItems maxItems'
  ).split(' '),
)

/** What OpenAI would refuse of a strict schema. */
function problems(schema: unknown, path = ''): string[] {
  if (!isObject(schema)) return [`${path} is no schema`]
  const { properties, required, $defs, anyOf, items } = schema
  const found = Object.keys(schema).filter((keyword) => !documented.has(keyword))
  if (schema['type'] === 'object') {
    if (schema['additionalProperties'] !== false) found.push('open')
    const names = Object.keys(isObject(properties) ? properties : {}).toSorted()
    if (!Array.isArray(required) || required.map(String).toSorted().join() !== names.join()) found.push('optional')
  }
  if ('$ref' in schema && Object.keys(schema).length > 1) found.push('a reference that does not stand alone')
  const below = [properties, $defs, anyOf].flatMap((each) => Object.entries(Object(each)))
  return [
    ...found.map((problem) => `${path}: ${problem}`),
    ...below.flatMap(([name, each]) => problems(each, `${path}/${name}`)),
    ...(items === undefined ? [] : problems(items, `${path}/items`)),
  ]
}

const leaf: fc.Arbitrary<JsonSchema> = fc.constantFrom<JsonSchema>(
  { type: 'string', minLength: 1, default: 'a' },
  { type: ['string', 'null'], format: 'email' },
  { type: 'integer', minimum: 0 },
  { enum: ['a', 'b'] },
  { const: 1 },
  { $ref: '#/$defs/book', description: 'A book' },
)
const { node } = fc.letrec<{ node: JsonSchema }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.record({ type: fc.constant('array'), items: tie('node'), uniqueItems: fc.boolean() }),
    fc.record({ oneOf: fc.array(tie('node'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.tuple(fc.constant({ description: 'D' }), tie('node')) }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('node'), { minKeys: 1 }),
      required: fc.constantFrom([], ['a']),
      additionalProperties: fc.constantFrom<unknown>(false, undefined),
    }),
  ),
}))

describe('a strict schema', () => {
  test('is what OpenAI documents, whatever comes in, unless it is said to be unfit', () => {
    const book = { type: 'object', properties: { title: { type: 'string' } } }
    fc.assert(
      fc.property(node, (each) => {
        const { schema, unfit } = strictSchema({ ...each, $defs: { book } })
        if (unfit === undefined) expect(problems(schema)).toEqual([])
        expect(schema['type']).toBe('object')
      }),
    )
  })

  test('is wrapped where it is not one of an object, and the answer is taken out again', () => {
    const reshaped = strictSchema({ type: 'array', items: { type: 'string' } })
    expect(problems(reshaped.schema)).toEqual([])
    expect(restoreValue(reshaped, { value: ['a'] })).toEqual(['a'])
  })

  test.each([
    ['a map', { type: 'object', additionalProperties: { type: 'string' } }],
    ['names by a pattern', { type: 'object', patternProperties: { '^a': {} } }],
    ['anything', { type: 'object', properties: { any: {} } }],
    ['a list of anything', { type: 'object', properties: { list: { type: 'array' } } }],
  ])('%s cannot be said', (_, schema) => expect(strictSchema(schema).unfit).toBeDefined())

  test('what it allows, the original does, once the nulls for what is absent are gone', () => {
    const original = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'integer' } }, required: ['a'] }
    const { schema } = strictSchema(original)
    expect(checkJsonSchema(schema, { a: 'x', b: null })).toEqual([])
    expect(checkJsonSchema(original, { a: 'x' })).toEqual([])
  })
})
