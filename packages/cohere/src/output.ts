import type { CallParams, OutputSupport, ProviderTypes } from '@interlingua/core'
import type { CohereParams } from './params.ts'

/** The types of a Cohere chat, of either version. */
interface ChatTypes extends ProviderTypes {
  Params: CallParams & Pick<CohereParams, 'responseFormat'>
}

/**
 * Cohere holds a model to a schema by its response format, which it takes neither together with tools nor with documents.
 * With documents, or connectors of v1, the model is only told, so that it can still cite them.
 */
export const outputSupport: OutputSupport<ChatTypes> = {
  native: {
    not: { tools: 'tool', documents: 'prompted', connectors: 'prompted' },
    params: (schema) => ({ responseFormat: { type: 'json_object', jsonSchema: schema } }),
    restore: async (schema, value) => (await import('./response-format.ts')).restoreAnswer(schema, value),
  },
}
