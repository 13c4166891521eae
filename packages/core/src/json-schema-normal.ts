import { isObject } from './json.ts'
import type { JsonSchema } from './json-schema.ts'
import { concerns, isScalar, typeOfKeyword } from './json-schema-shape.ts'

const containers: ReadonlySet<string | undefined> = new Set(['array', 'object'])
// An alternative may consist of these, and leaves the type to what it is an alternative in.
const alone: ReadonlySet<string> = new Set(['required', 'additionalProperties', 'dependentRequired'])

/** Called with a keyword that is replaced by others; `note` is what these do not say. */
export type OnReplaced = (keyword: string, what: string, note?: unknown) => void

/** A node that says with the keywords of a subset what it said with others, as far as there are some for it. */
export function normalise(node: JsonSchema, onReplaced: OnReplaced): JsonSchema {
  return [typed, relevant, tuple, namedProperties, patternProperties, closed].reduce(
    (each, step) => step(each, onReplaced),
    node,
  )
}

/** The items of a tuple lose their order: any of its schemas for any of them. */
function tuple({ prefixItems, additionalItems, ...node }: JsonSchema, onReplaced: OnReplaced): JsonSchema {
  // Before 2020-12 a tuple was an array of `items`, and `additionalItems` spoke of the rest.
  const isOld = Array.isArray(node['items'])
  const first = isOld ? node['items'] : prefixItems
  if (!Array.isArray(first)) return node
  onReplaced('prefixItems', 'each item may match any of the items in order', first)
  const rest = isOld ? additionalItems : node['items']
  const { items: _, ...others } = node
  return { ...others, items: oneOf(isObject(rest) ? [...first, rest] : first) }
}

/** A record whose keys are known is an object with these properties. */
function namedProperties({ propertyNames, ...node }: JsonSchema, onReplaced: OnReplaced): JsonSchema {
  const names = isObject(propertyNames) ? propertyNames['enum'] : undefined
  const { properties = {}, additionalProperties = {} } = node
  if (Array.isArray(names) && isObject(properties) && additionalProperties !== false) {
    onReplaced('propertyNames', 'a property for each name')
    const named = names.map((name) => [name, additionalProperties])
    return { ...node, properties: { ...Object.fromEntries(named), ...properties }, additionalProperties: false }
  }
  // Every name is a string, so this says nothing.
  const isPlain = isObject(propertyNames) && Object.keys(propertyNames).join() === 'type'
  return propertyNames === undefined || isPlain ? node : { ...node, propertyNames }
}

function patternProperties(node: JsonSchema, onReplaced: OnReplaced): JsonSchema {
  const { patternProperties: patterns, ...rest } = node
  // Without `false` any property is allowed in any case.
  if (!isObject(patterns) || Object.keys(patterns).length === 0 || rest['additionalProperties'] !== false) return node
  onReplaced('patternProperties', 'additional properties of any name', patterns)
  return { ...rest, additionalProperties: oneOf(Object.values(patterns)) }
}

/** Where nothing else looks at properties, those that are not evaluated are the additional ones. */
function closed({ unevaluatedProperties, ...node }: JsonSchema, onReplaced: OnReplaced): JsonSchema {
  if (unevaluatedProperties === undefined) return node
  const others = ['additionalProperties', 'patternProperties', 'anyOf', 'if', 'dependentSchemas']
  if (others.some((keyword) => keyword in node)) return { ...node, unevaluatedProperties }
  onReplaced('unevaluatedProperties', 'additionalProperties')
  return { ...node, additionalProperties: unevaluatedProperties }
}

/** Keywords that speak of one type only are meant for values of it, and providers want to be told. */
function typed(node: JsonSchema, onReplaced: OnReplaced): JsonSchema {
  const values: unknown = node['enum'] ?? ('const' in node ? [node['const']] : undefined)
  if ('type' in node || (Array.isArray(values) && values.every(isScalar))) return node
  const { anyOf } = node
  const hasAlternatives = Array.isArray(anyOf) && anyOf.some((each) => each !== false)
  const own = Object.keys(node).filter((keyword) => !alone.has(keyword))
  const hints = hasAlternatives ? ['properties', 'propertyNames'] : own
  const hint = hints.find((keyword) => keyword in node && typeOfKeyword(keyword) !== undefined)
  const type = hint && typeOfKeyword(hint)
  if (!type) return node
  onReplaced('type', `${type}, as there is ${hint}`)
  return { type, ...node }
}

/** Without the keywords that speak only of values which are excluded anyway. */
function relevant(node: JsonSchema, onReplaced: OnReplaced): JsonSchema {
  const { type, enum: values, const: value } = node
  const isSimple = typeof type !== 'string' && (values !== undefined || value !== undefined)
  if (typeof type !== 'string' && !isSimple) return node
  const entries = Object.entries(node).filter(([keyword]) => {
    const isKept = isSimple ? !containers.has(typeOfKeyword(keyword)) : concerns(keyword, String(type))
    if (!isKept) onReplaced(keyword, `left out, as the value is no ${typeOfKeyword(keyword)}`)
    return isKept
  })
  return Object.fromEntries(entries)
}

function oneOf(schemas: readonly unknown[]): unknown {
  const distinct = [...new Map(schemas.map((each) => [JSON.stringify(each), each])).values()]
  return distinct.length === 1 ? distinct[0] : { anyOf: distinct }
}
