import { listedPrices } from '../price.ts'
import { groqTable } from '../prices/groq.ts'
import type { OpenAIDialect } from './dialect.ts'

/** Groq. Its answers bring each tool call in one piece, and the usage twice. */
export const groqDialect: OpenAIDialect = {
  name: 'groq',
  displayName: 'Groq',
  baseURL: 'https://api.groq.com/openai/v1',
  apiKeyVariables: ['GROQ_API_KEY'],
  fields: { top_k: false, logprobs: false, top_logprobs: false, logit_bias: false },
  thinking: { field: 'reasoning' },
  media: ['image'],
  prices: listedPrices(groqTable),
  source: 'https://console.groq.com/docs/openai',
  reviewed: '2026-11-22',
}
