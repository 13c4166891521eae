import {
  describeChanges,
  type JsonSchema,
  type OutputCheck,
  restoreValue,
  type UnsupportedFeatures,
} from '@interlingua/core/encoding'
import type { CohereResponseFormat } from './params.ts'
import { reshapeSchema } from './schema.ts'
import type { WireMessage, WireResponseFormat } from './wire.ts'

/** What becomes of a response format. */
export interface EncodedFormat {
  readonly responseFormat?: WireResponseFormat
  /** The conversation, with what could not be said otherwise. */
  readonly messages: WireMessage[]
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** A form without a schema is read all the same. */
const anyJson = { responseFormat: { type: 'json_object' }, output: { schema: {} } } as const

/** A response format in Cohere's form, or in words where Cohere takes none. */
export function encodeResponseFormat(
  format: CohereResponseFormat,
  messages: WireMessage[],
  unsupported: UnsupportedFeatures,
  { besides }: { readonly besides: 'tools' | 'documents' | undefined },
): EncodedFormat {
  if (format.type === 'text') return { responseFormat: { type: 'text' }, messages }
  const { jsonSchema: schema } = format
  if (besides !== undefined) {
    const problem = `Cohere takes no response format together with ${besides}`
    unsupported.add({ field: 'responseFormat', problem, instead: 'the system message asks for the form' })
    return { messages: withInstruction(messages, instruction(schema)), ...(schema && { output: { schema } }) }
  }
  if (schema === undefined) {
    if (!/json/i.test(JSON.stringify(messages))) {
      const problem = 'without a schema Cohere may generate without end unless the prompt asks for JSON'
      unsupported.add({ field: 'responseFormat', problem, instead: 'the system message asks for it' })
      return { ...anyJson, messages: withInstruction(messages, instruction(undefined)) }
    }
    return { ...anyJson, messages }
  }
  const reshaped = reshapeSchema(schema)
  const problem = describeChanges(reshaped.changes, 'Cohere')
  if (problem) {
    const instead = 'what is left out is checked when the answer has come'
    unsupported.add({ field: 'responseFormat.jsonSchema', problem, instead })
  }
  return {
    responseFormat: { type: 'json_object', json_schema: reshaped.schema },
    messages,
    output: { schema, restore: (value) => restoreValue(reshaped, value) },
  }
}

/** What an answer says in terms of the schema that was given. */
export function restoreAnswer(schema: JsonSchema, value: unknown): unknown {
  return restoreValue(reshapeSchema(schema), value)
}

function instruction(schema: JsonSchema | undefined): string {
  if (schema === undefined) return 'Generate a JSON object, and nothing else.'
  return `Answer with a JSON object that conforms to this JSON Schema, and with nothing else: ${JSON.stringify(schema)}`
}

function withInstruction([first, ...rest]: WireMessage[], text: string): WireMessage[] {
  if (first?.role !== 'system') return [{ role: 'system', content: text }, ...(first ? [first] : []), ...rest]
  const { content } = first
  if (typeof content === 'string') return [{ role: 'system', content: `${content}\n\n${text}` }, ...rest]
  return [{ role: 'system', content: [...content, { type: 'text', text }] }, ...rest]
}
