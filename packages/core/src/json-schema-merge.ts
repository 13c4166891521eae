import { isObject } from './json.ts'
import type { JsonSchema } from './json-schema.ts'

/** Called with a keyword of the second schema that could not be made part of the first. */
export type OnLost = (keyword: string, value: unknown) => void

/**
 * One schema that says what two say, as far as one schema can. What cannot be said in one is lost of the second, and
 * reported. Schemas within schemas are not merged here but put together as `allOf`.
 */
export function mergeSchemas(one: JsonSchema, other: JsonSchema, onLost: OnLost): JsonSchema {
  const merged = new Map(Object.entries(one))
  for (const [keyword, theirs] of Object.entries(other)) {
    const ours = merged.get(keyword)
    const both = ours === undefined || same(ours, theirs) ? theirs : mergeKeyword(keyword, ours, theirs)
    if (both === undefined) onLost(keyword, theirs)
    else merged.set(keyword, both)
  }
  return Object.fromEntries(reconcile(merged, onLost))
}

/** What one keyword says in two schemas; `undefined` where it cannot say both. */
function mergeKeyword(keyword: string, ours: unknown, theirs: unknown): unknown {
  switch (keyword) {
    case 'title':
    case 'default':
    case 'examples':
    case '$schema':
    case '$id':
    case '$comment':
      return ours
    case 'description':
      return typeof ours === 'string' && typeof theirs === 'string' ? `${ours} ${theirs}` : ours
    case 'properties':
    case 'patternProperties':
    case '$defs':
    case 'definitions':
      return isObject(ours) && isObject(theirs) ? mergeMembers(ours, theirs) : undefined
    case 'required':
      return [...new Set([...list(ours), ...list(theirs)])]
    case 'type':
      return mergeTypes(list(ours), list(theirs))
    case 'enum': {
      const common = list(ours).filter((each) => list(theirs).some((value) => same(each, value)))
      return common.length > 0 ? common : undefined
    }
    case 'items':
    case 'additionalProperties':
    case 'propertyNames':
      if (Array.isArray(ours) || Array.isArray(theirs)) return undefined
      return ours === false || theirs === false ? false : { allOf: [ours, theirs] }
    case 'minimum':
    case 'exclusiveMinimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return Math.max(Number(ours), Number(theirs))
    case 'maximum':
    case 'exclusiveMaximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return Math.min(Number(ours), Number(theirs))
    case 'uniqueItems':
      return ours === true || theirs === true
    default:
      return undefined
  }
}

function mergeMembers(ours: JsonSchema, theirs: JsonSchema): JsonSchema {
  const members = new Map(Object.entries(ours))
  for (const [name, schema] of Object.entries(theirs)) {
    members.set(name, members.has(name) ? { allOf: [members.get(name), schema] } : schema)
  }
  return Object.fromEntries(members)
}

function mergeTypes(ours: readonly unknown[], theirs: readonly unknown[]): unknown {
  const common = [
    ...ours.filter((type) => theirs.includes(type) || (type === 'integer' && theirs.includes('number'))),
    ...theirs.filter((type) => type === 'integer' && ours.includes('number') && !ours.includes(type)),
  ]
  return common.length > 1 ? common : common[0]
}

/** A `const` beside an `enum` says the same as the `const` alone, or is a contradiction. */
function reconcile(merged: Map<string, unknown>, onLost: OnLost): Map<string, unknown> {
  if (!merged.has('const') || !merged.has('enum')) return merged
  const values = merged.get('enum')
  if (!list(values).some((each) => same(each, merged.get('const')))) onLost('enum', values)
  merged.delete('enum')
  return merged
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
