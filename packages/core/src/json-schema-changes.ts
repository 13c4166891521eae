import type { SchemaChange } from './json-schema-subset.ts'

/** What a schema lost, as the reason of a warning; `undefined` where it says the same in other words. */
export function describeChanges(changes: readonly SchemaChange[], displayName: string): string | undefined {
  const losses = changes.filter(({ lossy }) => lossy)
  if (losses.length === 0) return undefined
  const list = losses.map(({ path, what }) => `${path || 'the top level'}: ${what}`)
  return `${displayName} understands a part of JSON Schema only (${list.join('; ')})`
}
