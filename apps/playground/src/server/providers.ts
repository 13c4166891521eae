import { coherePrices, createCohere } from '@interlingua/cohere'
import type { Model, Price } from '@interlingua/core'
import { createOpenAI, type DialectName } from '@interlingua/openai'
import { dialects } from '@interlingua/openai/dialects'
import type { ProviderState } from '../protocol.ts'

/** How a provider is reached: with which key, and through which `fetch`. */
interface Reach {
  readonly apiKey?: string
  readonly fetch: typeof globalThis.fetch
}

/** A provider that the playground knows. */
export interface Provider extends Omit<ProviderState, 'keyFrom'> {
  create(reach: Reach): (model: string) => Model
  price(model: string): Price | undefined
  /** The form of an answer in JSON, in the provider's words. */
  readonly jsonFormat: 'json_object' | 'json_schema'
}

const cohereKeys = ['CO_API_KEY', 'COHERE_API_KEY']
const cohereModels = [
  'command-a-03-2025',
  'command-a-reasoning-08-2025',
  'command-a-vision-07-2025',
  'command-r7b-12-2024',
  'command-r-plus-08-2024',
]
const openaiModels = ['gpt-5-mini', 'gpt-5', 'gpt-4.1-mini', 'gpt-4o-mini', 'o4-mini']

/** Servers that speak as OpenAI does, which the simulator can stand in for, with the models to begin with. */
const compatible: readonly (readonly [DialectName, readonly string[]])[] = [
  ['groq', ['llama-3.3-70b-versatile', 'openai/gpt-oss-120b']],
  ['mistral', ['mistral-small-latest', 'magistral-medium-latest']],
  ['deepseek', ['deepseek-chat', 'deepseek-reasoner']],
  ['openrouter', ['openai/gpt-5-mini', 'anthropic/claude-sonnet-4.5']],
  ['xai', ['grok-4', 'grok-3-mini']],
  ['perplexity', ['sonar', 'sonar-reasoning']],
  ['ollama', ['llama3.2', 'qwen3']],
  ['llamacpp', ['default']],
  ['vllm', ['Qwen/Qwen3-8B']],
]

/** All of them, in the order in which they are offered. */
export const providers: readonly Provider[] = [
  {
    id: 'cohere',
    name: 'Cohere',
    models: cohereModels,
    variables: cohereKeys,
    jsonFormat: 'json_object',
    create: (reach) => createCohere(reach),
    price: (model) => coherePrices[model],
  },
  {
    id: 'cohere-v1',
    name: 'Cohere, chat v1',
    models: cohereModels,
    variables: cohereKeys,
    jsonFormat: 'json_object',
    create: (reach) => createCohere({ ...reach, api: 'v1' }),
    price: (model) => coherePrices[model],
  },
  {
    ...openaiLike('openai', openaiModels),
    name: 'OpenAI',
    create: (reach) => createOpenAI(reach),
  },
  {
    ...openaiLike('openai', openaiModels),
    id: 'openai-chat',
    name: 'OpenAI, chat completions',
  },
  ...compatible.map(([dialect, models]) => openaiLike(dialect, models)),
]

function openaiLike(dialect: DialectName, models: readonly string[]): Provider {
  const { displayName, apiKeyVariables = [], prices = {} } = dialects[dialect]
  return {
    id: dialect,
    name: displayName,
    models,
    variables: apiKeyVariables,
    jsonFormat: 'json_schema',
    create: (reach) => createOpenAI({ ...reach, dialect, api: 'chat' }),
    price: (model) => prices[model],
  }
}

/** A provider by its id; `undefined` where there is none. */
export function providerOf(id: string): Provider | undefined {
  return providers.find((provider) => provider.id === id)
}
