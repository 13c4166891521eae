import { type BaseCallResponse, withoutUndefined } from '@interlingua/core'
import { answerHeaders } from './answer-headers.ts'
import { chatModel, passes } from './chat-model.ts'
import type { ChatFront } from './front/chat-front.ts'
import type { ChatRequest, NeutralOptions } from './front/chat-request.ts'
import { type GatewayCall, outcomeOf } from './gateway-call.ts'
import { isJsonObject, type JsonObject } from './json-object.ts'
import type { Route } from './routes.ts'
import { StreamedAnswer } from './streamed-answer.ts'

/** A chat that is to be answered. */
export interface ChatExchange {
  readonly front: ChatFront
  readonly request: ChatRequest
  readonly route: Route
  readonly call: GatewayCall
}

/** Answers a chat, streamed or not. Throws where there is no answer: who calls this tells why. */
export async function answerChat(exchange: ChatExchange): Promise<Response> {
  const { front, request, route, call } = exchange
  const { signal } = call
  const options: NeutralOptions = withoutUndefined({ signal, timeout: route.timeout, retry: route.retry })
  if (request.stream) {
    const stream = chatModel(route, request, front).stream([...request.messages], options)
    return new StreamedAnswer(exchange, stream).response()
  }
  let handOffs = 0
  const model = chatModel(route, request, front, () => {
    handOffs += 1
  })
  const response = await model.call([...request.messages], options)
  const target = route.targets[handOffs] ?? route.targets[0]
  const body = passes(target, request)
    ? passedAnswer(response)
    : front.encodeResponse(response, request, { id: call.id, startedAt: call.startedAt, provider: response.provider })
  call.end(outcomeOf(response))
  return Response.json(body, { headers: answerHeaders(call, response) })
}

/** An answer as it came. Only what it cannot know is added: what failed before it. */
function passedAnswer({ raw, warnings }: BaseCallResponse): JsonObject {
  const body = isJsonObject(raw) ? raw : {}
  const failed = warnings.filter(({ code }) => code === 'failed_attempt')
  return failed.length > 0 ? { ...body, interlingua: { warnings: failed } } : body
}
