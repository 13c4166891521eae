import {
  type JsonSchema,
  type OutputCheck,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { describeChanges, restoreValue } from '@interlingua/core/encoding'
import type { OpenAIDialect } from './dialects/dialect.ts'
import type { OpenAIResponseFormat } from './params.ts'
import { strictSchema } from './schema.ts'
import type { WireMessage, WireResponseFormat } from './wire.ts'

/** What becomes of a response format. */
export interface EncodedFormat {
  readonly responseFormat?: WireResponseFormat
  /** The conversation, with what could not be said otherwise. */
  readonly messages: WireMessage[]
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** A response format in OpenAI's form, or in words where the server takes none. */
export function encodeResponseFormat(
  format: OpenAIResponseFormat,
  messages: WireMessage[],
  { dialect, unsupported }: { readonly dialect: OpenAIDialect; readonly unsupported: UnsupportedFeatures },
): EncodedFormat {
  if (format.type === 'text') return { responseFormat: { type: 'text' }, messages }
  const { jsonSchema: schema } = format
  if (schema === undefined) {
    const told = withMention(messages, unsupported)
    return { responseFormat: { type: 'json_object' }, messages: told, output: { schema: {} } }
  }
  if (dialect.takesJsonSchema === false) {
    const problem = `${dialect.displayName} does not hold a model to a schema`
    unsupported.add({ field: 'responseFormat.jsonSchema', problem, instead: 'the system message asks for it' })
    const text = `Answer with a JSON object that conforms to this JSON Schema, and with nothing else: ${JSON.stringify(schema)}`
    return { responseFormat: { type: 'json_object' }, messages: withInstruction(messages, text), output: { schema } }
  }
  return { ...encodeSchema(schema, format, { dialect, unsupported }), messages }
}

export function encodeSchema(
  schema: JsonSchema,
  { name = 'answer', description, strict = true }: Exclude<OpenAIResponseFormat, { readonly type: 'text' }>,
  { dialect, unsupported }: { readonly dialect: OpenAIDialect; readonly unsupported: UnsupportedFeatures },
): Omit<EncodedFormat, 'messages'> {
  const format = (sent: JsonSchema, isStrict: boolean): WireResponseFormat => ({
    type: 'json_schema',
    json_schema: withoutUndefined({ name, description, schema: sent, strict: isStrict }),
  })
  if (!strict || !dialect.hasSchemaSubset) return { responseFormat: format(schema, strict), output: { schema } }
  const reshaped = strictSchema(schema)
  if (reshaped.unfit !== undefined) {
    const problem = `${dialect.displayName} holds a model to a part of JSON Schema only, which has no word for ${reshaped.unfit}`
    unsupported.add({ field: 'responseFormat.jsonSchema', problem, instead: 'it is sent without `strict`' })
    return { responseFormat: format(schema, false), output: { schema } }
  }
  const loss = describeChanges(reshaped.changes, dialect.displayName)
  if (loss !== undefined) {
    const instead = 'what is left out is checked when the answer has come'
    unsupported.add({ field: 'responseFormat.jsonSchema', problem: loss, instead })
  }
  const output = { schema, restore: (value: unknown) => restoreValue(reshaped, value) }
  return { responseFormat: format(reshaped.schema, true), output }
}

/** Without a schema the conversation has to ask for JSON, or the request is refused. */
function withMention(messages: WireMessage[], unsupported: UnsupportedFeatures): WireMessage[] {
  if (/json/i.test(JSON.stringify(messages))) return messages
  const problem = 'without a schema the conversation has to ask for JSON'
  unsupported.add({ field: 'responseFormat', problem, instead: 'the system message asks for it' })
  return withInstruction(messages, 'Generate a JSON object, and nothing else.')
}

function withInstruction([first, ...rest]: WireMessage[], text: string): WireMessage[] {
  if (first?.role !== 'system' && first?.role !== 'developer') {
    return [{ role: 'system', content: text }, ...(first ? [first] : []), ...rest]
  }
  const { content } = first
  if (typeof content === 'string') return [{ ...first, content: `${content}\n\n${text}` }, ...rest]
  return [{ ...first, content: [...content, { type: 'text', text }] }, ...rest]
}
