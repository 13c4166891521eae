/**
 * A value as YAML, in its own order: how Cohere advises to write documents with fields. It has what JSON has of a value:
 * members that are `undefined` are left out, and dates are texts.
 *
 * @see https://docs.cohere.com/docs/rerank-overview#example-with-structured-data
 */
export function yamlOf(value: unknown): string {
  // Through JSON, so that `toJSON` is called and what is left are objects, lists, texts, numbers, booleans and null.
  const plain: unknown = JSON.parse(JSON.stringify(value) ?? 'null')
  const lines = isNested(plain) ? linesOf(plain) : [scalar(plain)]
  return `${lines.join('\n')}\n`
}

type Nested = readonly unknown[] | Readonly<Record<string, unknown>>

/** Whether a value has lines of its own. Empty lists and objects are written as `[]` and `{}`. */
function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function linesOf(value: Nested): string[] {
  if (!Array.isArray(value)) return Object.entries(value).flatMap(([key, member]) => memberLines(text(key), member))
  return value.flatMap((item: unknown) => {
    const [first = '', ...rest] = isNested(item) ? linesOf(item) : scalarLines(item)
    // The lines of a text in the item are indented already, by as much as those of an object have to be.
    return [`- ${first}`, ...(isNested(item) ? rest.map(indented) : rest)]
  })
}

function memberLines(name: string, member: unknown): string[] {
  if (isNested(member)) return [`${name}:`, ...linesOf(member).map(indented)]
  const [first = '', ...rest] = scalarLines(member)
  return [`${name}: ${first}`, ...rest]
}

function indented(line: string): string {
  return line === '' ? line : `  ${line}`
}

/** A text of several lines stays readable as it is, under a `|`. */
function scalarLines(value: unknown): string[] {
  const isBlock = typeof value === 'string' && value.includes('\n') && !/^\s|\n\n$|[^\S\n ]|\p{Cc}(?<!\n)/u.test(value)
  if (!isBlock) return [scalar(value)]
  const lines = value.split('\n').map(indented)
  return lines.at(-1) === '' ? ['|', ...lines.slice(0, -1)] : ['|-', ...lines]
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? text(value) : JSON.stringify(value)
}

/** Texts that YAML would read as something else: by how they begin, by a mark inside them, as a word, as a number or date. */
const ambiguous = [
  /^[\s\-?:,[\]{}#&*!|>'"%@`]/,
  /\s$|:$|:\s|\s#|\p{Cc}|[\u2028\u2029\ufeff]/u,
  /^(?:|~|=|<<|true|false|yes|no|on|off|y|n|null|[-+]?\.(?:inf|nan))$/i,
  /^[-+]?\.?\d[\d_.,:a-fxotz+\- ]*$/i,
]

/** A text without quotes where it is unambiguous, as most are; else as JSON, which is YAML too. */
function text(value: string): string {
  return ambiguous.some((pattern) => pattern.test(value)) ? JSON.stringify(value) : value
}
