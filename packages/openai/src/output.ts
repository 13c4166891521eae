import { type CallParams, type OutputSupport, type ProviderTypes, restoreValue } from '@interlingua/core/encoding'
import type { OpenAIDialect } from './dialects/dialect.ts'
import type { OpenAIParams } from './params.ts'
import { strictSchema } from './schema.ts'

/** The types of a chat of OpenAI's, whichever API it goes through. */
interface ChatTypes extends ProviderTypes {
  Params: CallParams & Pick<OpenAIParams, 'responseFormat'>
}

/** How a server holds a model to a schema: by its response format, where it takes schemas at all. */
export function outputSupportOf({
  takesJsonSchema = true,
  hasSchemaSubset = false,
}: OpenAIDialect): OutputSupport<ChatTypes> {
  if (!takesJsonSchema) return {}
  return {
    native: {
      params: (schema, name) => ({ responseFormat: { type: 'json_schema', jsonSchema: schema, name } }),
      ...(hasSchemaSubset && { restore: (schema, value) => restoreValue(strictSchema(schema), value) }),
    },
  }
}
