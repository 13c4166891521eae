import { isObject } from '../json.ts'
import { unknownField, wrongType, type Problem } from './errors.ts'

/** The JSON type of a parameter. `null` is let through everywhere, as recorded: it counts as absent. */
export type Shape =
  | { readonly kind: 'string' | 'boolean' | 'float' | 'integer' | 'Object' | 'any' }
  | { readonly kind: 'array'; readonly items: Shape }
  | { readonly kind: 'struct'; readonly fields: Readonly<Record<string, Shape>> }
  | { readonly kind: 'text or parts'; readonly parts: Shape }

/** The first thing in the value, in its own order, that the shape does not allow; `page` is where the vendor explains it. */
export function problemIn(value: unknown, shape: Shape, page: string, path = ''): Problem | undefined {
  if (value === null || shape.kind === 'any') return undefined
  const wrong = (expected: string): Problem => wrongType(path, typeName(value), expected, page)
  switch (shape.kind) {
    case 'array':
      return Array.isArray(value)
        ? firstProblem(value, (item) => problemIn(item, shape.items, page, path))
        : wrong('array')
    case 'struct':
      if (!isObject(value)) return wrong('Object')
      return firstProblem(Object.entries(value), ([name, field]) => {
        const known = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined
        if (!known) return unknownField(name, page)
        return problemIn(field, known, page, path === '' ? name : `${path}.${name}`)
      })
    case 'text or parts':
      return typeof value === 'string' ? undefined : problemIn(value, shape.parts, page, path)
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

/** A string. */
export const text: Shape = { kind: 'string' }
/** A boolean. */
export const flag: Shape = { kind: 'boolean' }
/** Any number. */
export const float: Shape = { kind: 'float' }
/** A whole number. */
export const integer: Shape = { kind: 'integer' }
/** An object with any fields. */
export const object: Shape = { kind: 'Object' }
/** Any value at all. */
export const any: Shape = { kind: 'any' }

/** An array of a shape. */
export function list(items: Shape): Shape {
  return { kind: 'array', items }
}

/** An object with those fields and no others. */
export function struct(fields: Readonly<Record<string, Shape>>): Shape {
  return { kind: 'struct', fields }
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
