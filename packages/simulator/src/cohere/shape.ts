import { unknownField, wrongType, type Problem } from './errors.ts'

/** The JSON type of a parameter. `null` is let through everywhere, as recorded: it counts as absent. */
export type Shape =
  | { readonly kind: 'string' | 'boolean' | 'float' | 'integer' | 'Object' | 'any' }
  | { readonly kind: 'array'; readonly items: Shape }
  | { readonly kind: 'struct'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly kind: 'text or parts'; readonly parts: Shape }

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a JSON value is an object, and neither an array nor `null`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first thing in the value, in its own order, that the shape does not allow. */
export function problemIn(value: unknown, shape: Shape, path = ''): Problem | undefined {
  if (value === null || shape.kind === 'any') return undefined
  const wrong = (expected: string): Problem => wrongType(path, typeName(value), expected)
  switch (shape.kind) {
    case 'array':
      return Array.isArray(value) ? firstProblem(value, (item) => problemIn(item, shape.items, path)) : wrong('array')
    case 'struct':
      if (!isObject(value)) return wrong('Object')
      return firstProblem(Object.entries(value), ([name, field]) => {
        const known = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined
        if (!known) return unknownField(name)
        return problemIn(field, known, path === '' ? name : `${path}.${name}`)
      })
    case 'text or parts':
      return typeof value === 'string' ? undefined : problemIn(value, shape.parts, path)
    case 'Object':
      return isObject(value) ? undefined : wrong('Object')
    case 'float':
      return typeof value === 'number' ? undefined : wrong('float')
    case 'integer':
      return Number.isInteger(value) ? undefined : wrong('integer')
    default:
      // What is left is named as typeof names it.
      return typeof value === shape.kind ? undefined : wrong(shape.kind)
  }
}

function firstProblem<T>(items: readonly T[], check: (item: T) => Problem | undefined): Problem | undefined {
  for (const item of items) {
    const problem = check(item)
    if (problem) return problem
  }
  return undefined
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}
