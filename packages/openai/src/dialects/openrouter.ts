import type { OpenAIDialect } from './dialect.ts'

/** OpenRouter. It tells what each answer costs, and takes back what others sign or encrypt of their thoughts. */
export const openrouterDialect: OpenAIDialect = {
  name: 'openrouter',
  displayName: 'OpenRouter',
  baseURL: 'https://openrouter.ai/api/v1',
  apiKeyVariables: ['OPENROUTER_API_KEY'],
  asksForUsage: false,
  fields: { max_completion_tokens: 'max_tokens' },
  thinking: { field: 'reasoning', takes: 'any' },
  takesBack: ['reasoning_details'],
  takesRefusal: true,
  source: 'https://openrouter.ai/docs/use-cases/reasoning-tokens',
  reviewed: '2026-11-22',
}
