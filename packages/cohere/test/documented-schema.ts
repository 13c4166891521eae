import { isObject } from '@interlingua/core'

const keywords = new Set(
  'type title description properties required additionalProperties items enum const format pattern anyOf $ref $defs'.split(
    ' ',
  ),
)
const types = new Set<unknown>(['string', 'integer', 'number', 'boolean', 'null', 'array', 'object'])
const formats = new Set<unknown>(['date-time', 'uuid', 'date', 'time'])

/**
 * What is wrong with a schema by the documentation alone.
 *
 * @see https://docs.cohere.com/docs/structured-outputs#parameter-types-support
 * @see https://docs.cohere.com/reference/errors
 */
export function problems(schema: unknown, root: unknown = schema, path = '#'): readonly string[] {
  if (!isObject(schema)) return [`${path} is not an object`]
  const found: string[] = []
  const unless = (valid: boolean, problem: string): void => void (valid || found.push(`${path} ${problem}`))
  const { type, format, pattern, anyOf, $ref, $defs, items, properties, required, additionalProperties } = schema
  for (const keyword of Object.keys(schema)) unless(keywords.has(keyword), `has ${keyword}`)
  unless(path !== '#' || type === 'object', 'is not of type object')
  unless(type === undefined || types.has(type), `has the type ${JSON.stringify(type)}`)
  unless(format === undefined || formats.has(format), `has the format ${String(format)}`)
  unless(pattern === undefined || isPlainPattern(pattern), `has the pattern ${String(pattern)}`)
  for (const value of [schema['const'], ...list(schema['enum'])])
    unless(!(value instanceof Object), 'has a value that is not scalar')
  unless(!('enum' in schema) || list(schema['enum']).length > 0, 'has an empty enum')
  if (type === 'object' || properties !== undefined) {
    const names = isObject(properties) ? Object.keys(properties) : []
    unless(list(required).length > 0, 'requires no property')
    for (const name of list(required))
      unless(names.includes(String(name)), `requires ${String(name)}, which it does not have`)
  }
  if (typeof $ref === 'string') {
    const defs = isObject(root) && isObject(root['$defs']) ? root['$defs'] : {}
    unless($ref === '#' || Object.keys(defs).some((name) => $ref === `#/$defs/${name}`), `refers to ${$ref}`)
  }
  unless(anyOf === undefined || list(anyOf).length > 0, 'has no alternatives')
  const below: [string, unknown][] = [
    ...Object.entries(isObject(properties) ? properties : {}),
    ...Object.entries(isObject($defs) ? $defs : {}),
    ...Object.entries(list(anyOf)),
  ]
  for (const [name, property] of Object.entries(isObject(properties) ? properties : {})) {
    const typed = ['type', 'enum', 'const', 'anyOf', '$ref'].some(
      (keyword) => isObject(property) && keyword in property,
    )
    unless(typed, `has the property ${name} without a type`)
  }
  if (items !== undefined) below.push(['items', items])
  if (isObject(additionalProperties)) below.push(['additionalProperties', additionalProperties])
  return [...found, ...below.flatMap(([name, each]) => problems(each, root, `${path}/${name}`))]
}

function isPlainPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false
  const plain = pattern.replaceAll(/\\./gs, 'x').replaceAll('[^', '[')
  return !/[\^$]|\?=|\?!|\?</.test(plain) && new RegExp(pattern) instanceof RegExp
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
