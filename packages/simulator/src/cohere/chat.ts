import { uuidOf } from '../fingerprint.ts'
import type { Call, Frame, Reply } from '../route.ts'
import { answerJson } from './chat-answer.ts'
import { citationEnd, done, eventOf, messageEnd, messageStart } from './events.ts'
import { badRequest, refusal } from './errors.ts'
import { mapEvents } from '../map-events.ts'
import { Meter } from './meter.ts'
import type { Model, Models } from './models.ts'
import { play } from './play.ts'
import type { Script, ScriptedUsage } from '../script.ts'
import type { CohereScript } from './script.ts'
import { decideTurn, type Turn } from './turn.ts'
import { promptChars, toldUsage, usageOf } from './usage.ts'
import { checkRequest, isChatRequest, shapeProblem } from './validate.ts'
import type { ChatRequest, FinishReason, Usage } from './wire.ts'

/** `POST /v2/chat` (https://docs.cohere.com/reference/chat). */
export function chat(call: Call, models: Models): Reply {
  const request = call.json
  const problem = shapeProblem(call)
  if (problem) return refusal(call, problem)
  if (!isChatRequest(request)) return refusal(call, badRequest('a model parameter is required for this endpoint.'))
  const model = models.find(request.model, 'chat')
  if ('status' in model) return refusal(call, model)
  const wrong = checkRequest(request, model)
  if (wrong) return refusal(call, wrong)

  const answer = new ChatAnswer(request, model, decideTurn(request, model, call.script), call.script)
  const id = uuidOf(`${call.index} ${call.text}`)
  return request.stream ? answer.streamed(id) : answer.whole(id)
}

class ChatAnswer {
  readonly #request: ChatRequest
  readonly #model: Model
  readonly #turn: Turn
  readonly #script: CohereScript
  readonly #told: ScriptedUsage | undefined

  constructor(request: ChatRequest, model: Model, turn: Turn, { cohere = {}, usage }: Script) {
    this.#request = request
    this.#model = model
    this.#turn = turn
    this.#script = cohere
    this.#told = usage
  }

  streamed(id: string): Reply {
    const { mapEvent } = this.#script
    const frames = this.#frames(id)
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream', ...this.#warning() },
      streamed: true,
      frames: mapEvent ? mapEvents(frames, mapEvent) : frames,
    }
  }

  whole(id: string): Reply {
    const meter = this.#meter()
    const { message, logprobs } = answerJson(play(this.#turn, meter))
    const { finishReason, usage } = this.#ending(meter)
    const body = { id, message, finish_reason: finishReason, ...(this.#turn.logprobs && { logprobs }), usage }
    const billed = (usage.billed_units?.input_tokens ?? 0) + (usage.billed_units?.output_tokens ?? 0)
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        num_chars: String(promptChars(this.#request)),
        num_tokens: String(billed),
        ...this.#warning(),
      },
      streamed: false,
      frames: [{ text: JSON.stringify(this.#script.mapAnswer?.(body) ?? body), tokens: meter.total }],
    }
  }

  *#frames(id: string): Generator<Frame> {
    yield messageStart(id)
    const meter = this.#meter()
    for (const step of play(this.#turn, meter)) {
      yield eventOf(step)
      if (step.kind === 'citation') yield citationEnd(step.index)
    }
    const { finishReason, usage } = this.#ending(meter)
    const { error, errorType } = this.#script
    yield messageEnd({
      finish_reason: finishReason,
      usage,
      ...(error !== undefined && { error }),
      ...(errorType !== undefined && { error_type: errorType }),
    })
    yield done
  }

  #meter(): Meter {
    return new Meter(this.#turn.maxTokens, this.#turn.lastToken)
  }

  #ending(meter: Meter): { finishReason: FinishReason; usage: Usage } {
    const finishReason = meter.cut ? 'MAX_TOKENS' : this.#turn.finishReason
    // Recorded: a failure reports no usage.
    const counted = finishReason === 'ERROR' ? {} : usageOf(meter, this.#request, this.#model)
    return { finishReason, usage: this.#script.usage ?? toldUsage(counted, this.#told) }
  }

  #warning(): Record<string, string> {
    return this.#model.warning === undefined ? {} : { 'x-api-warning': this.#model.warning }
  }
}
