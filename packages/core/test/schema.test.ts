import { toStandardJsonSchema } from '@valibot/to-json-schema'
import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type JsonSchema, jsonSchema, readSchema } from '../src/index.ts'

const plain: JsonSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, days: { type: 'number' } },
  required: ['city'],
}
const libraries = {
  zod: z.object({ city: z.string(), days: z.number().optional() }),
  valibot: toStandardJsonSchema(v.object({ city: v.string(), days: v.optional(v.number()) })),
  arktype: type({ city: 'string', 'days?': 'number' }),
  'a JSON Schema with a type': jsonSchema<{ city: string; days?: number }>(plain),
  'a JSON Schema': plain,
}

describe.each(Object.entries(libraries))('a schema of %s', (_, schema) => {
  test('becomes a JSON Schema', () => {
    expect(readSchema(schema, 'input').jsonSchema).toEqual(plain)
  })

  test('lets through what fits', async () => {
    expect(await readSchema(schema, 'input').validate({ city: 'Paris' })).toEqual({ value: { city: 'Paris' } })
  })

  test('tells the place of what does not', async () => {
    const { issues } = await readSchema(schema, 'input').validate({ city: 'Paris', days: 'two' })
    expect(issues).toMatchObject([{ path: ['days'], message: expect.stringContaining('number') }])
  })
})

test('what a schema makes of a value is what it gives', async () => {
  const { jsonSchema: shown, validate } = readSchema(
    z.object({ days: z.string().transform(Number), unit: z.string().default('°C') }),
    'input',
  )
  expect(shown).toMatchObject({ properties: { days: { type: 'string' } }, required: ['days'] })
  expect(await validate({ days: '3' })).toEqual({ value: { days: 3, unit: '°C' } })
})

test('a validation that waits is waited for', async () => {
  const { validate } = readSchema(z.object({ id: z.string().refine(async (id) => id === 'known') }), 'input')
  expect(await validate({ id: 'known' })).toEqual({ value: { id: 'known' } })
  expect(await validate({ id: 'other' })).toMatchObject({ issues: [{ path: ['id'] }] })
})

describe('what cannot become a JSON Schema is a typed error that says what to do', () => {
  const error = (schema: Parameters<typeof readSchema>[0]): unknown => {
    try {
      return readSchema(schema, 'output')
    } catch (thrown) {
      return thrown
    }
  }

  test('a schema of Valibot as it is', () => {
    expect(error(v.object({ city: v.string() }))).toMatchObject({
      code: 'invalid_request',
      field: 'output',
      message: expect.stringContaining('toStandardJsonSchema'),
    })
  })

  test('a schema of a library that does not know how', () => {
    const schema = { '~standard': { version: 1, vendor: 'acme', validate: (value: unknown) => ({ value }) } } as const
    expect(error(schema)).toMatchObject({
      code: 'invalid_request',
      message: expect.stringMatching(/acme.*jsonSchema</),
    })
  })

  test('a type that JSON does not have', () => {
    expect(error(z.object({ day: z.date() }))).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('Date'),
      cause: expect.any(Error),
    })
  })

  test('a JSON Schema that contains itself', () => {
    const schema: Record<string, unknown> = { type: 'object' }
    schema['properties'] = { self: schema }
    expect(error(schema)).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('JSON') })
  })

  test.each([[undefined], [null], ['object'], [[]]])('%j', (schema) => {
    expect(error(schema as never)).toMatchObject({ code: 'invalid_request' })
  })
})
