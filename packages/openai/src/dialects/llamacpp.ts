import type { OpenAIDialect } from './dialect.ts'

/** The server of llama.cpp, on its usual port. */
export const llamacppDialect: OpenAIDialect = {
  name: 'llamacpp',
  displayName: 'llama.cpp',
  baseURL: 'http://localhost:8080/v1',
  fields: { max_completion_tokens: 'max_tokens' },
  thinking: { field: 'reasoning_content', takes: 'any' },
  media: ['image', 'audio'],
  source: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
  reviewed: '2026-11-22',
}
