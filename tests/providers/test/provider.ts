import { createCohere } from '@interlingua/cohere'
import type { Model } from '@interlingua/core'
import { createOpenAI, type DialectName, type OpenAIDialect } from '@interlingua/openai'

/** How to reach the simulator. */
interface Access {
  /** Where it is, without a path. In a process of one's own any address will do. */
  readonly url: string
  readonly fetch?: typeof globalThis.fetch
  /** Default: one that the simulator takes. */
  readonly apiKey?: string
}

/** What a provider may lack. */
type Feature = 'cost' | 'images' | 'keys' | 'last finish' | 'refusals' | 'thinking' | 'tools'

/** A provider as its users have it, in front of the simulator of its server. */
export interface Provider {
  readonly name: string
  /** The name that its messages and responses carry. */
  readonly provider: string
  connect(access: Access): (id: string) => Model
  /** A model for texts and tools. */
  readonly model: string
  /** One that thinks. */
  readonly thinker: string
  /** One that takes images. */
  readonly seer: string
  /** What every call needs, in a provider's own words. */
  readonly options?: Readonly<Record<string, unknown>>
  /** What a call needs beside that for its thoughts to be told. */
  readonly thinkingOptions?: Readonly<Record<string, unknown>>
  /** What it has not, and why. A program that needs it is held to what is documented instead. */
  readonly lacks: Readonly<Partial<Record<Feature, string>>>
  /** What of its own messages it is not sent, since it does not read it; nothing tells of that. */
  readonly leavesOut: readonly ('thinking' | 'citations')[]
}

const noCost = 'no price of its models is known'
const noRefusals = 'refuses in text'
const textsOnly = 'takes texts only'
const noKeys = 'takes any key, or none'
/** OpenAI's models show a summary of their thoughts, where they are asked for one. */
const summarized = { reasoning: { summary: 'auto' } }

/** A server that is asked through chat completions, at the simulator's path for it. */
function compatible(
  name: DialectName,
  { model, thinker, ...rest }: Pick<Provider, 'model' | 'thinker' | 'lacks'> & Partial<Provider>,
  dialect: DialectName | OpenAIDialect = name,
): Provider {
  return {
    name,
    provider: name,
    connect: ({ url, apiKey = 'key', fetch }) => createOpenAI({ dialect, baseURL: `${url}/${name}/v1`, apiKey, fetch }),
    model,
    thinker,
    seer: model,
    leavesOut: ['thinking', 'citations'],
    ...rest,
  }
}

/** A server other than OpenAI's that has the Responses API too. */
function responses(name: DialectName, model: string, thinker: string): Provider {
  return {
    name: `${name} Responses`,
    provider: name,
    connect: ({ url, apiKey = 'key', fetch }) =>
      createOpenAI({ api: 'responses', dialect: name, baseURL: `${url}/${name}/v1`, apiKey, fetch }),
    model,
    thinker,
    seer: model,
    thinkingOptions: summarized,
    lacks: {},
    leavesOut: [],
  }
}

/** Venice has no entry among the dialects: it is described here, as a user would. */
const venice: OpenAIDialect = {
  name: 'venice',
  displayName: 'Venice',
  thinking: { field: 'reasoning_content' },
}

