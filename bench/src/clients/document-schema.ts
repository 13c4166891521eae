import type { JsonSchema } from '@interlingua/core'

const text = { type: 'string' }
const item = { id: { type: 'integer' }, name: text, tags: { type: 'array', items: text }, note: text }

/** The schema of a `Document`. */
export const documentSchema: JsonSchema = objectOf({ items: { type: 'array', items: objectOf(item) } })

function objectOf(properties: Record<string, unknown>): JsonSchema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}
