import type { OpenAIDialect } from './dialect.ts'

/** Ollama, on its usual port. */
export const ollamaDialect: OpenAIDialect = {
  name: 'ollama',
  displayName: 'Ollama',
  baseURL: 'http://localhost:11434/v1',
  fields: { max_completion_tokens: 'max_tokens', top_k: false, logit_bias: false, user: false, n: false },
  thinking: { field: 'reasoning' },
  media: ['image'],
  source: 'https://docs.ollama.com/api/openai-compatibility',
  reviewed: '2026-11-22',
}
