import type { OutputSupport } from '@interlingua/core'
import type { OpenAIResponsesTypes } from './types.ts'

/** OpenAI holds a model to a schema by the form of its answer, also together with tools. */
export const outputSupport: OutputSupport<OpenAIResponsesTypes> = {
  native: { params: (schema, name) => ({ responseFormat: { type: 'json_schema', jsonSchema: schema, name } }) },
}
