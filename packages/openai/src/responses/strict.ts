import { isObject, type JsonSchema, type UnsupportedFeatures } from '@interlingua/core'
import type { StrictSchema } from './text-format.ts'

/**
 * A schema as strict mode takes it. `undefined`, and told, where it is none: the model is then told the schema, and its answer
 * is checked when it has come.
 *
 * @see https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
export function strictSchema(
  schema: JsonSchema,
  field: string,
  unsupported: UnsupportedFeatures,
): StrictSchema | undefined {
  const problem = loosenessOf(schema)
  if (problem === undefined) return { schema }
  unsupported.add({ field, problem, instead: 'it is sent without `strict`, and what comes is checked' })
  return undefined
}

/** Why strict mode does not take a schema. */
function loosenessOf(schema: unknown): string | undefined {
  if (Array.isArray(schema)) return schema.map(loosenessOf).find((found) => found !== undefined)
  if (!isObject(schema)) return undefined
  const { properties, required, additionalProperties } = schema
  if (isObject(properties) || schema['type'] === 'object') {
    const names = Object.keys(isObject(properties) ? properties : {})
    const missing = names.filter((name) => !Array.isArray(required) || !required.includes(name))
    if (missing.length > 0)
      return `OpenAI's strict mode wants every property required, and ${missing.join(', ')} is not`
    if (additionalProperties !== false)
      return "OpenAI's strict mode wants objects without `additionalProperties`, and one allows them"
  }
  return Object.values(schema)
    .map(loosenessOf)
    .find((found) => found !== undefined)
}
