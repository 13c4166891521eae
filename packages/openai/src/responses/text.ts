import { type OutputCheck, type UnsupportedFeatures, withoutUndefined } from '@interlingua/core/adapter'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import { encodeSchema } from '../response-format.ts'
import type { OpenAIResponsesParams } from './params.ts'
import type { InputItem } from './replay.ts'
import type { WireTextConfig, WireTextFormat } from './wire.ts'

/** What becomes of the form of an answer. */
export interface EncodedText {
  readonly text?: WireTextConfig
  /** What is put before the conversation, where a form has to be asked for in words. */
  readonly instruction?: InputItem
  /** What the answer is checked against when it has come. */
  readonly output?: OutputCheck
}

/** What encoding the form of an answer takes. */
export interface TextOptions {
  readonly dialect: OpenAIDialect
  readonly unsupported: UnsupportedFeatures
  /** What is said to the model. */
  readonly input: readonly InputItem[]
  readonly instructions: string | undefined
}

type Format = NonNullable<OpenAIResponsesParams['responseFormat']>

/** The form of an answer, and how much it says. */
export function encodeText(
  { responseFormat, verbosity }: Pick<OpenAIResponsesParams, 'responseFormat' | 'verbosity'>,
  options: TextOptions,
): EncodedText {
  const { format, ...rest } = responseFormat ? encodeFormat(responseFormat, options) : {}
  const text = withoutUndefined({ format, verbosity })
  return withoutUndefined({ text: Object.keys(text).length > 0 ? text : undefined, ...rest })
}

function encodeFormat(
  format: Format,
  { dialect, unsupported, input, instructions }: TextOptions,
): Omit<EncodedText, 'text'> & { readonly format: WireTextFormat } {
  if (format.type === 'text') return { format: { type: 'text' } }
  const { jsonSchema } = format
  if (jsonSchema !== undefined) {
    const { responseFormat, output } = encodeSchema(jsonSchema, format, { dialect, unsupported })
    if (responseFormat?.type === 'json_schema') {
      const { schema = jsonSchema, ...named } = responseFormat.json_schema
      return withoutUndefined({ format: { type: 'json_schema' as const, ...named, schema }, output })
    }
  }
  // A form without a schema is read all the same.
  const encoded = { format: { type: 'json_object' as const }, output: { schema: {} } }
  if (/json/i.test(JSON.stringify([input, instructions]))) return encoded
  const problem = 'without a schema the conversation has to ask for JSON'
  unsupported.add({ field: 'responseFormat', problem, instead: 'a system message asks for it' })
  return { ...encoded, instruction: { role: 'system', content: 'Generate a JSON object, and nothing else.' } }
}
