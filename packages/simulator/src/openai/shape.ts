import { isObject } from '../json.ts'
import { badRequest, firstProblem, invalidValue, type Problem } from './problem.ts'

/** The form of a parameter; its `name` is how OpenAI calls it in a refusal, such as "a string". */
export interface Shape {
  readonly name: string
  /** What is wrong with a value of another form, at that path. */
  check(value: unknown, path: string): Problem | undefined
}

/** Limits of a number or a length. */
export interface Limits {
  readonly min?: number
  readonly max?: number
}

/** What is wrong with a body; `null` counts as absent, as it does at OpenAI. */
export function problemIn(value: unknown, shape: Shape, path = ''): Problem | undefined {
  return value === null || value === undefined ? undefined : shape.check(value, path)
}

/** A string; one of those words where some are told. */
export function text(words?: readonly string[], { min = 0, max = Infinity }: Limits = {}): Shape {
  const shape: Shape = {
    name: 'a string',
    check: (value, path) => {
      if (typeof value !== 'string') return wrongType(path, shape, value)
      if (words && !words.includes(value)) return invalidValue(value, words, path)
      if (value.length > max) {
        const why = `Expected a string with maximum length ${max}, but got a string with length ${value.length} instead.`
        return badRequest(`Invalid '${path}': string too long. ${why}`, path, 'string_above_max_length')
      }
      if (value.length < min) {
        const why = `Expected a string with minimum length ${min}, but got an empty string instead.`
        return badRequest(`Invalid '${path}': empty string. ${why}`, path, 'empty_string')
      }
      return undefined
    },
  }
  return shape
}

/** A boolean. */
export const flag: Shape = plain('a boolean', (value) => typeof value === 'boolean')
/** An object with any fields. */
export const object: Shape = plain('an object', isObject)
/** Any value at all. */
export const any: Shape = { name: 'anything', check: () => undefined }

/** Any number. */
export function decimal(min: number, max: number): Shape {
  return bounded('decimal', (value) => typeof value === 'number', min, max)
}

/** A whole number. */
export function integer(min: number = -Infinity, max: number = Infinity): Shape {
  return bounded('integer', Number.isInteger, min, max)
}

/** An array. */
export function list(items: Shape, { min = 0, max = Infinity }: Limits = {}): Shape {
  const shape: Shape = {
    name: `an array of ${items.name.replace(/^an? /, '')}s`,
    check: (value, path) => {
      if (!Array.isArray(value)) return wrongType(path, shape, value)
      if (value.length < min) {
        const why = `Expected an array with minimum length ${min}, but got an empty array instead.`
        return badRequest(`Invalid '${path}': empty array. ${why}`, path, 'empty_array')
      }
      if (value.length > max) {
        const why = `Expected an array with maximum length ${max}, but got an array with length ${value.length} instead.`
        return badRequest(`Invalid '${path}': array too long. ${why}`, path, 'array_above_max_length')
      }
      return firstProblem(value.entries(), ([at, item]) => items.check(item, `${path}[${at}]`))
    },
  }
  return shape
}

/** An object with those fields and no others; those that are required may not be `null` either. */
export function struct(
  fields: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
  unknown: (name: string, path: string) => Problem = unknownParameter,
): Shape {
  const shape: Shape = {
    name: 'an object',
    check: (value, path) => {
      if (!isObject(value)) return wrongType(path, shape, value)
      const at = (name: string): string => (path === '' ? name : `${path}.${name}`)
      const missing = required.find((name) => value[name] === undefined || value[name] === null)
      const problem = firstProblem(Object.entries(value), ([name, field]) => {
        const known = Object.hasOwn(fields, name) ? fields[name] : undefined
        return known ? problemIn(field, known, at(name)) : unknown(name, at(name))
      })
      return problem ?? (missing === undefined ? undefined : missingParameter(at(missing)))
    },
  }
  return shape
}

/** One of several objects, told apart by the words of a field. */
export function tagged(
  variants: Readonly<Record<string, Shape>>,
  { field = 'type', usual }: { field?: string; usual?: string } = {},
): Shape {
  const shape: Shape = {
    name: 'an object',
    check: (value, path) => {
      if (!isObject(value)) return wrongType(path, shape, value)
      const word = value[field] ?? usual
      if (word === undefined) return missingParameter(`${path}.${field}`)
      if (typeof word !== 'string') return wrongType(`${path}.${field}`, text(), word)
      const variant = Object.hasOwn(variants, word) ? variants[word] : undefined
      return variant ? variant.check(value, path) : invalidValue(word, Object.keys(variants), `${path}.${field}`)
    },
  }
  return shape
}

/** A value of one of several forms: the first one whose kind fits decides. */
export function oneOf(...shapes: readonly Shape[]): Shape {
  const names = shapes.map(({ name }) => name.replace(/^an (?=array)/, ''))
  const shape: Shape = {
    name: `one of ${names.slice(0, -1).join(', ')} or ${names.at(-1)}`,
    check: (value, path) => {
      const fits = shapes.find(({ name }) => kindsOf(name).includes(kindOf(value)))
      return fits ? fits.check(value, path) : wrongType(path, shape, value)
    },
  }
  return shape
}

/** 400 for a parameter that has to be there. */
export function missingParameter(path: string): Problem {
  return badRequest(`Missing required parameter: '${path}'.`, path, 'missing_required_parameter')
}

/** 400 for a field that the endpoint does not have; recorded. */
function unknownParameter(_name: string, path: string): Problem {
  return badRequest(`Unknown parameter: '${path}'.`, path, 'unknown_parameter')
}

function plain(name: string, fits: (value: unknown) => boolean): Shape {
  const shape: Shape = { name, check: (value, path) => (fits(value) ? undefined : wrongType(path, shape, value)) }
  return shape
}

function bounded(kind: 'decimal' | 'integer', fits: (value: unknown) => boolean, min: number, max: number): Shape {
  const shape: Shape = {
    name: kind === 'decimal' ? 'a decimal' : 'an integer',
    check: (value, path) => {
      if (typeof value !== 'number' || !fits(value)) return wrongType(path, shape, value)
      if (value >= min && value <= max) return undefined
      const [where, limit, sign, code] =
        value > max ? ['above maximum', max, '<=', 'above_max'] : ['below minimum', min, '>=', 'below_min']
      // Recorded: "99.0" for 99 where a decimal is expected.
      const got = kind === 'decimal' && Number.isInteger(value) ? value.toFixed(1) : String(value)
      const why = `Expected a value ${sign} ${limit}, but got ${got} instead.`
      return badRequest(`Invalid '${path}': ${kind} ${where} value. ${why}`, path, `${kind}_${code}_value`)
    },
  }
  return shape
}

function wrongType(path: string, { name }: Shape, value: unknown): Problem {
  const got = { string: 'a string', boolean: 'a boolean', integer: 'an integer', decimal: 'a decimal' }
  const kind = kindOf(value)
  const words = kind === 'array' ? 'an array' : kind === 'object' ? 'an object' : kind === 'null' ? 'null' : got[kind]
  return badRequest(`Invalid type for '${path}': expected ${name}, but got ${words} instead.`, path, 'invalid_type')
}

type Kind = 'array' | 'object' | 'null' | 'string' | 'boolean' | 'integer' | 'decimal'

function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value === 'string' ? 'string' : 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal'
  return 'object'
}

function kindsOf(name: string): readonly string[] {
  const word = /^an? (\w+)/.exec(name)?.[1] ?? ''
  return word === 'decimal' ? ['decimal', 'integer'] : [word]
}
