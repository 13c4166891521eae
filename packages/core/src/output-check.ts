import { checkJsonSchema } from './json-schema-check.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Warning } from './warning.ts'

/** Checks an answer against the JSON Schema that it was to conform to. Empty where it does. */
export function checkOutput(schema: JsonSchema, text: string): readonly Warning[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [{ code: 'malformed', message: `the answer is not JSON: ${reason}` }]
  }
  return checkJsonSchema(schema, value).map(({ path, message }) => ({
    code: 'malformed',
    message: `the answer does not conform to its schema: ${path.join('.') || 'it'} ${message}`,
    field: path.join('.'),
  }))
}
