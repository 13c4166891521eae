import { listedPrices } from '../price.ts'
import { xaiTable } from '../prices/xai.ts'
import type { OpenAIDialect } from './dialect.ts'

/** xAI. Its `completion_tokens` leave the reasoning out. */
export const xaiDialect: OpenAIDialect = {
  name: 'xai',
  displayName: 'xAI',
  baseURL: 'https://api.x.ai/v1',
  apiKeyVariables: ['XAI_API_KEY'],
  fields: { top_k: false, logit_bias: false },
  thinking: { field: 'reasoning_content' },
  media: ['image'],
  countsReasoning: false,
  prices: listedPrices(xaiTable),
  source: 'https://docs.x.ai/docs/api-reference',
  reviewed: '2026-11-22',
}
