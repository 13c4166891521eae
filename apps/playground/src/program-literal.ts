/** A piece of source that stands for itself. */
export class Source {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const width = 100

/** A value as the house writes it: in a line where it fits, with single quotes, and names without them. */
export function literal(value: unknown, depth = 0): string {
  if (value instanceof Source) return value.text
  if (typeof value === 'string') return quoted(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const isList = Array.isArray(value)
  const parts = isList
    ? value.map((each: unknown) => literal(each, depth + 1))
    : Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([name, each]) => `${nameOf(name)}: ${literal(each, depth + 1)}`)
  if (parts.length === 0) return isList ? '[]' : '{}'
  const line = isList ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`
  if (line.length + depth * 2 < width && !line.includes('\n')) return line
  const indent = '  '.repeat(depth + 1)
  const lines = parts.map((part) => `${indent}${part},`).join('\n')
  return `${isList ? '[' : '{'}\n${lines}\n${'  '.repeat(depth)}${isList ? ']' : '}'}`
}

function quoted(text: string): string {
  const json = JSON.stringify(text)
  return text.includes("'") ? json : `'${json.slice(1, -1).replaceAll('\\"', '"')}'`
}

function nameOf(name: string): string {
  // As a computed name, it would be set as a member and not change the prototype.
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name)
}
