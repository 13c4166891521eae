import { type JsonSchema, type OutputCheck, withoutUndefined } from '@interlingua/core'
import type { OpenAIResponsesFormat, OpenAIResponsesParams } from './params.ts'
import type { WireTextConfig, WireTextFormat } from './wire.ts'

/** A schema as strict mode takes it, and the way back from what the model wrote. */
export interface StrictSchema {
  readonly schema: JsonSchema
  readonly restore?: (value: unknown) => unknown
}

/** What becomes of the form of an answer. */
export interface EncodedText {
  readonly text?: WireTextConfig
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** The form of an answer, and how much it says. */
export function encodeText(
  { responseFormat, verbosity }: Pick<OpenAIResponsesParams, 'responseFormat' | 'verbosity'>,
  toStrict: (schema: JsonSchema, field: string) => StrictSchema | undefined,
): EncodedText {
  const { format, output } = responseFormat ? encodeFormat(responseFormat, toStrict) : {}
  const text = withoutUndefined({ format, verbosity })
  return withoutUndefined({ text: Object.keys(text).length > 0 ? text : undefined, output })
}

function encodeFormat(
  responseFormat: OpenAIResponsesFormat,
  toStrict: (schema: JsonSchema, field: string) => StrictSchema | undefined,
): { readonly format: WireTextFormat; readonly output?: OutputCheck } {
  if (responseFormat.type === 'text') return { format: { type: 'text' } }
  // A form without a schema is read all the same.
  if (responseFormat.type === 'json_object') return { format: { type: 'json_object' }, output: { schema: {} } }
  const { jsonSchema, name = 'output', description, strict = true } = responseFormat
  const reshaped = strict ? toStrict(jsonSchema, 'responseFormat.jsonSchema') : undefined
  const { schema, restore } = reshaped ?? { schema: jsonSchema }
  return {
    format: withoutUndefined({
      type: 'json_schema' as const,
      name,
      description,
      schema,
      strict: reshaped !== undefined,
    }),
    output: withoutUndefined({ schema: jsonSchema, restore }),
  }
}
