import { isInterlinguaError } from './error.ts'
import { checkJsonSchema } from './json-schema-check.ts'
import { withoutRefusedNulls } from './json-schema-null.ts'
import type { JsonSchema } from './json-schema.ts'
import type { Warning } from './warning.ts'

/** What an answer is to conform to, and how to read it in the schema's terms. */
export interface OutputCheck {
  readonly schema: JsonSchema
  /** Undoes what was done to the schema for the wire. */
  restore?(value: unknown): unknown
}

/** Checks an answer against the JSON Schema that it was to conform to. Empty where it does. */
export function checkOutput({ schema, restore }: OutputCheck, text: string): readonly Warning[] {
  try {
    const value: unknown = JSON.parse(text)
    const restored = withoutRefusedNulls(schema, restore ? restore(value) : value)
    return checkJsonSchema(schema, restored).map(({ path, message }) => ({
      code: 'malformed',
      message: `the answer does not conform to its schema: ${path.join('.') || 'it'} ${message}`,
      field: path.join('.'),
    }))
  } catch (error) {
    if (isInterlinguaError(error)) {
      return [{ code: 'unsupported', message: `the answer could not be checked: ${error.message}` }]
    }
    const reason = error instanceof Error ? error.message : String(error)
    return [{ code: 'malformed', message: `the answer is not JSON: ${reason}` }]
  }
}
