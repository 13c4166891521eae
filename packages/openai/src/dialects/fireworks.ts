import type { OpenAIDialect } from './dialect.ts'

/** Fireworks. */
export const fireworksDialect: OpenAIDialect = {
  name: 'fireworks',
  displayName: 'Fireworks',
  baseURL: 'https://api.fireworks.ai/inference/v1',
  apiKeyVariables: ['FIREWORKS_API_KEY'],
  fields: { max_completion_tokens: 'max_tokens' },
  thinking: { field: 'reasoning_content', takes: 'own' },
  media: ['image'],
  source: 'https://docs.fireworks.ai/guides/reasoning',
  reviewed: '2026-11-22',
}
