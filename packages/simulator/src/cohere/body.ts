import { isObject, type JsonObject } from '../json.ts'
import type { Call, Reply } from '../route.ts'
import { badRequest, type Problem } from './errors.ts'
import { problemIn, type Shape } from './shape.ts'

/** The version of Cohere's API: v2 refuses fields that it does not know, v1 warns of them. */
export type Version = 1 | 2

/** The page of the vendor's reference that explains an endpoint, and its fields. */
export interface Contract {
  readonly page: string
  readonly version: Version
  readonly fields: Readonly<Record<string, Shape>>
}

/** A request's body, and what is to be said about it. */
export interface Body {
  readonly json: JsonObject
  readonly warnings: readonly string[]
}

/** Reads a body: syntax, types, and unknown fields. Fields that are `null` count as absent, and are left out. */
export function readBody({ json, syntaxError }: Call, { page, version, fields }: Contract): Body | Problem {
  if (syntaxError !== undefined) return badRequest(`invalid json syntax: ${syntaxError}`)
  if (!isObject(json)) return problemIn(json, { kind: 'Object' }, page) ?? { json: {}, warnings: [] }
  const entries = Object.entries(json).filter(([, value]) => value !== null)
  const unknown = version === 2 ? [] : entries.filter(([name]) => !Object.hasOwn(fields, name))
  const known = entries.filter((entry) => !unknown.includes(entry))
  const problem = problemIn(Object.fromEntries(known), { kind: 'struct', fields }, page)
  if (problem) return problem
  const warnings = unknown.map(([name]) => `unknown field: parameter ${name} is not a valid field`)
  return { json: Object.fromEntries(known), warnings }
}

/** The `meta` of answers that are not v2 chats. */
export function metaOf(version: Version, warnings: readonly string[], billed?: JsonObject): JsonObject {
  return {
    api_version: { version: String(version) },
    ...(warnings.length > 0 && { warnings }),
    ...(billed && { billed_units: billed }),
  }
}

/** An answer that is one JSON value. */
export function jsonReply(
  value: JsonObject,
  warnings: readonly string[] = [],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(warnings.length > 0 && { 'x-api-warning': warnings.join('; ') }),
    },
    streamed: false,
    frames: [{ text: JSON.stringify(value), tokens: 0 }],
  }
}
