import { type CohereProvider, createCohere } from '@interlingua/cohere'
import { type Model, withoutUndefined } from '@interlingua/core'
import { createOpenAI, type DialectName, type OpenAIEndpoints } from '@interlingua/openai'
import { dialects } from '@interlingua/openai/dialects'
import type { ProviderConfig } from './config/schema.ts'
import type { Protocol } from './front/protocol.ts'

/** A provider as the gateway asks it. */
export interface Provider {
  /** Its name in the configuration, the first half of `cohere/command-a-03-2025`. */
  readonly name: string
  readonly kind: 'cohere' | 'openai'
  /** The name that its answers have: `cohere`, or that of its dialect. */
  readonly speaks: string
  /** Which protocols it is spoken to in, as callers wrote their requests; the others are translated. */
  readonly passes: ReadonlySet<Protocol>
  /** A model, asked in the protocol that is nearest to the caller's. */
  model(id: string, protocol: Protocol): Model
  /** What it has beside chat. */
  readonly cohere?: CohereProvider
  readonly openai?: OpenAIEndpoints
}

/** What providers are made with. */
export interface ProviderOptions {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Sends the requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined
  /** Whether a stand-in answers, which takes any key. */
  readonly simulated?: boolean | undefined
}

/** The providers of a configuration; where it names none, those whose keys are in the environment. */
export function createProviders(
  configured: Readonly<Record<string, ProviderConfig>> | undefined,
  options: ProviderOptions,
): ReadonlyMap<string, Provider> {
  const entries = configured ? Object.entries(configured) : knownProviders(options).map((name) => [name, {}] as const)
  return new Map(entries.map(([name, config]) => [name, createProvider(name, config, options)]))
}

const cohereVariables = ['CO_API_KEY', 'COHERE_API_KEY']

/** The providers whose keys are in the environment; all of them where a stand-in answers. */
export function knownProviders({ environment, simulated }: ProviderOptions): string[] {
  const known: [string, readonly string[]][] = [['cohere', cohereVariables]]
  for (const [name, { apiKeyVariables = [] }] of Object.entries(dialects)) {
    // Cohere's own API says more than its compatible one. Azure has an address of each user's own.
    if (name !== 'cohere' && name !== 'azure' && apiKeyVariables.length > 0) known.push([name, apiKeyVariables])
  }
  return known.filter(([, variables]) => simulated || variables.some((each) => environment[each])).map(([name]) => name)
}

function createProvider(name: string, config: ProviderConfig, options: ProviderOptions): Provider {
  const dialect = config.dialect ?? (name === 'cohere' ? 'cohere-v2' : name)
  const { environment, fetch, simulated } = options
  const { apiKeyVariable, baseURL, headers, timeout, retry } = config
  const isCohere = dialect === 'cohere-v2'
  if (!isCohere && !isDialect(dialect)) {
    const known = ['cohere-v2', ...Object.keys(dialects)].join(', ')
    throw new TypeError(`providers.${name}: say with \`dialect\` what it speaks: ${known}.`)
  }
  const variables = isCohere ? cohereVariables : (dialects[dialect].apiKeyVariables ?? [])
  const apiKey = simulated
    ? 'simulator'
    : keyFor(name, apiKeyVariable === undefined ? variables : [apiKeyVariable], environment)
  const shared = withoutUndefined({ apiKey, baseURL, headers, timeout, retry, fetch })
  if (isCohere) {
    const cohere = createCohere(shared)
    return {
      name,
      kind: 'cohere',
      speaks: 'cohere',
      passes: new Set(['cohere-chat']),
      model: (id) => cohere(id),
      cohere,
    }
  }
  const chat = createOpenAI({ ...shared, dialect, api: 'chat' })
  const responses = createOpenAI({ ...shared, dialect, api: 'responses' })
  // Others speak in dialects of it, which clients of OpenAI do not all understand.
  const { passThrough = dialect === 'openai' || dialect === 'azure' } = config
  const hasResponses = dialect === 'openai' || dialect === 'azure' || passThrough
  return {
    name,
    kind: 'openai',
    speaks: dialects[dialect].name,
    passes: new Set(passThrough ? (['openai-chat', 'openai-responses'] as const) : []),
    model: (id, protocol) => (protocol === 'openai-responses' && hasResponses ? responses(id) : chat(id)),
    openai: chat,
  }
}

function isDialect(name: string): name is DialectName {
  return Object.hasOwn(dialects, name)
}

/** The key of a provider. One that needs none has no variable for one. */
function keyFor(
  name: string,
  variables: readonly string[],
  environment: ProviderOptions['environment'],
): string | undefined {
  if (variables.length === 0) return undefined
  const key = variables.map((variable) => environment[variable]).find((value) => value !== undefined && value !== '')
  if (key !== undefined) return key
  const names = variables.join(' or ')
  throw new TypeError(`providers.${name}: there is no key. Set the environment variable ${names}.`)
}
