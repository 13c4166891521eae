import { azureDialect } from './azure.ts'
import { cerebrasDialect } from './cerebras.ts'
import { cohereDialect } from './cohere.ts'
import { deepseekDialect } from './deepseek.ts'
import { fireworksDialect } from './fireworks.ts'
import { groqDialect } from './groq.ts'
import { llamacppDialect } from './llamacpp.ts'
import { lmstudioDialect } from './lmstudio.ts'
import { mistralDialect } from './mistral.ts'
import { ollamaDialect } from './ollama.ts'
import { openaiDialect } from './openai.ts'
import { openrouterDialect } from './openrouter.ts'
import { perplexityDialect } from './perplexity.ts'
import { togetherDialect } from './together.ts'
import { vllmDialect } from './vllm.ts'
import { xaiDialect } from './xai.ts'
import type { OpenAIDialect } from './dialect.ts'

/** The name of a server that is known. */
export type DialectName =
  | 'openai'
  | 'azure'
  | 'groq'
  | 'mistral'
  | 'deepseek'
  | 'openrouter'
  | 'xai'
  | 'llamacpp'
  | 'ollama'
  | 'vllm'
  | 'lmstudio'
  | 'perplexity'
  | 'together'
  | 'fireworks'
  | 'cerebras'
  | 'cohere'

/** The servers that are known, by the names that `createOpenAI({ dialect })` takes. */
export const dialects: Readonly<Record<DialectName, OpenAIDialect>> = {
  openai: openaiDialect,
  azure: azureDialect,
  groq: groqDialect,
  mistral: mistralDialect,
  deepseek: deepseekDialect,
  openrouter: openrouterDialect,
  xai: xaiDialect,
  llamacpp: llamacppDialect,
  ollama: ollamaDialect,
  vllm: vllmDialect,
  lmstudio: lmstudioDialect,
  perplexity: perplexityDialect,
  together: togetherDialect,
  fireworks: fireworksDialect,
  cerebras: cerebrasDialect,
  cohere: cohereDialect,
}
