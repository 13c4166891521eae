import type { JsonSchema, ReshapedSchema, SchemaSubset } from '@interlingua/core'
import { restoreValue } from '@interlingua/core/encoding'
import { reshapeInto } from '@interlingua/core/json-schema-subset'

/**
 * What OpenAI accepts with `strict`: objects that require all of their properties and have no others.
 *
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
const subset: SchemaSubset = {
  formats: new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid']),
  keywords: new Set([
    'multipleOf',
    'maximum',
    'exclusiveMaximum',
    'minimum',
    'exclusiveMinimum',
    'minItems',
    'maxItems',
  ]),
  anchorless: false,
  requires: 'all',
  closed: true,
}

/** Reshapes a JSON Schema into the subset that OpenAI holds a model to. */
export function strictSchema(schema: JsonSchema): ReshapedSchema {
  return reshapeInto(subset, schema)
}

/** A value of a reshaped schema in terms of the schema that was asked for. */
export function restoredValue(schema: JsonSchema, value: unknown): unknown {
  return restoreValue(strictSchema(schema), value)
}
