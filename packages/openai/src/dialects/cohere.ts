import type { OpenAIDialect } from './dialect.ts'

/** Cohere's endpoint for clients of OpenAI's. Its own API says more: see `@interlingua/cohere`. */
export const cohereDialect: OpenAIDialect = {
  name: 'cohere-compatibility',
  displayName: 'Cohere (compatibility API)',
  baseURL: 'https://api.cohere.ai/compatibility/v1',
  apiKeyVariables: ['CO_API_KEY', 'COHERE_API_KEY'],
  requestIdHeader: 'x-debug-trace-id',
  fields: {
    max_completion_tokens: 'max_tokens',
    top_k: false,
    store: false,
    metadata: false,
    logit_bias: false,
    top_logprobs: false,
    n: false,
    modalities: false,
    prediction: false,
    audio: false,
    service_tier: false,
    parallel_tool_calls: false,
  },
  takesNamedToolChoice: false,
  media: ['image'],
  source: 'https://docs.cohere.com/docs/compatibility-api',
  reviewed: '2026-11-22',
}
