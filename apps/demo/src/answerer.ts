import { createCohere } from '@interlingua/cohere'
import { InterlinguaError, type Model } from '@interlingua/core'
import { createOpenAI, type DialectName } from '@interlingua/openai'
import { dialects } from '@interlingua/openai/dialects'
import { createSimulator } from '@interlingua/simulator'

/** Who answers, by which model, and how to hang up. */
export interface Answerer extends AsyncDisposable {
  readonly model: Model
  readonly description: string
}

/** What the command line says of who is to answer. */
export interface Choice {
  readonly provider: string
  readonly model?: string | undefined
  readonly baseURL?: string | undefined
}

/** The models that are asked where none is named. The simulator knows these servers, and no others. */
const usualModels: Readonly<Record<string, string>> = {
  cohere: 'command-a-03-2025',
  openai: 'gpt-4o-mini',
  azure: 'gpt-4o-mini',
  deepseek: 'deepseek-v4-flash',
  groq: 'llama-3.3-70b-versatile',
  llamacpp: 'Qwen3-1.7B-Q4_K_M',
  mistral: 'mistral-small-latest',
  ollama: 'qwen3:4b',
  openrouter: 'openai/gpt-4o-mini',
  perplexity: 'sonar',
  vllm: 'Qwen/Qwen3-8B',
  xai: 'grok-4.3',
}

/** The names that `--provider` takes. Cohere's own API is asked, and not its endpoint for clients of OpenAI's. */
export const providerNames: readonly string[] = ['cohere', ...Object.keys(dialects).filter((name) => name !== 'cohere')]

/** The real server where there is a key or an address for it, and a simulator of it where there is none. */
export async function connect({ provider, model: id = usualModels[provider], baseURL }: Choice): Promise<Answerer> {
  const { displayName, variables } = facts(provider)
  if (id === undefined) throw wrongChoice(`Say which model of ${displayName} to ask, with --model.`)
  const variable = variables.find((name) => process.env[name])
  if (variable !== undefined || baseURL !== undefined) {
    const at = baseURL === undefined ? '' : ` at ${baseURL}`
    const key = variable === undefined ? '' : `, with the key in ${variable}`
    return {
      model: modelOf(provider, id, { baseURL, ...(variable === undefined && { apiKey: '' }) }),
      description: `Answering: ${displayName}${at}${key}.`,
      [Symbol.asyncDispose]: async () => {},
    }
  }
  if (!(provider in usualModels)) {
    throw wrongChoice(
      `There is no simulator of ${displayName}. Set ${variables.join(' or ') || '--base-url'} to ask the real one.`,
    )
  }
  const server = await createSimulator({ pace: { firstTokenMs: 250, tokensPerSecond: 40 } }).listen()
  const path = provider === 'cohere' ? '' : provider === 'openai' ? '/v1' : `/${provider}/v1`
  const hint = variables.length > 0 ? `Set ${variables[0]}` : 'Give --base-url'
  return {
    model: modelOf(provider, id, { baseURL: `${server.url}${path}`, apiKey: 'simulator' }),
    description: `Answering: a local simulator of ${displayName} at ${server.url} (a catalogue of books, no language model).\n${hint} to ask ${displayName} instead.`,
    [Symbol.asyncDispose]: () => server.close(),
  }
}

/** The one line in which providers differ. */
function modelOf(
  provider: string,
  id: string,
  access: { readonly apiKey?: string | undefined; readonly baseURL?: string | undefined },
): Model {
  if (provider === 'cohere') return createCohere(access)(id)
  if (provider === 'openai') return createOpenAI({ api: 'responses', ...access })(id)
  return createOpenAI({ dialect: provider as DialectName, ...access })(id)
}

function facts(provider: string): { readonly displayName: string; readonly variables: readonly string[] } {
  if (provider === 'cohere') return { displayName: 'Cohere', variables: ['CO_API_KEY', 'COHERE_API_KEY'] }
  if (!providerNames.includes(provider)) {
    throw wrongChoice(`There is no provider ${JSON.stringify(provider)}. There are: ${providerNames.join(', ')}.`)
  }
  const { displayName, apiKeyVariables = [] } = dialects[provider as DialectName]
  return { displayName, variables: apiKeyVariables }
}

function wrongChoice(message: string): InterlinguaError {
  return new InterlinguaError({ code: 'invalid_request', message })
}
