import type { CallParams, OutputSupport, ProviderTypes } from '@interlingua/core/adapter'
import type { Connection } from './connection.ts'
import type { OpenAIParams } from './params.ts'

/** The types of a chat of OpenAI's, whichever API it goes through. */
interface ChatTypes extends ProviderTypes {
  Params: CallParams & Pick<OpenAIParams, 'responseFormat'>
}

/** How a server holds a model to a schema: by its response format, where it takes schemas at all. */
export function outputSupportOf({
  takesJsonSchema = true,
  hasSchemaSubset = false,
}: Connection['known']): OutputSupport<ChatTypes> {
  if (!takesJsonSchema) return {}
  return {
    native: {
      params: (schema, name) => ({ responseFormat: { type: 'json_schema', jsonSchema: schema, name } }),
      ...(hasSchemaSubset && {
        restore: async (schema, value) => (await import('./schema.ts')).restoredValue(schema, value),
      }),
    },
  }
}
