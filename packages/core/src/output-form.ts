import { isObject } from './json.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Schema, SchemaReader } from './schema.ts'
import { readSchema } from './schema.ts'

/** An output as it goes over the wire: as a JSON object. */
export interface OutputForm {
  /** The schema of that object. */
  readonly jsonSchema: JsonSchema
  /** Whether the object was put around the output, which is its `value`. */
  readonly wrapped: boolean
  /** Validates an output. */
  readonly validate: SchemaReader['validate']
}

/** The form of a schema. Throws an error of code `invalid_request` where it has none. */
export function formOf(schema: Schema): OutputForm {
  const { jsonSchema, validate } = readSchema(schema, 'output')
  if (jsonSchema['type'] === 'object') return { jsonSchema, wrapped: false, validate }
  return { jsonSchema: wrap(jsonSchema), wrapped: true, validate }
}

const shared = ['$defs', 'definitions']

/** Puts an object around a schema, with the definitions where references look for them. */
function wrap(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema)
  const value = Object.fromEntries(entries.filter(([key]) => !shared.includes(key)))
  const definitions = Object.fromEntries(entries.filter(([key]) => shared.includes(key)))
  const wrapped = {
    type: 'object',
    properties: { value },
    required: ['value'],
    additionalProperties: false,
    ...definitions,
  }
  const moved: unknown = JSON.parse(JSON.stringify(wrapped), moveReference)
  return isObject(moved) ? moved : wrapped
}

/** A place in the schema is further down now. */
function moveReference(key: string, target: unknown): unknown {
  if (key !== '$ref' || typeof target !== 'string' || !target.startsWith('#')) return target
  return shared.some((name) => target.startsWith(`#/${name}/`)) ? target : `#/properties/value${target.slice(1)}`
}
