import type { OpenAIDialect } from './dialect.ts'

/** LM Studio, on its usual port. */
export const lmstudioDialect: OpenAIDialect = {
  name: 'lmstudio',
  displayName: 'LM Studio',
  baseURL: 'http://localhost:1234/v1',
  fields: { max_completion_tokens: 'max_tokens' },
  thinking: { field: 'reasoning_content' },
  media: ['image'],
  source: 'https://lmstudio.ai/docs/app/api/endpoints/openai',
  reviewed: '2026-11-22',
}
