import { InterlinguaError } from './error.ts'
import { excerpt, isObject } from './json.ts'
import type { JsonSchema } from './json-schema.ts'
import { assertKeyword } from './json-schema-assertion.ts'
import { below, noneMatches, type SchemaIssue } from './json-schema-issue.ts'
import { resolveReference } from './json-schema-reference.ts'

export type { SchemaIssue } from './json-schema-issue.ts'

// Deeper than any sensible answer, and shallow enough for the stack of any runtime.
const deepest = 100

/**
 * Checks a JSON value against a JSON Schema (2020-12, as tools and structured output use it) and returns what is wrong;
 * nothing if it matches. A provider may refuse `minLength`, `oneOf` and others on the wire: here they hold.
 *
 * - All keywords of the core, applicator, unevaluated and validation vocabularies are checked, `format` too (date, time,
 *   date-time, duration, email, hostname, ipv4, ipv6, uri and uuid; others pass), and tuples in the form of draft 7.
 * - A `$ref` leads to a place in the same schema (`#/$defs/name`), and may recurse. `$anchor`, `$dynamicRef` and other
 *   documents are not followed, and a nested `$id` is not a base.
 * - A schema that cannot be checked is a mistake that no model can repair: it throws an `InterlinguaError`, of code
 *   `invalid_request` or `unsupported`. A keyword that is not known, or has a value of the wrong type, says nothing.
 * - A value that is nested deeper than 100 levels is an issue, and not looked at further.
 *
 * What a `$ref` leads to checks each part of the value once, so that recursive unions cost no more than others.
 *
 * @see https://json-schema.org/draft/2020-12/json-schema-validation
 */
export function checkJsonSchema(schema: JsonSchema, value: unknown): readonly SchemaIssue[] {
  if (isDeeper(value, deepest)) {
    return [{ path: [], message: `must not be nested deeper than ${deepest} levels`, keyword: 'depth' }]
  }
  return run({ root: schema, known: new Map() }, schema, value, '').issues
}

/** What one check needs everywhere. */
interface Check {
  readonly root: JsonSchema
  /** What each target of a `$ref` says of each value; `undefined` while it is being found out. */
  readonly known: Map<unknown, Map<unknown, Outcome | undefined>>
}

/** The issues of a value, and which of its properties or items the schema has looked at. */
interface Outcome {
  readonly issues: SchemaIssue[]
  readonly seen: Set<string | number>
}

/** `keyword` is the one that holds the schema, which is to blame where the schema is just `false`. */
function run(check: Check, schema: unknown, value: unknown, keyword: string): Outcome {
  const outcome: Outcome = { issues: [], seen: new Set() }
  if (isObject(schema)) {
    for (const [name, limit] of Object.entries(schema)) report(outcome, name, assertKeyword(name, limit, value))
    runInPlace(check, schema, value, outcome)
    if (Array.isArray(value)) runItems(check, schema, value, outcome)
    else if (isObject(value)) runProperties(check, schema, value, outcome)
  } else if (schema === false) {
    report(outcome, keyword, 'is not allowed')
  } else if (schema !== true) {
    const message = `the JSON Schema has ${excerpt(JSON.stringify(schema) ?? 'nothing')} in place of a schema`
    throw new InterlinguaError({ code: 'invalid_request', message })
  }
  return outcome
}

/** The keywords that apply other schemas to the same value. */
function runInPlace(check: Check, schema: JsonSchema, value: unknown, outcome: Outcome): void {
  const { $ref, $dynamicRef, allOf, anyOf, oneOf, not, if: condition, dependentSchemas } = schema
  if ($dynamicRef !== undefined) {
    throw new InterlinguaError({ code: 'unsupported', message: 'a JSON Schema with $dynamicRef cannot be checked' })
  }
  if (typeof $ref === 'string') take(outcome, follow(check, $ref, value))
  for (const each of list(allOf)) take(outcome, run(check, each, value, 'allOf'))
  if (Array.isArray(anyOf)) runAlternatives(check, 'anyOf', anyOf, value, outcome)
  if (Array.isArray(oneOf)) runAlternatives(check, 'oneOf', oneOf, value, outcome)
  if (not !== undefined && isValid(run(check, not, value, 'not'))) {
    const unwanted = excerpt(JSON.stringify(not))
    // This is how schema libraries write that there is no valid value.
    report(outcome, 'not', unwanted === '{}' ? 'is not allowed' : `must not match ${unwanted}`)
  }
  if (condition !== undefined) {
    const premise = run(check, condition, value, 'if')
    const keyword = isValid(premise) ? 'then' : 'else'
    if (isValid(premise)) take(outcome, premise)
    take(outcome, run(check, schema[keyword] ?? true, value, keyword))
  }
  for (const [name, each] of entries(dependentSchemas)) {
    if (isObject(value) && Object.hasOwn(value, name)) take(outcome, run(check, each, value, 'dependentSchemas'))
  }
}

function runAlternatives(check: Check, keyword: string, of: readonly unknown[], value: unknown, to: Outcome): void {
  const outcomes = of.map((each) => run(check, each, value, keyword))
  const matching = outcomes.filter(isValid)
  for (const outcome of matching) take(to, outcome)
  if (matching.length === 0) {
    const failures = outcomes.map(({ issues }) => issues)
    for (const issue of noneMatches(keyword, failures)) to.issues.push(issue)
  }
  if (keyword === 'oneOf' && matching.length > 1) {
    report(to, keyword, `must match only one of ${of.length} alternatives, but matches ${matching.length}`)
  }
}

