import { isObject, type JsonObject } from '../json.ts'
import { propertiesOf, requiredOf, typeOf } from '../language/schema.ts'
import { badRequest, type Problem } from './errors.ts'

// Documented as not supported at https://docs.cohere.com/docs/structured-outputs.
const unsupported = [
  'allOf',
  'oneOf',
  'not',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minLength',
  'maxLength',
]
const formats = new Set(['date-time', 'uuid', 'date', 'time'])
const valueKeywords = ['type', 'enum', 'const', 'anyOf', '$ref', 'properties', 'items']

/**
 * What the vendor does not support in a schema for structured output: the rules are documented, and so are the texts
 * about objects, properties and required fields; the others are this package's own.
 */
export function schemaProblem(schema: unknown): Problem | undefined {
  if (!isObject(schema) || typeOf(schema) !== 'object') return badRequest('schema must be an object')
  return problemIn(schema)
}

/** The number of fields that a schema has, those of nested objects included. */
export function countFields(schema: unknown): number {
  if (!isObject(schema)) return 0
  const properties = propertiesOf(schema)
  const inner = [...properties.map(([, property]) => property), schema['items']]
  return properties.length + inner.reduce<number>((sum, part) => sum + countFields(part), 0)
}

function problemIn(schema: JsonObject): Problem | undefined {
  const keyword = unsupported.find((name) => schema[name] !== undefined)
  if (keyword) return badRequest(`invalid request: schema keyword '${keyword}' is not supported.`)
  const { format, pattern, $defs: definitions, definitions: older } = schema
  if (typeof format === 'string' && !formats.has(format)) {
    return badRequest(`invalid request: schema format '${format}' is not supported.`)
  }
  const anchor = typeof pattern === 'string' ? /(?<!\\|\[)[\^$]|\?=|\?!/.exec(pattern)?.[0] : undefined
  if (anchor) return badRequest(`invalid request: '${anchor}' is not supported in the pattern of a schema.`)
  return (
    objectProblem(schema) ??
    first([...Object.values({ ...record(definitions), ...record(older) }), schema['items'], ...list(schema['anyOf'])])
  )
}

function objectProblem(schema: JsonObject): Problem | undefined {
  if (schema['type'] !== 'object' && schema['properties'] === undefined) return undefined
  const properties = propertiesOf(schema)
  const required = requiredOf(schema)
  if (required.length === 0) {
    return badRequest('invalid request: every object in a schema must have at least one required field.')
  }
  if (required.some((name) => properties.every(([known]) => known !== name))) {
    return badRequest('required field name not found in properties')
  }
  const bare = properties.find(([, property]) => valueKeywords.every((keyword) => property[keyword] === undefined))
  if (bare) return badRequest(`property ${bare[0]} must have a type`)
  return first(properties.map(([, property]) => property))
}

function first(parts: readonly unknown[]): Problem | undefined {
  for (const part of parts) {
    const problem = isObject(part) ? problemIn(part) : undefined
    if (problem) return problem
  }
  return undefined
}

function record(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
