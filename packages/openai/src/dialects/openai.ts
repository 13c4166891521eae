import { openaiPrices } from '../price.ts'
import type { OpenAIDialect } from './dialect.ts'

/** OpenAI's own server. */
export const openaiDialect: OpenAIDialect = {
  name: 'openai',
  displayName: 'OpenAI',
  baseURL: 'https://api.openai.com/v1',
  apiKeyVariables: ['OPENAI_API_KEY'],
  fields: { top_k: false },
  toolCallId: { pattern: /^[\s\S]{1,40}$/, length: 12 },
  hasSchemaSubset: true,
  takesRefusal: true,
  prices: openaiPrices,
  source: 'https://platform.openai.com/docs/api-reference/chat',
  reviewed: '2026-11-22',
}
