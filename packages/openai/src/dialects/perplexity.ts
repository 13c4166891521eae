import type { OpenAIDialect } from './dialect.ts'

/** Perplexity. Its answers rest on pages, which the text cites by their numbers; each event tells the usage. */
export const perplexityDialect: OpenAIDialect = {
  name: 'perplexity',
  displayName: 'Perplexity',
  baseURL: 'https://api.perplexity.ai',
  apiKeyVariables: ['PERPLEXITY_API_KEY'],
  asksForUsage: false,
  fields: { max_completion_tokens: 'max_tokens' },
  media: ['image'],
  citesByNumber: true,
  source: 'https://docs.perplexity.ai/api-reference/chat-completions-post',
  reviewed: '2026-11-22',
}
