import { isObject } from './json.ts'
import type { JsonSchema } from './json-schema.ts'

/** The type of the only values that a keyword speaks of. */
const typesOfKeywords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    string: 'minLength maxLength pattern format contentEncoding contentMediaType',
    number: 'minimum maximum exclusiveMinimum exclusiveMaximum multipleOf',
    array:
      'items prefixItems additionalItems minItems maxItems uniqueItems contains minContains maxContains unevaluatedItems',
    object:
      'properties required additionalProperties patternProperties propertyNames minProperties maxProperties ' +
      'dependentRequired dependentSchemas dependencies unevaluatedProperties',
  }).flatMap(([type, keywords]) => keywords.split(' ').map((keyword) => [keyword, type] as const)),
)

const annotations: ReadonlySet<string> = new Set(['title', 'description', 'default', 'examples', 'deprecated'])

/** A node that allows several types, as its annotations and one node for each type. */
export function splitTypes(node: JsonSchema, types: readonly string[]): readonly [JsonSchema, readonly JsonSchema[]] {
  const entries = Object.entries(node).filter(([keyword]) => keyword !== 'type')
  const outer = entries.filter(([keyword]) => isAnnotation(keyword))
  const inner = entries.filter(([keyword]) => !isAnnotation(keyword))
  const branches = types.flatMap((type) => {
    const own = inner.filter(([keyword]) => concerns(keyword, type)).map((entry) => narrow(entry, type))
    const impossible = own.some(([, value]) => value === undefined)
    return impossible ? [] : [{ type, ...Object.fromEntries(own) }]
  })
  return [Object.fromEntries(outer), branches]
}

function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith('$')
}

/** The type of the only values that a keyword speaks of; `undefined` where it speaks of all. */
export function typeOfKeyword(keyword: string): string | undefined {
  return typesOfKeywords.get(keyword)
}

/** Whether a keyword speaks of values of a type. */
export function concerns(keyword: string, type: string): boolean {
  const owner = typeOfKeyword(keyword)
  return owner === undefined || owner === (type === 'integer' ? 'number' : type)
}

/** Of `enum` and `const` what has the type; the value is `undefined` where nothing has it. */
function narrow([keyword, value]: [string, unknown], type: string): [string, unknown] {
  if (keyword === 'const') return [keyword, isOfType(value, type) ? value : undefined]
  if (keyword !== 'enum' || !Array.isArray(value)) return [keyword, value]
  const values = value.filter((each) => isOfType(each, type))
  return [keyword, values.length > 0 ? values : undefined]
}

function isOfType(value: unknown, type: string): boolean {
  if (value === null) return type === 'null'
  if (Array.isArray(value)) return type === 'array'
  return type === 'integer' ? Number.isInteger(value) : type === typeof value
}

/** Whether a value is none of an object, an array or `undefined`: providers take only such for `const` and `enum`. */
export function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

/** Whether `null` is seen to match a reshaped schema. */
export function allowsNull({ type, enum: values, anyOf, ...rest }: JsonSchema): boolean {
  if (type !== undefined) return type === 'null'
  if (Array.isArray(values)) return values.includes(null)
  if (Array.isArray(anyOf)) return anyOf.some((each) => isObject(each) && allowsNull(each))
  return 'const' in rest ? rest['const'] === null : rest['$ref'] === undefined
}

/** A reshaped schema that matches `null` as well. */
export function nullable({ title, description, ...schema }: JsonSchema): JsonSchema {
  const onlyAlternatives = Object.keys(schema).length === 1 && Array.isArray(schema['anyOf'])
  const alternatives: readonly unknown[] =
    onlyAlternatives && Array.isArray(schema['anyOf']) ? schema['anyOf'] : [schema]
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    anyOf: [...alternatives, { type: 'null' }],
  }
}

/** Whether no value can match two of the alternatives, because a property that all of them require tells them apart. */
export function areExclusive(alternatives: readonly unknown[]): boolean {
  const [first] = alternatives
  const names = isObject(first) && isObject(first['properties']) ? Object.keys(first['properties']) : []
  return names.some((name) => {
    const tags = alternatives.map((each) => tagOf(each, name))
    return !tags.includes(undefined) && new Set(tags).size === tags.length
  })
}

function tagOf(schema: unknown, name: string): string | undefined {
  if (!isObject(schema) || !isObject(schema['properties'])) return undefined
  const { properties, required } = schema
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  const isRequired = Array.isArray(required) && required.includes(name)
  return isRequired && isObject(property) && 'const' in property ? JSON.stringify(property['const']) : undefined
}
