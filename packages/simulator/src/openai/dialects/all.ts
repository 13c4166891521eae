import type { Dialect } from '../dialect.ts'
import { deepseek } from './deepseek.ts'
import { groq } from './groq.ts'
import { llamacpp, ollama, vllm } from './local.ts'
import { mistral } from './mistral.ts'
import { openai } from './openai.ts'
import { openrouter } from './openrouter.ts'
import { perplexity } from './perplexity.ts'
import { azure, venice } from './proxies.ts'
import { xai } from './xai.ts'

/** All dialects; OpenAI's own is the first. */
export const dialects: readonly [Dialect, ...Dialect[]] = [
  openai,
  azure,
  deepseek,
  groq,
  llamacpp,
  mistral,
  ollama,
  openrouter,
  perplexity,
  venice,
  vllm,
  xai,
]
