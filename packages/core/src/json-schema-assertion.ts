import { InterlinguaError } from './error.ts'
import { isObject } from './json.ts'
import { hasFormat } from './json-schema-format.ts'

// The measures of strings, arrays and objects, with the type that each is of and its units.
const measures: ReadonlyMap<string, readonly [type: string, one: string, many: string]> = new Map([
  ['Length', ['string', 'character', 'characters']],
  ['Items', ['array', 'item', 'items']],
  ['Properties', ['object', 'property', 'properties']],
])

/** What is wrong with a value by one keyword that looks at nothing but the value; `undefined` if nothing is. */
export function assertKeyword(keyword: string, limit: unknown, value: unknown): string | undefined {
  if (keyword === 'type') return assertType(value, Array.isArray(limit) ? limit : [limit])
  if (keyword === 'const') return assertEnum(value, [limit])
  if (Array.isArray(limit)) return keyword === 'enum' ? assertEnum(value, limit) : undefined
  if (typeof limit === 'string') return typeof value === 'string' ? assertText(keyword, limit, value) : undefined
  if (typeof limit === 'number') {
    return typeof value === 'number' ? assertNumber(keyword, limit, value) : assertSize(keyword, limit, value)
  }
  return keyword === 'uniqueItems' && limit === true && Array.isArray(value) ? assertUnique(value) : undefined
}

function assertNumber(keyword: string, limit: number, value: number): string | undefined {
  switch (keyword) {
    case 'minimum':
      return unless(value >= limit, `must be at least ${limit}`)
    case 'maximum':
      return unless(value <= limit, `must be at most ${limit}`)
    case 'exclusiveMinimum':
      return unless(value > limit, `must be greater than ${limit}`)
    case 'exclusiveMaximum':
      return unless(value < limit, `must be less than ${limit}`)
    case 'multipleOf':
      return unless(isMultiple(value, limit), `must be a multiple of ${limit}`)
    default:
      return undefined
  }
}

function assertText(keyword: string, limit: string, text: string): string | undefined {
  if (keyword === 'pattern') return unless(compile(limit).test(text), `must match the regular expression ${limit}`)
  return keyword === 'format' ? unless(hasFormat(text, limit), `must be of the format ${limit}`) : undefined
}

/** The type of a JSON value, in the words of JSON Schema. */
function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function assertType(value: unknown, allowed: readonly unknown[]): string | undefined {
  const types = allowed.filter((each) => typeof each === 'string')
  const type = typeOf(value)
  if (types.length === 0 || types.includes(type) || (types.includes('integer') && Number.isInteger(value)))
    return undefined
  return `must be ${types.map(withArticle).join(' or ')}, not ${withArticle(type)}`
}

function withArticle(type: string): string {
  if (type === 'null') return type
  return `${/^[aiou]/.test(type) ? 'an' : 'a'} ${type}`
}

function assertEnum(value: unknown, values: readonly unknown[]): string | undefined {
  const text = canonical(value)
  if (values.some((each) => canonical(each) === text)) return undefined
  return `must be ${values.map((each) => JSON.stringify(each)).join(' or ')}`
}

function assertUnique(items: readonly unknown[]): string | undefined {
  const first = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const text = canonical(item)
    const twin = first.get(text)
    if (twin !== undefined) return `must not contain the same item twice, as at ${twin} and ${index}`
    first.set(text, index)
  }
  return undefined
}

function assertSize(keyword: string, limit: number, value: unknown): string | undefined {
  const [, measure = ''] = /^(?:min|max)([A-Z]\w+)$/.exec(keyword) ?? []
  const [type, one, many] = measures.get(measure) ?? []
  if (type !== typeOf(value)) return undefined
  const [enough, bound] = keyword.startsWith('min')
    ? [sizeOf(value) >= limit, 'least']
    : [sizeOf(value) <= limit, 'most']
  const size = `at ${bound} ${limit} ${limit === 1 ? one : many}`
  return unless(enough, type === 'string' ? `must be ${size} long` : `must have ${size}`)
}

function sizeOf(value: unknown): number {
  // Characters are code points, as JSON Schema counts them.
  if (typeof value === 'string') return Array.from(value).length
  return Object.keys(Object(value)).length
}

/** A text that is the same for equal JSON values, whatever the order of their properties and however a number is written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isObject(value)) return JSON.stringify(value) ?? ''
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
  return `{${entries.toSorted().join()}}`
}

/** Counts in whole units of the last decimal of either number, because 0.3 / 0.1 is not 3 in binary fractions. */
function isMultiple(value: number, unit: number): boolean {
  if (!Number.isFinite(value)) return false
  const [digits, exponent] = decimal(value)
  const [unitDigits, unitExponent] = decimal(unit)
  const least = Math.min(exponent, unitExponent)
  const step = unitDigits * 10n ** BigInt(unitExponent - least)
  return step === 0n || (digits * 10n ** BigInt(exponent - least)) % step === 0n
}

/** A number as its decimal digits, taken as an integer, and the power of ten that they count. */
function decimal(value: number): readonly [bigint, number] {
  const [mantissa = '', exponent] = value.toExponential().split('e')
  const [whole, fraction = ''] = mantissa.split('.')
  return [BigInt(whole + fraction), Number(exponent) - fraction.length]
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u')
  } catch {
    // Many patterns were written without the flag, which forbids escapes that need none, such as `[\w-.]`.
    try {
      return new RegExp(pattern)
    } catch (cause) {
      const message = `the JSON Schema has a pattern that is not a regular expression: ${pattern}`
      throw new InterlinguaError({ code: 'invalid_request', message, cause })
    }
  }
}

function unless(valid: boolean, message: string): string | undefined {
  return valid ? undefined : message
}
