import type { FinishReason } from './finish-reason.ts'
import { checkJsonSchema } from './json-schema-check.ts'
import { withoutRefusedNulls } from './json-schema-null.ts'
import type { JsonSchema } from './json-schema.ts'
import type { AssistantMessage } from './message.ts'
import type { Warning } from './warning.ts'

/** What an answer is to conform to, and how to read it in the schema's terms. */
export interface OutputCheck {
  readonly schema: JsonSchema
  /** Undoes what was done to the schema for the wire. */
  readonly restore?: (value: unknown) => unknown
}

/** What an answer in JSON says, and what is wrong with it. */
export interface CheckedOutput {
  readonly json: unknown
  readonly warnings: readonly Warning[]
}

/** The same of an answer. One that was cut, or that calls tools, need not be what was asked for. */
export function checkAnswer(
  check: OutputCheck,
  reason: FinishReason,
  { content, toolCalls }: AssistantMessage,
): CheckedOutput | undefined {
  if (reason.unified !== 'stop' || toolCalls || typeof content === 'string') return undefined
  return checkOutput(check, content.map((part) => (part.type === 'text' ? part.text : '')).join(''))
}

/** Reads an answer in JSON, and checks it against the schema that it was to conform to. */
function checkOutput({ schema, restore }: OutputCheck, text: string): CheckedOutput {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { json: undefined, warnings: [{ code: 'malformed', message: `the answer is not JSON: ${reasonOf(error)}` }] }
  }
  const restored = restore ? restore(value) : value
  try {
    const json = withoutRefusedNulls(schema, restored)
    const warnings = checkJsonSchema(schema, json).map(({ path, message }): Warning => ({
      code: 'malformed',
      message: `the answer does not conform to its schema: ${path.join('.') || 'it'} ${message}`,
      field: path.join('.'),
    }))
    return { json, warnings }
  } catch (error) {
    const message = `the answer could not be checked: ${reasonOf(error)}`
    return { json: restored, warnings: [{ code: 'unsupported', message }] }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
