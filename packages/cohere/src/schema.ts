import type { JsonSchema, ReshapedSchema, SchemaSubset } from '@interlingua/core'
import { reshapeInto } from '@interlingua/core/json-schema-subset'

/**
 * What Cohere accepts for `response_format.json_schema` and for `strict_tools`: every object requires a property, and patterns
 * match a whole value.
 *
 * @see https://docs.cohere.com/docs/structured-outputs#parameter-types-support
 */
const subset: SchemaSubset = {
  formats: new Set(['date-time', 'uuid', 'date', 'time']),
  keywords: new Set(),
  anchorless: true,
  requires: 'one',
  closed: false,
}

/** Reshapes a JSON Schema into the subset that Cohere accepts. */
export function reshapeSchema(schema: JsonSchema): ReshapedSchema {
  return reshapeInto(subset, schema)
}
