import type { SchemaChange } from './schema.ts'

/** What was changed in a schema, as the reason of a warning; `undefined` where nothing was. */
export function describeChanges(changes: readonly SchemaChange[]): string | undefined {
  if (changes.length === 0) return undefined
  const list = changes.map(({ path, what }) => `${path || 'the top level'}: ${what}`)
  return `Cohere understands a part of JSON Schema only (${list.join('; ')})`
}
