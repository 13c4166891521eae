import type { Dialect } from './dialect.ts'
import { dialects } from './dialects/all.ts'
import { isEndpoint, type OpenAIOptions } from './service.ts'

/** Where a request goes: a dialect, and a path without prefix and version. */
export interface Address {
  readonly dialect: Dialect
  readonly path: string
}

/** The header that names a dialect, where neither host nor path can. */
const dialectHeader = 'x-simulator-dialect'

/**
 * Which of the services that speak OpenAI's protocols a request is for; `undefined` where it is for another vendor.
 * The dialect is named by the header `x-simulator-dialect`, by the beginning of the path (`/groq/openai/v1/…`), by the
 * host (`api.groq.com`), or by the options, in this order.
 */
export function addressOf(
  request: { readonly path: string; readonly host: string; readonly headers: Headers },
  options: OpenAIOptions,
): Address | undefined {
  const written = request.path.replace(/\?.*$/s, '')
  const told = named(request.headers.get(dialectHeader))
  const home = dialects.find(({ hosts }) =>
    hosts.some((host) => host === request.host || request.host.endsWith(`.${host}`)),
  )
  const [, word = '', rest = ''] = /^\/([a-z]+)(\/.*)$/.exec(written) ?? []
  // Groq's own path begins with the word openai.
  const prefix = told || home || (word === 'openai' && options.dialect) ? undefined : named(word)
  const path = endpointOf(prefix ? rest : written) ?? (told || home ? endpointOf(named(word) ? rest : '') : undefined)
  if (path === undefined) return undefined
  const chosen = told ?? prefix ?? home ?? named(options.dialect ?? null)
  // Cohere has models too, at the same path.
  if (written.startsWith('/v1/models') && !chosen && !isOpenAIClient(request.headers)) return undefined
  return { dialect: chosen ?? dialects[0], path }
}

// Groq and OpenRouter have a word before the version, DeepSeek and Perplexity have no version, Azure has deployments.
function endpointOf(path: string): string | undefined {
  const bare = path.replace(/^\/(?:openai|api)(?=\/)/, '').replace(/^\/(?:v1|v1beta|deployments\/[^/]+)(?=\/)/, '')
  return isEndpoint(bare) ? bare : undefined
}

function named(name: string | null): Dialect | undefined {
  return dialects.find((dialect) => dialect.name === name)
}

// All clients that OpenAI publishes say so.
function isOpenAIClient(headers: Headers): boolean {
  return headers.has('x-stainless-lang') || /^openai/i.test(headers.get('user-agent') ?? '')
}