/** Every provider, each as different from the others as its server is. */
export const providers: readonly Provider[] = [
  {
    name: 'Cohere v2',
    provider: 'cohere',
    connect: ({ url, apiKey = 'key', fetch }) => createCohere({ baseURL: url, apiKey, fetch }),
    model: 'command-a-03-2025',
    thinker: 'command-a-plus-05-2026',
    seer: 'command-a-vision-07-2025',
    lacks: { refusals: noRefusals },
    leavesOut: [],
  },
  {
    name: 'Cohere v1',
    provider: 'cohere',
    connect: ({ url, apiKey = 'key', fetch }) => createCohere({ api: 'v1', baseURL: url, apiKey, fetch }),
    model: 'command-a-03-2025',
    thinker: 'command-a-plus-05-2026',
    seer: 'command-a-vision-07-2025',
    lacks: {
      refusals: noRefusals,
      thinking: 'v1 has no place for thoughts',
      images: 'v1 has no place for images',
    },
    leavesOut: ['citations'],
  },
  {
    name: 'OpenAI chat',
    provider: 'openai',
    connect: ({ url, apiKey = 'key', fetch }) => createOpenAI({ api: 'chat', baseURL: `${url}/v1`, apiKey, fetch }),
    model: 'gpt-4o-mini',
    thinker: 'gpt-5-mini',
    seer: 'gpt-4o-mini',
    lacks: {
      thinking: 'chat completions do not show thoughts',
      'last finish': 'the usage comes after the finish reason, so that a stream that is left there is not complete',
    },
    leavesOut: ['citations'],
  },
  {
    name: 'OpenAI Responses',
    provider: 'openai',
    connect: ({ url, apiKey = 'key', fetch }) =>
      createOpenAI({ api: 'responses', baseURL: `${url}/v1`, apiKey, fetch }),
    model: 'gpt-4o-mini',
    thinker: 'gpt-5-mini',
    seer: 'gpt-4o-mini',
    thinkingOptions: summarized,
    lacks: {},
    leavesOut: [],
  },
  {
    name: 'OpenAI Responses, not stored',
    provider: 'openai',
    connect: ({ url, apiKey = 'key', fetch }) =>
      createOpenAI({ api: 'responses', baseURL: `${url}/v1`, apiKey, fetch }),
    model: 'gpt-5-mini',
    thinker: 'gpt-5-mini',
    seer: 'gpt-5-mini',
    options: { store: false, include: ['reasoning.encrypted_content'] },
    thinkingOptions: summarized,
    lacks: {},
    leavesOut: [],
  },
  responses('openrouter', 'openai/gpt-4o-mini', 'openai/gpt-5.2'),
  responses('xai', 'grok-4.3', 'grok-4.3'),
  compatible('azure', {
    model: 'gpt-4o-mini',
    thinker: 'gpt-5-mini',
    lacks: { cost: noCost, thinking: 'chat completions do not show thoughts' },
  }),
  compatible('deepseek', {
    model: 'deepseek-chat',
    thinker: 'deepseek-v4-flash',
    lacks: { images: textsOnly, refusals: noRefusals },
  }),
  compatible('groq', {
    model: 'llama-3.3-70b-versatile',
    thinker: 'openai/gpt-oss-20b',
    lacks: { refusals: noRefusals },
  }),
  compatible('llamacpp', {
    model: 'gemma-3',
    thinker: 'Qwen3-1.7B-Q4_K_M',
    lacks: { cost: noCost, refusals: noRefusals },
  }),
  compatible('mistral', {
    model: 'mistral-small-latest',
    thinker: 'magistral-medium-latest',
    lacks: { refusals: noRefusals },
  }),
  compatible('ollama', {
    model: 'llama3.2',
    thinker: 'qwen3:4b',
    lacks: { cost: noCost, keys: noKeys, refusals: noRefusals },
  }),
  compatible('openrouter', {
    model: 'openai/gpt-4o-mini',
    thinker: 'anthropic/claude-haiku-4.5',
    options: { extraBody: { include_reasoning: true } },
    lacks: {},
  }),
  compatible('perplexity', {
    model: 'sonar',
    thinker: 'sonar-reasoning-pro',
    lacks: {
      thinking: 'thinks in its text',
      tools: 'its models search, and call no tools of others',
      refusals: noRefusals,
    },
  }),
  compatible(
    'venice' as DialectName,
    { model: 'venice-uncensored', thinker: 'qwen3', lacks: { cost: noCost, refusals: noRefusals } },
    venice,
  ),
  compatible('vllm', {
    model: 'llama-3',
    thinker: 'Qwen/Qwen3-8B',
    lacks: { cost: noCost, keys: noKeys, refusals: noRefusals },
  }),
  compatible('xai', { model: 'grok-4.3', thinker: 'grok-4.3', lacks: { refusals: noRefusals } }),
]
