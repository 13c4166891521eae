import { listedPrices } from '../price.ts'
import { cerebrasTable } from '../prices/cerebras.ts'
import type { OpenAIDialect } from './dialect.ts'

/** Cerebras. */
export const cerebrasDialect: OpenAIDialect = {
  name: 'cerebras',
  displayName: 'Cerebras',
  baseURL: 'https://api.cerebras.ai/v1',
  apiKeyVariables: ['CEREBRAS_API_KEY'],
  fields: {
    top_k: false,
    frequency_penalty: false,
    presence_penalty: false,
    logit_bias: false,
    parallel_tool_calls: false,
    service_tier: false,
  },
  thinking: { field: 'reasoning' },
  media: [],
  prices: listedPrices(cerebrasTable),
  source: 'https://inference-docs.cerebras.ai/resources/openai',
  reviewed: '2026-11-22',
}
