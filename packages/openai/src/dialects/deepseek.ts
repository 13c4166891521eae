import { listedPrices } from '../price.ts'
import { deepseekTable } from '../prices/deepseek.ts'
import type { OpenAIDialect } from './dialect.ts'

/** DeepSeek. In thinking mode it refuses a turn with tool calls whose thoughts do not come back. */
export const deepseekDialect: OpenAIDialect = {
  name: 'deepseek',
  displayName: 'DeepSeek',
  baseURL: 'https://api.deepseek.com',
  apiKeyVariables: ['DEEPSEEK_API_KEY'],
  fields: { max_completion_tokens: 'max_tokens', top_k: false, n: false, logit_bias: false },
  thinking: { field: 'reasoning_content', takes: 'any' },
  media: [],
  takesJsonSchema: false,
  prices: listedPrices(deepseekTable),
  source: 'https://api-docs.deepseek.com/guides/thinking_mode',
  reviewed: '2026-11-22',
}
