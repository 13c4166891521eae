import { isObject, stringsIn, type JsonObject } from '../json.ts'

/** The types of a schema. Recorded requests also say `int`, `str` and the like, which the vendor takes as well. */
export type SchemaType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null'

const typeNames: Readonly<Record<string, SchemaType>> = {
  string: 'string',
  str: 'string',
  integer: 'integer',
  int: 'integer',
  number: 'number',
  float: 'number',
  boolean: 'boolean',
  bool: 'boolean',
  array: 'array',
  list: 'array',
  object: 'object',
  dict: 'object',
  null: 'null',
}

/** The schema's type; guessed from its other keywords where it has none. */
export function typeOf(schema: JsonObject): SchemaType {
  const { type } = schema
  if (typeof type === 'string') return typeNames[type.toLowerCase()] ?? (type.startsWith('List') ? 'array' : 'string')
  if (isObject(schema['properties'])) return 'object'
  return schema['items'] === undefined ? 'string' : 'array'
}

/** The alternatives that a schema allows: of `anyOf`, or of a list of types; otherwise it alone. */
export function branchesOf(schema: JsonObject): readonly JsonObject[] {
  const several = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(several)) return several.filter(isObject)
  const types = stringsIn(schema['type'])
  return types.length === 0 ? [schema] : types.map((type) => Object.assign({}, schema, { type }))
}

/** The schema that a `$ref` stands for, in the same document; an unknown one allows anything. */
export function dereference(schema: JsonObject, root: JsonObject): JsonObject {
  const reference = schema['$ref']
  if (typeof reference !== 'string') return schema
  let target: unknown = root
  for (const step of reference.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    target = isObject(target) && Object.hasOwn(target, key) ? target[key] : undefined
  }
  return isObject(target) ? target : {}
}

/** The properties of an object's schema. */
export function propertiesOf(schema: JsonObject): readonly (readonly [string, JsonObject])[] {
  const { properties } = schema
  return isObject(properties)
    ? Object.entries(properties).map(([name, property]) => [name, isObject(property) ? property : {}] as const)
    : []
}

/** The names of the properties that must be there. */
export function requiredOf(schema: JsonObject): readonly string[] {
  return stringsIn(schema['required'])
}
