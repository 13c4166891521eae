import { isObject, type JsonObject } from '../json.ts'
import { propertiesOf, requiredOf } from '../language/schema.ts'
import { badRequest, type Problem } from './problem.ts'
import type { FunctionTool } from './wire.ts'

// Documented as not supported at https://platform.openai.com/docs/guides/structured-outputs#supported-schemas.
const unsupported = ['allOf', 'not', 'dependentRequired', 'dependentSchemas', 'if', 'then', 'else', 'oneOf']

type Path = readonly (string | number)[]

/** What is wrong with the parameters of a function. */
export function toolSchemaProblem(tool: FunctionTool, param: string): Problem | undefined {
  const { parameters, strict, name } = tool
  const refused = (words: string): Problem =>
    badRequest(`Invalid schema for function '${name}': ${words}`, param, 'invalid_function_parameters')
  if (!parameters) return undefined
  if (parameters['type'] !== 'object' && Object.keys(parameters).length > 0) {
    const got = typeof parameters['type'] === 'string' ? parameters['type'] : 'None'
    return refused(`schema must be a JSON Schema of 'type: "object"', got 'type: "${got}"'.`)
  }
  const words = strict ? strictProblem(parameters) : undefined
  return words === undefined ? undefined : refused(words)
}

/** What is wrong with the schema of an answer. */
export function responseFormatProblem(
  format: { readonly name?: string; readonly schema?: JsonObject; readonly strict?: boolean | null },
  param: string,
  code?: string,
): Problem | undefined {
  const { name = '', schema, strict } = format
  const refused = (words: string): Problem =>
    badRequest(`Invalid schema for response_format '${name}': ${words}`, param, code)
  if (!schema) return undefined
  if (schema['type'] !== 'object') {
    const got = typeof schema['type'] === 'string' ? schema['type'] : 'None'
    return refused(`schema must be a JSON Schema of 'type: "object"', got 'type: "${got}"'.`)
  }
  const words = strict ? strictProblem(schema) : undefined
  return words === undefined ? undefined : refused(words)
}

/** What strict mode does not support in a schema, in OpenAI's words; `undefined` where it supports all of it. */
export function strictProblem(schema: JsonObject, path: Path = []): string | undefined {
  const context = `In context=${contextOf(path)}, `
  const keyword = unsupported.find((name) => schema[name] !== undefined)
  if (keyword !== undefined) return `${context}'${keyword}' is not permitted.`
  if (schema['type'] === 'object' || schema['properties'] !== undefined) {
    if (schema['additionalProperties'] !== false) {
      return `${context}'additionalProperties' is required to be supplied and to be false.`
    }
    const required = new Set(requiredOf(schema))
    const names = propertiesOf(schema).map(([name]) => name)
    const rule = `${context}'required' is required to be supplied and to be an array including every key in properties.`
    const missing = names.find((name) => !required.has(name))
    if (missing !== undefined) return `${rule} Missing '${missing}'.`
    const extra = [...required].find((name) => !names.includes(name))
    if (extra !== undefined) return `${rule} Extra required key '${extra}' supplied.`
  }
  if (schema['type'] === 'array' && !isObject(schema['items'])) return `${context}array schema missing items.`
  if (path.length > 0 && keywords.every((name) => schema[name] === undefined)) {
    return `${context}schema must have a 'type' key.`
  }
  return first(inside(schema), ([step, part]) => strictProblem(part, [...path, ...step]))
}

const keywords = ['type', '$ref', 'anyOf', 'enum', 'const']

function inside(schema: JsonObject): [Path, JsonObject][] {
  const named = (field: string): [Path, JsonObject][] =>
    Object.entries(isObject(schema[field]) ? schema[field] : {}).flatMap(([name, part]): [Path, JsonObject][] =>
      isObject(part) ? [[[field, name], part]] : [],
    )
  const items: [Path, JsonObject][] = isObject(schema['items']) ? [[['items'], schema['items']]] : []
  const branches = Array.isArray(schema['anyOf']) ? schema['anyOf'] : []
  const tried = branches.flatMap((part, at): [Path, JsonObject][] => (isObject(part) ? [[['anyOf', at], part]] : []))
  return [...named('properties'), ...items, ...tried, ...named('$defs'), ...named('definitions')]
}

function first<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const words = check(item)
    if (words !== undefined) return words
  }
  return undefined
}

// As Python writes a tuple.
function contextOf(path: Path): string {
  const steps = path.map((step) => `'${step}'`)
  return steps.length === 1 ? `(${steps[0]},)` : `(${steps.join(', ')})`
}
