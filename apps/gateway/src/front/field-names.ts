import type { JsonObject } from '../json-object.ts'

/** The options that a protocol has under another name and with the same values: its name, then ours. */
export type FieldNames = Readonly<Record<string, string>>

/** Reads the fields that need no more than another name. What is null counts as left out. */
export function renamed(body: JsonObject, names: FieldNames): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  for (const [field, name] of Object.entries(names)) {
    const value = body[field]
    if (value !== undefined && value !== null) options[name] = value
  }
  return options
}

/** The fields that are neither renamed nor read otherwise. */
export function unknownFields(body: JsonObject, names: FieldNames, read: ReadonlySet<string>): JsonObject {
  const unknown = Object.entries(body).filter(
    ([field, value]) => value !== null && value !== undefined && !read.has(field) && !Object.hasOwn(names, field),
  )
  return Object.fromEntries(unknown)
}

/** Finds a caller's name for an option, also where something within it is meant: `topP`, `tools[0].name`. */
export function callersNameBy(names: FieldNames, others: FieldNames = {}): (option: string) => string {
  const byOption = new Map([...Object.entries(names), ...Object.entries(others)].map(([field, name]) => [name, field]))
  return (option) => {
    const [, head = '', rest = ''] = /^(\w+)(.*)$/s.exec(option) ?? []
    return `${byOption.get(head) ?? head}${rest}`
  }
}
