import { openaiDialect } from './openai.ts'
import type { DialectName } from './table.ts'
import type { OpenAIDialect } from './dialect.ts'

/** What of a dialect has to be known before anything is sent. */
type KnownDialect = Pick<OpenAIDialect, 'name' | 'displayName' | 'takesJsonSchema' | 'hasSchemaSubset'>

/** The same of the servers that are known, whose dialects are loaded by their first request. A name is the key, unless given. */
const known: Readonly<Record<DialectName, Omit<KnownDialect, 'name'> & { readonly name?: string }>> = {
  openai: openaiDialect,
  azure: { displayName: 'Azure OpenAI', hasSchemaSubset: true },
  groq: { displayName: 'Groq' },
  mistral: { displayName: 'Mistral' },
  deepseek: { displayName: 'DeepSeek', takesJsonSchema: false },
  openrouter: { displayName: 'OpenRouter' },
  xai: { displayName: 'xAI' },
  llamacpp: { displayName: 'llama.cpp' },
  ollama: { displayName: 'Ollama' },
  vllm: { displayName: 'vLLM' },
  lmstudio: { displayName: 'LM Studio' },
  perplexity: { displayName: 'Perplexity' },
  together: { displayName: 'Together' },
  fireworks: { displayName: 'Fireworks' },
  cerebras: { displayName: 'Cerebras' },
  cohere: { name: 'cohere-compatibility', displayName: 'Cohere (compatibility API)' },
}

/** A dialect, or what is known of it before it is loaded. */
export function knownDialect(dialect: DialectName | OpenAIDialect): OpenAIDialect {
  // How a server ends that nobody has recorded is not known.
  return typeof dialect === 'string' ? { name: dialect, ...known[dialect] } : { endsSilently: true, ...dialect }
}