function runItems(check: Check, schema: JsonSchema, value: readonly unknown[], outcome: Outcome): void {
  const { items, contains, minContains: least, maxContains: most, unevaluatedItems } = schema
  // Before 2020-12 a tuple was an array of `items`, and `additionalItems` spoke of the rest.
  const isTuple = Array.isArray(items)
  const first = list(isTuple ? items : schema['prefixItems'])
  const rest = isTuple ? schema['additionalItems'] : items
  for (const [index, item] of value.entries()) {
    const each = index < first.length ? first[index] : rest
    if (each !== undefined) descend(outcome, index, run(check, each, item, 'items'))
  }
  if (contains !== undefined) {
    const matching = [...value.keys()].filter((index) => isValid(run(check, contains, value[index], 'contains')))
    for (const index of matching) outcome.seen.add(index)
    const wanted = `items that match ${excerpt(JSON.stringify(contains))}, not ${matching.length}`
    const fewest = typeof least === 'number' ? least : 1
    if (matching.length < fewest) report(outcome, 'contains', `must contain at least ${fewest} ${wanted}`)
    if (typeof most === 'number' && matching.length > most) {
      report(outcome, 'contains', `must contain at most ${most} ${wanted}`)
    }
  }
  runUnevaluated(check, 'unevaluatedItems', unevaluatedItems, [...value.entries()], outcome)
}

function runProperties(check: Check, schema: JsonSchema, value: Record<string, unknown>, outcome: Outcome): void {
  const { properties, patternProperties, additionalProperties, propertyNames, unevaluatedProperties } = schema
  requireNames(value, schema['required'], 'required', 'is required', outcome)
  for (const [name, names] of entries(schema['dependentRequired'])) {
    if (Object.hasOwn(value, name)) {
      requireNames(value, names, 'dependentRequired', `is required where there is ${name}`, outcome)
    }
  }
  // To list the entries of a large object costs as much as to parse it.
  const asked = [propertyNames, patternProperties, properties, additionalProperties, unevaluatedProperties]
  if (asked.every((keyword) => keyword === undefined)) return
  const parts = Object.entries(value)
  const patterns = entries(patternProperties)
  for (const [name, each] of parts) {
    if (propertyNames !== undefined) {
      for (const { message } of run(check, propertyNames, name, 'propertyNames').issues) {
        report(outcome, 'propertyNames', `has a name that ${message}`, [name])
      }
    }
    const holders = patterns.filter(([pattern]) => assertKeyword('pattern', pattern, name) === undefined)
    for (const [, inner] of holders) descend(outcome, name, run(check, inner, each, 'patternProperties'))
    if (isObject(properties) && Object.hasOwn(properties, name)) {
      descend(outcome, name, run(check, properties[name], each, 'properties'))
    } else if (holders.length === 0 && additionalProperties !== undefined) {
      descend(outcome, name, run(check, additionalProperties, each, 'additionalProperties'))
    }
  }
  runUnevaluated(check, 'unevaluatedProperties', unevaluatedProperties, parts, outcome)
}

function requireNames(value: object, names: unknown, keyword: string, message: string, outcome: Outcome): void {
  for (const name of list(names)) {
    if (typeof name === 'string' && !Object.hasOwn(value, name)) report(outcome, keyword, message, [name])
  }
}

function runUnevaluated(
  check: Check,
  keyword: string,
  schema: unknown,
  parts: readonly (readonly [string | number, unknown])[],
  outcome: Outcome,
): void {
  // What a failed schema looked at is not known, so this would blame properties that are well.
  if (schema === undefined || !isValid(outcome)) return
  for (const [key, part] of parts) {
    if (!outcome.seen.has(key)) descend(outcome, key, run(check, schema, part, keyword))
  }
}

function follow({ root, known }: Check, reference: string, value: unknown): Outcome {
  const target = resolveReference(root, reference)
  const outcomes = known.get(target) ?? new Map<unknown, Outcome | undefined>()
  known.set(target, outcomes)
  const earlier = outcomes.get(value)
  if (earlier) return earlier
  if (outcomes.has(value)) {
    const message = `the JSON Schema refers to itself without end at ${reference}`
    throw new InterlinguaError({ code: 'invalid_request', message })
  }
  outcomes.set(value, undefined)
  const outcome = run({ root, known }, target, value, '$ref')
  outcomes.set(value, outcome)
  return outcome
}

function isValid({ issues }: Outcome): boolean {
  return issues.length === 0
}

function report({ issues }: Outcome, keyword: string, message: string | undefined, path: readonly string[] = []): void {
  if (message !== undefined) issues.push({ path, message, keyword })
}

/** Makes the outcome of another schema for the same value a part of this one. */
function take(outcome: Outcome, { issues, seen }: Outcome): void {
  for (const issue of issues) outcome.issues.push(issue)
  for (const key of seen) outcome.seen.add(key)
}

/** Makes the outcome for a property or an item a part of this one. */
function descend(outcome: Outcome, key: string | number, { issues }: Outcome): void {
  outcome.seen.add(key)
  for (const issue of issues) outcome.issues.push(below(key, issue))
}

function isDeeper(value: unknown, limit: number): boolean {
  let level = [value]
  for (let depth = 0; depth <= limit; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
    if (level.length === 0) return false
  }
  return true
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : []
}
