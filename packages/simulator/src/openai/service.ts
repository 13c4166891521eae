import type { Clock } from '../pace.ts'
import { matchPath, type Call, type Reply } from '../route.ts'
import { errorHeaders } from '../scripted-error.ts'
import { scriptedReply } from '../scripted-reply.ts'
import { chat } from './chat.ts'
import type { Dialect, DialectName } from './dialect.ts'
import { embeddings } from './embeddings.ts'
import { Exchange } from './exchange.ts'
import { lettersOf } from './ids.ts'
import { getModel, listModels } from './list-models.ts'
import type { Problem } from './problem.ts'
import { RateLimit, type OpenAIRateLimit } from './rate-limit.ts'
import { countInput, createResponse } from './responses/create.ts'
import { Store } from './responses/store.ts'
import { cancelResponse, deleteResponse, getResponse, listInputItems } from './responses/stored.ts'

/** How the simulated services that speak OpenAI's protocols differ from the usual. */
export interface OpenAIOptions {
  /** The server whose ways are followed where neither path, header nor host name one; default `openai`. */
  readonly dialect?: DialectName
  /** Counts requests and tokens, tells the numbers in headers, and refuses those above the limits. */
  readonly rateLimit?: OpenAIRateLimit
}

type Answer = (exchange: Exchange, parameter: string) => Reply

const endpoints: readonly (readonly [string, string, Answer])[] = [
  ['POST', '/chat/completions', chat],
  ['POST', '/responses', createResponse],
  ['POST', '/responses/input_tokens', countInput],
  ['GET', '/responses/{response}', getResponse],
  ['DELETE', '/responses/{response}', deleteResponse],
  ['POST', '/responses/{response}/cancel', cancelResponse],
  ['GET', '/responses/{response}/input_items', listInputItems],
  ['POST', '/embeddings', embeddings],
  ['GET', '/models', listModels],
]

/** Whether a path, without prefix and version, is one of OpenAI's. */
export function isEndpoint(path: string): boolean {
  return (
    path === '/models' ||
    path.startsWith('/models/') ||
    /^\/(?:chat\/completions|responses|embeddings)(?:\/|$)/.test(path)
  )
}

/** The services that speak OpenAI's protocols. */
export class OpenAIService {
  readonly #store = new Store()
  readonly #limit: RateLimit | undefined

  constructor(options: OpenAIOptions, clock: Clock) {
    this.#limit = options.rateLimit && new RateLimit(options.rateLimit, clock)
  }

  /** Answers a request to a path without prefix and version, such as `/chat/completions`. */
  answer(
    { method, path, written }: { method: string; path: string; written: string },
    call: Call,
    dialect: Dialect,
  ): Reply {
    const exchange = new Exchange(call, dialect, { store: this.#store, limit: this.#limit })
    const reply = scriptedReply(call) ?? scriptedError(exchange) ?? this.#answer(exchange, method, path, written)
    return { ...reply, headers: { ...headersOf(call), ...reply.headers } }
  }

  #answer(exchange: Exchange, method: string, path: string, written: string): Reply {
    const { dialect, call } = exchange
    const key = keyOf(call.headers)
    if (!dialect.keyless && (key === '' || /^(?:sk-)?invalid/.test(key)))
      return exchange.refuse(dialect.unauthorized(key, path.split('/')[1] ?? ''))
    const known = endpoints.flatMap(([verb, route, answer]) => {
      const parameter = matchPath(route, path)
      return parameter === undefined ? [] : [{ verb, answer, parameter }]
    })
    // The ids of models may have slashes.
    if (path.startsWith('/models/')) {
      known.push({ verb: 'GET', answer: getModel, parameter: decodeURIComponent(path.slice('/models/'.length)) })
    }
    const found = known.find(({ verb }) => verb === method)
    if (found) return found.answer(exchange, found.parameter)
    return exchange.refuse(known.length === 0 ? noSuchPath(method, written) : wrongMethod(method, written))
  }
}

function scriptedError(exchange: Exchange): Reply | undefined {
  const { error } = exchange.call.script
  if (!error) return undefined
  const type = error.status < 500 ? 'invalid_request_error' : 'server_error'
  return exchange.refuse({ type, ...error, headers: errorHeaders(error) })
}

function keyOf(headers: Headers): string {
  const own = headers.get('api-key')
  const bearer = headers.get('authorization')?.replace(/^bearer\s*/i, '')
  return (bearer ?? own ?? '').trim()
}

// Recorded: `x-request-id`; the others are documented at https://platform.openai.com/docs/api-reference/debugging-requests.
function headersOf({ index, text }: Call): Record<string, string> {
  return {
    'x-request-id': `req_${lettersOf(`${index} ${text}`, 32)}`,
    'openai-organization': 'org-interlingua',
    'openai-processing-ms': '1',
    'openai-version': '2020-10-01',
  }
}

function noSuchPath(method: string, path: string): Problem {
  return { status: 404, message: `Invalid URL (${method} ${path})` }
}

function wrongMethod(method: string, path: string): Problem {
  const hint = '(HINT: Perhaps you meant to use a different HTTP method?)'
  return { status: 405, message: `Not allowed to ${method} on ${path} ${hint}`, code: 'method_not_supported' }
}
