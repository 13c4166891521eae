import { uuidOf } from '../fingerprint.ts'
import type { Call, Frame, Reply } from '../route.ts'
import type { Script } from '../script.ts'
import { contentDelta, contentEnd, contentStart, done, messageEnd, messageStart, type BlockType } from './events.ts'
import { refusal, type Problem } from './errors.ts'
import { findModel, type Model } from './models.ts'
import { decideTurn, type Turn } from './turn.ts'
import { Meter, promptChars } from './usage.ts'
import { checkRequest, isChatRequest, shapeProblem } from './validate.ts'
import type { ChatRequest, FinishReason, Usage } from './wire.ts'

/** `POST /v2/chat` (https://docs.cohere.com/reference/chat). */
export function chat(call: Call): Reply {
  const problem = authProblem(call.headers) ?? shapeProblem(call)
  if (problem) return refusal(call, problem.status, problem.message)
  const request = call.json
  if (!isChatRequest(request)) return refusal(call, 400, 'a model parameter is required for this endpoint.')
  const model = findModel(request.model)
  if ('status' in model) return refusal(call, model.status, model.message)
  const wrong = checkRequest(request, model)
  if (wrong) return refusal(call, wrong.status, wrong.message)

  const turn = decideTurn(request, model, call.script)
  const id = uuidOf(`${call.index} ${call.text}`)
  return request.stream ? streamed(id, turn, request, model, call.script) : whole(id, turn, request, model)
}

/** Any bearer token will do, but for the word `invalid`, which is there to see a refusal. */
function authProblem(headers: Headers): Problem | undefined {
  const token = headers
    .get('authorization')
    ?.replace(/^bearer\s*/i, '')
    .trim()
  if (!token) return { status: 401, message: 'no api key supplied' }
  return token === 'invalid' ? { status: 401, message: 'invalid api token' } : undefined
}

function streamed(id: string, turn: Turn, request: ChatRequest, model: Model, script: Script): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    streamed: true,
    frames: frames(id, turn, request, model, script),
  }
}

function* frames(id: string, turn: Turn, request: ChatRequest, model: Model, script: Script): Generator<Frame> {
  yield messageStart(id)
  const meter = new Meter(turn.maxTokens)
  let index = 0
  for (const { type, pieces } of turn.blocks) {
    if (!meter.opens()) break
    yield contentStart(index, type)
    for (const piece of meter.pieces(type, pieces)) yield contentDelta(index, type, piece)
    yield contentEnd(index)
    index += 1
  }
  const { finishReason, usage } = ending(meter, turn, request, model)
  const { error, errorType } = script.cohere ?? {}
  yield messageEnd({
    finish_reason: finishReason,
    usage,
    ...(error !== undefined && { error }),
    ...(errorType !== undefined && { error_type: errorType }),
  })
  yield done
}

function whole(id: string, turn: Turn, request: ChatRequest, model: Model): Reply {
  const meter = new Meter(turn.maxTokens)
  const content: ({ type: BlockType } & Partial<Record<BlockType, string>>)[] = []
  for (const { type, pieces } of turn.blocks) {
    if (!meter.opens()) break
    content.push({ type, [type]: [...meter.pieces(type, pieces)].join('') })
  }
  const { finishReason, usage } = ending(meter, turn, request, model)
  const text = JSON.stringify({ id, message: { role: 'assistant', content }, finish_reason: finishReason, usage })
  const billed = (usage.billed_units?.input_tokens ?? 0) + (usage.billed_units?.output_tokens ?? 0)
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      num_chars: String(promptChars(request)),
      num_tokens: String(billed),
    },
    streamed: false,
    frames: [{ text, tokens: meter.total }],
  }
}

function ending(
  meter: Meter,
  turn: Turn,
  request: ChatRequest,
  model: Model,
): { finishReason: FinishReason; usage: Usage } {
  const finishReason = meter.cut ? 'MAX_TOKENS' : turn.finishReason
  // Recorded: a failure reports no usage.
  return { finishReason, usage: finishReason === 'ERROR' ? {} : meter.usage(request, model) }
}
