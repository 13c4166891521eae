import type { OpenAIDialect } from './dialect.ts'

/** vLLM, on its usual port. */
export const vllmDialect: OpenAIDialect = {
  name: 'vllm',
  displayName: 'vLLM',
  baseURL: 'http://localhost:8000/v1',
  thinking: { field: 'reasoning' },
  source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  reviewed: '2026-11-22',
}
