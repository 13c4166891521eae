const longest = 200

type Describe = (value: unknown) => string

const quantity =
  (bound: string, unit: string): Describe =>
  (value) =>
    `${bound} ${String(value)} ${unit}${value === 1 ? '' : 's'}`

const phrase =
  (words: string): Describe =>
  (value) =>
    `${words} ${json(value)}`

/** The keywords that a provider may not take and that restrict a value, in words that a model can follow. */
const constraints: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ['minLength', quantity('minimum', 'character')],
  ['maxLength', quantity('maximum', 'character')],
  ['minItems', quantity('minimum', 'item')],
  ['maxItems', quantity('maximum', 'item')],
  ['minProperties', (value) => `minimum number of properties ${json(value)}`],
  ['maxProperties', (value) => `maximum number of properties ${json(value)}`],
  ['minimum', phrase('minimum')],
  ['maximum', phrase('maximum')],
  ['exclusiveMinimum', phrase('greater than')],
  ['exclusiveMaximum', phrase('less than')],
  ['multipleOf', phrase('a multiple of')],
  ['uniqueItems', () => 'no item twice'],
  ['format', (value) => `format ${String(value)}`],
  ['pattern', (value) => `matches the regular expression ${String(value)}`],
  ['const', phrase('exactly')],
  ['enum', phrase('one of')],
  ['not', (value) => (json(value) === '{}' ? 'no value is allowed' : `does not match ${json(value)}`)],
  ['if', phrase('if it matches')],
  ['then', phrase('then it matches')],
  ['else', phrase('else it matches')],
  ['contains', phrase('contains an item that matches')],
  ['minContains', phrase('number of such items at least')],
  ['maxContains', phrase('number of such items at most')],
  ['prefixItems', phrase('items in this order:')],
  ['propertyNames', phrase('each name matches')],
  ['patternProperties', phrase('properties by the pattern of their names:')],
  ['dependentRequired', phrase('properties that need others:')],
  ['dependentSchemas', phrase('properties with consequences:')],
  ['dependencies', phrase('properties that need others:')],
  ['unevaluatedItems', phrase('other items match')],
  ['unevaluatedProperties', phrase('other properties match')],
  ['contentEncoding', phrase('encoded as')],
  ['contentMediaType', phrase('media type')],
])

/** The keywords that a provider may not take and that a model should read, though they restrict nothing. */
const hints: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ['default', phrase('default')],
  ['examples', phrase('for example')],
  ['deprecated', () => 'deprecated'],
])

/** Whether a keyword restricts what a value may be. */
export function isConstraint(keyword: string): boolean {
  return constraints.has(keyword)
}

/** What a keyword says, for a description; `undefined` where it says nothing that a model needs. */
export function describeKeyword(keyword: string, value: unknown): string | undefined {
  // A limit that any integer of JavaScript keeps is no news. Schema libraries write it to say what an integer is.
  if (typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER) return undefined
  if (value === false && (keyword === 'uniqueItems' || keyword === 'deprecated')) return undefined
  return (constraints.get(keyword) ?? hints.get(keyword))?.(value)
}

/** A description with what else there is to say. */
export function annotate(description: unknown, notes: readonly string[]): string | undefined {
  const text = typeof description === 'string' ? description : ''
  const added = [...new Set(notes)].join(', ')
  if (added === '') return typeof description === 'string' ? description : undefined
  return text === '' ? added : `${text} (${added})`
}

function json(value: unknown): string {
  const text = JSON.stringify(value) ?? ''
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
