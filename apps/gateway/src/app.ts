import { isInterlinguaError } from '@interlingua/core'
import { Hono } from 'hono'
import { type Caller, keyIn, mayUse } from './caller-key.ts'
import { answerChat } from './chat-exchange.ts'
import { answerHeaders } from './answer-headers.ts'
import { type Failure, failureOf } from './failure.ts'
import type { ChatFront } from './front/chat-front.ts'
import { cohereChat } from './front/cohere-chat/front.ts'
import { encodeError as encodeCohereError } from './front/cohere-chat/error.ts'
import { openaiChat } from './front/openai-chat/front.ts'
import { encodeError as encodeOpenAIError } from './front/openai-chat/error.ts'
import { openaiResponses } from './front/openai-responses/front.ts'
import type { EndpointName } from './front/protocol.ts'
import type { PlainFront } from './front/plain-front.ts'
import { cohereEmbed } from './front/cohere-embed/front.ts'
import { cohereRerank } from './front/cohere-rerank/front.ts'
import { openaiEmbeddings } from './front/openai-embeddings/front.ts'
import { failedOutcome, GatewayCall } from './gateway-call.ts'
import type { JsonObject } from './json-object.ts'
import { listModels } from './list-models.ts'
import { readBody } from './read-body.ts'
import { Refusal } from './refusal.ts'
import type { Route } from './routes.ts'
import type { Services } from './services.ts'

/** The endpoints of the gateway. */
export function createApp(services: Services): Hono {
  const app = new Hono()
  const chats: [string, ChatFront][] = [
    ['/v1/chat/completions', openaiChat],
    ['/v1/responses', openaiResponses],
    ['/v2/chat', cohereChat],
  ]
  for (const [path, front] of chats) app.post(path, ({ req }) => chat(services, front, req.raw))
  const others: [string, PlainFront][] = [
    ['/v1/embeddings', openaiEmbeddings],
    ['/v2/embed', cohereEmbed],
    ['/v2/rerank', cohereRerank],
  ]
  for (const [path, front] of others) app.post(path, ({ req }) => plain(services, front, req.raw))
  app.get('/v1/models', ({ req }) => {
    try {
      return Response.json(listModels(services.routes, callerOf(services, req.raw.headers)))
    } catch (error) {
      return failed(failureOf(error), encodeOpenAIError)
    }
  })
  app.get('/health', () => {
    const { draining, count } = services.running
    return Response.json({ status: draining ? 'draining' : 'ok', in_flight: count }, { status: draining ? 503 : 200 })
  })
  app.get('/metrics', ({ req }) => {
    try {
      callerOf(services, req.raw.headers)
    } catch (error) {
      return failed(failureOf(error), encodeOpenAIError)
    }
    return new Response(services.metrics.toString(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    })
  })
  app.notFound(({ req }) => {
    const message = `Unknown request URL: ${req.method} ${req.path}.`
    const encodeError = req.path.startsWith('/v2/') ? encodeCohereError : encodeOpenAIError
    return failed(failureOf(new Refusal(message, { status: 404, code: 'not_found' })), encodeError)
  })
  return app
}

type EncodeError = (failure: Failure) => JsonObject

async function chat(services: Services, front: ChatFront, raw: Request): Promise<Response> {
  return attend(services, { endpoint: front.protocol, encodeError: front.encodeError }, raw, async (call, body) => {
    const request = front.decodeRequest(body)
    call.stream = request.stream
    const route = enter(services, call, request.model)
    return answerChat({ front, request, route, call })
  })
}

async function plain(services: Services, front: PlainFront, raw: Request): Promise<Response> {
  return attend(services, front, raw, async (call, body) => {
    const { model } = body
    const route = enter(services, call, typeof model === 'string' ? model : '')
    const { body: answer, outcome } = await front.answer(body, route, call)
    call.end({ ...outcome, status: 200 })
    return Response.json(answer, { headers: answerHeaders(call, outcome) })
  })
}

/** Lets a request in, and tells of its failure in the words of its protocol. */
async function attend(
  services: Services,
  front: { readonly endpoint: EndpointName; readonly encodeError: EncodeError },
  raw: Request,
  answer: (call: GatewayCall, body: JsonObject) => Promise<Response>,
): Promise<Response> {
  let call: GatewayCall | undefined
  try {
    const caller = callerOf(services, raw.headers)
    call = new GatewayCall(services, front.endpoint, caller, raw)
    return await answer(call, await readBody(raw, services.maxBodyBytes))
  } catch (error) {
    const failure = failureOf(error)
    logForOperator(services, failure, error, call)
    call?.end(failedOutcome(failure, error, call.clientLeft))
    return failed(failure, front.encodeError, call)
  }
}

/** What the caller is not told, and who runs the gateway has to know. */
function logForOperator({ logger }: Services, { code, status }: Failure, error: unknown, call?: GatewayCall): void {
  const said = error instanceof Error ? error : new Error(String(error))
  if (code === 'authentication' && status >= 500) logger.error('upstream', { id: call?.id, message: said.message })
  if (status === 500 && !isInterlinguaError(error)) logger.error('internal', { id: call?.id, stack: said.stack })
}

function callerOf({ keys }: Services, headers: Headers): Caller {
  const key = keyIn(headers)
  const caller = key === undefined ? undefined : keys.find(key)
  if (caller) return caller
  const message =
    key === undefined
      ? 'no api key supplied: send one as `authorization: Bearer <key>`.'
      : 'invalid api token: this gateway does not know the key.'
  throw new Refusal(message, { status: 401, code: 'authentication' })
}

/** Finds where a model's name leads, for one who may use it, within the limits. */
function enter({ routes }: Services, call: GatewayCall, name: string): Route {
  call.model = name
  const { caller } = call
  if (name === '') throw new Refusal('a model is required.', { status: 400, code: 'invalid_request', param: 'model' })
  if (!mayUse(caller, name)) {
    const message = `The key \`${caller.name}\` may not use the model \`${name}\`.`
    throw new Refusal(message, { status: 403, code: 'permission', param: 'model' })
  }
  const route = routes.find(name)
  if (!route) {
    const { aliases, providers } = routes.names
    const known = [...aliases, ...providers.map((each) => `${each}/…`)].join(', ')
    const message = `The model \`${name}\` does not exist. There are: ${known}.`
    throw new Refusal(message, { status: 404, code: 'not_found', param: 'model' })
  }
  call.enterLimits()
  return route
}

function failed(failure: Failure, encodeError: EncodeError, call?: GatewayCall): Response {
  const { status, retryAfterMs, retryable } = failure
  return Response.json(encodeError(failure), {
    status,
    headers: {
      ...(call && answerHeaders(call)),
      ...(retryAfterMs !== undefined && {
        'retry-after': String(Math.ceil(retryAfterMs / 1_000)),
        'retry-after-ms': String(Math.ceil(retryAfterMs)),
      }),
      // The gateway has tried as often as it should.
      ...(!retryable && status >= 429 && { 'x-should-retry': 'false' }),
    },
  })
}
