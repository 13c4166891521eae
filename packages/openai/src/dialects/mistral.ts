import { listedPrices } from '../price.ts'
import { mistralTable } from '../prices/mistral.ts'
import type { OpenAIDialect } from './dialect.ts'

/** Mistral. Thoughts stand among the content, and a stream tells its usage unasked. */
export const mistralDialect: OpenAIDialect = {
  name: 'mistral',
  displayName: 'Mistral',
  baseURL: 'https://api.mistral.ai/v1',
  apiKeyVariables: ['MISTRAL_API_KEY'],
  requestIdHeader: 'mistral-correlation-id',
  asksForUsage: false,
  fields: {
    max_completion_tokens: 'max_tokens',
    seed: 'random_seed',
    top_k: false,
    logit_bias: false,
    user: false,
    safety_identifier: false,
    store: false,
    verbosity: false,
    modalities: false,
    audio: false,
    web_search_options: false,
  },
  thinking: { field: 'content', takes: 'any' },
  media: ['image', 'audio'],
  toolCallId: { pattern: /^[a-zA-Z0-9]{9}$/, length: 9 },
  requiredToolChoice: 'any',
  countsAudio: false,
  prices: listedPrices(mistralTable),
  source: 'https://docs.mistral.ai/api/endpoint/chat',
  reviewed: '2026-11-22',
}
