import type { OpenAIDialect } from './dialect.ts'

/** Together. */
export const togetherDialect: OpenAIDialect = {
  name: 'together',
  displayName: 'Together',
  baseURL: 'https://api.together.xyz/v1',
  apiKeyVariables: ['TOGETHER_API_KEY'],
  fields: { max_completion_tokens: 'max_tokens' },
  thinking: { field: 'reasoning' },
  media: ['image'],
  source: 'https://docs.together.ai/docs/openai-api-compatibility',
  reviewed: '2026-11-22',
}
