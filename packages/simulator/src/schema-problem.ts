import { isObject, objectsIn, stringsIn, type JsonObject } from './json.ts'
import { dereference, propertiesOf, requiredOf } from './language/schema.ts'

/**
 * What is wrong with a value by a JSON schema, in words that begin with the place; `undefined` where nothing is. It knows
 * what the schema of script files uses: types, enumerations, properties, items, `anyOf` and references.
 */
export function schemaProblem(value: unknown, schema: JsonObject): string | undefined {
  return problemAt(value, schema, schema, '')
}

function problemAt(value: unknown, written: JsonObject, root: JsonObject, path: string): string | undefined {
  const schema = dereference(written, root)
  const branches = objectsIn(schema['anyOf'])
  if (branches.length > 0) return branchProblem(value, branches, root, path)
  const types = typeof schema['type'] === 'string' ? [schema['type']] : stringsIn(schema['type'])
  const place = path === '' ? 'it' : path
  if (types.length > 0 && !types.some((type) => isType(value, type))) return `${place} has to be ${types.join(' or ')}`
  const words = schema['enum']
  if (Array.isArray(words) && !words.includes(value)) return `${place} has to be one of ${words.join(', ')}`
  if (Array.isArray(value)) {
    const { items } = schema
    return isObject(items) ? first(value, (item, at) => problemAt(item, items, root, `${path}[${at}]`)) : undefined
  }
  return isObject(value) ? objectProblem(value, schema, root, path) : undefined
}

function objectProblem(value: JsonObject, schema: JsonObject, root: JsonObject, path: string): string | undefined {
  const properties = new Map(propertiesOf(schema))
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const missing = requiredOf(schema).find((name) => value[name] === undefined)
  if (missing !== undefined) return `${at(missing)} is missing`
  return first(Object.entries(value), ([name, item]) => {
    const property = properties.get(name)
    if (property) return problemAt(item, property, root, at(name))
    return schema['additionalProperties'] === false
      ? `${at(name)} is not known; there are ${[...properties.keys()].join(', ')}`
      : undefined
  })
}

// The branch that fits in its type is the one that was meant.
function branchProblem(
  value: unknown,
  branches: readonly JsonObject[],
  root: JsonObject,
  path: string,
): string | undefined {
  const problems = branches.map((branch) => problemAt(value, branch, root, path))
  if (problems.includes(undefined)) return undefined
  const meant = branches.findIndex((branch) => {
    const { type, required } = dereference(branch, root)
    return isType(value, String(type)) && stringsIn(required).every((name) => isObject(value) && name in value)
  })
  return problems[Math.max(0, meant)]
}

function isType(value: unknown, type: string): boolean {
  if (type === 'object') return isObject(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  return type === 'null' ? value === null : typeof value === type
}

function first<T>(items: readonly T[], check: (item: T, at: number) => string | undefined): string | undefined {
  for (const [at, item] of items.entries()) {
    const problem = check(item, at)
    if (problem !== undefined) return problem
  }
  return undefined
}
