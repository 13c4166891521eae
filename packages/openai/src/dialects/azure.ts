import type { OpenAIDialect } from './dialect.ts'

/**
 * OpenAI's models at Azure. The address is `https://<resource>.openai.azure.com/openai/v1`; an address of a deployment wants
 * `query: { 'api-version': … }` as well.
 */
export const azureDialect: OpenAIDialect = {
  name: 'azure',
  displayName: 'Azure OpenAI',
  apiKeyVariables: ['AZURE_OPENAI_API_KEY'],
  apiKeyHeader: 'api-key',
  requestIdHeader: 'apim-request-id',
  fields: { top_k: false },
  toolCallId: { pattern: /^[\s\S]{1,40}$/, length: 12 },
  hasSchemaSubset: true,
  takesRefusal: true,
  source: 'https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle',
  reviewed: '2026-11-22',
}
