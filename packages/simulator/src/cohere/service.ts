import { traceIdOf } from '../fingerprint.ts'
import type { Clock } from '../pace.ts'
import { matchPath, type Call, type Reply, type Route } from '../route.ts'
import { scriptedReply } from '../scripted-reply.ts'
import { errorHeaders } from '../scripted-error.ts'
import { refusal } from './errors.ts'
import { cohereRoutes, type CohereOptions } from './routes.ts'

/** Cohere's service. */
export class CohereService {
  readonly #routes: readonly Route[]

  constructor(options: CohereOptions, clock: Clock) {
    this.#routes = cohereRoutes(options, clock)
  }

  /** Answers a request. */
  answer(request: { readonly method: string; readonly path: string }, call: Call): Reply {
    const reply = scriptedReply(call) ?? scriptedError(call) ?? this.#answer(request, call)
    const trace = { 'x-debug-trace-id': traceIdOf(`trace ${call.index} ${call.text}`) }
    return { ...reply, headers: { ...commonHeaders, ...trace, ...reply.headers } }
  }

  #answer({ method, path }: { readonly method: string; readonly path: string }, call: Call): Reply {
    const known = this.#routes.flatMap((route) => {
      const parameter = matchPath(route.path, path)
      return parameter === undefined ? [] : [{ route, parameter }]
    })
    const found = known.find(({ route }) => route.method === method)
    if (found) return found.route.answer({ ...call, parameter: found.parameter })
    if (known.length === 0) return refusal(call, { status: 404, message: '404 page not found' })
    const allow = known.map(({ route }) => route.method).join(', ')
    return refusal(call, { status: 405, message: 'method not allowed' }, { allow })
  }
}

function scriptedError(call: Call): Reply | undefined {
  const { error } = call.script
  return error && refusal(call, error, errorHeaders(error))
}

// What every recorded answer of Cohere carries, but for the headers of its proxies.
const commonHeaders = {
  'access-control-expose-headers': 'X-Debug-Trace-ID',
  'cache-control': 'no-cache, no-store, no-transform, must-revalidate, private, max-age=0',
  expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  pragma: 'no-cache',
  vary: 'Origin',
  'x-accel-expires': '0',
}
