import type { JsonSchema } from '@interlingua/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reshapeSchema } from '../src/schema.ts'
import { problems } from './documented-schema.ts'

const string = { type: 'string' }
const number = { type: 'number' }

const { schema: anySchema } = fc.letrec<{ schema: JsonSchema; part: unknown }>((tie) => ({
  part: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(true, {}, string, number, { $ref: '#/$defs/a' }, { $ref: '#' }),
    tie('schema'),
    fc.constant(false),
  ),
  schema: fc
    .record(
      {
        type: fc.constantFrom<unknown>(
          'string',
          'integer',
          'number',
          'null',
          'array',
          'object',
          ['string', 'null'],
          ['object', 'array', 'integer', 'number'],
        ),
        properties: fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('part'), { maxKeys: 3 }),
        required: fc.subarray(['a', 'b', 'd']),
        additionalProperties: tie('part'),
        patternProperties: fc.dictionary(fc.constantFrom('^a', 'b'), tie('part'), { maxKeys: 2 }),
        propertyNames: fc.constantFrom({ enum: ['a', 'e'] }, { ...string }, { pattern: '^a' }),
        unevaluatedProperties: fc.boolean(),
        items: fc.oneof(tie('part'), fc.array(tie('part'), { maxLength: 2 })),
        prefixItems: fc.array(tie('part'), { maxLength: 2 }),
        anyOf: fc.array(tie('part'), { minLength: 1, maxLength: 2 }),
        oneOf: fc.array(tie('part'), { minLength: 1, maxLength: 2 }),
        allOf: fc.array(tie('part'), { minLength: 1, maxLength: 2 }),
        $ref: fc.constantFrom('#', '#/$defs/a', '#/$defs/b', '#/definitions/a'),
        not: tie('part'),
        if: tie('part'),
        enum: fc.constantFrom<unknown>(['a', null], [1, { a: 1 }], ['b', 'c']),
        const: fc.constantFrom<unknown>('a', null, [1], { a: 1 }),
        minLength: fc.nat(3),
        maximum: fc.nat(3),
        uniqueItems: fc.boolean(),
        format: fc.constantFrom('date', 'email'),
        pattern: fc.constantFrom('^a$', 'a', 'a|^b', '(?=a)b', '[^^$]'),
        title: fc.constant('T'),
        description: fc.constant('D'),
        default: fc.constant(1),
        $schema: fc.constant('S'),
        unknown: fc.constant(1),
      },
      { requiredKeys: [] },
    )
    .map((schema): JsonSchema => schema),
}))

function withDefinitions([root, a, b, old]: readonly JsonSchema[]): JsonSchema {
  return { ...root, $defs: { a, b }, definitions: { a: old } }
}

const anyDocument = fc.tuple(anySchema, anySchema, anySchema, anySchema).map(withDefinitions)

test('whatever comes in, what goes out is what Cohere documents, and stays so', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const before = structuredClone(document)
      const { schema } = reshapeSchema(document)
      expect(document).toEqual(before)
      expect(problems(schema)).toEqual([])
      expect(reshapeSchema(schema)).toEqual({ schema, changes: [] })
    }),
    { numRuns: 100 },
  )
})
