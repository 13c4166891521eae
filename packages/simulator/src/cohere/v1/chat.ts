import { uuidOf } from '../../fingerprint.ts'
import type { JsonObject } from '../../json.ts'
import type { Call, Frame, Reply } from '../../route.ts'
import { jsonReply } from '../body.ts'
import { refusal } from '../errors.ts'
import { mapEvents } from '../../map-events.ts'
import { Meter } from '../meter.ts'
import type { Model, Models } from '../models.ts'
import { play, type Step } from '../play.ts'
import { decideTurn, type Turn } from '../turn.ts'
import { promptChars, toldUsage, usageOf } from '../usage.ts'
import { checkRequest } from '../validate.ts'
import type { FinishReason, Usage } from '../wire.ts'
import { readV1Request, type V1Request } from './request.ts'
import { nothingSaid, v1Call, v1Citation, v1Documents, v1FinishReason, v1Response, type V1Said } from './response.ts'

/** `POST /v1/chat` (https://docs.cohere.com/v1/reference/chat): what v2 would say, in the words of v1. */
export function chatV1(call: Call, models: Models): Reply {
  const request = readV1Request(call)
  if ('status' in request) return refusal(call, request)
  const { chat } = request
  const model = models.find(chat.model, 'chat')
  if ('status' in model) return refusal(call, model)
  const wrong = checkRequest(chat, model)
  if (wrong) return refusal(call, wrong)
  const answer = new V1Answer(call, request, model, decideTurn(chat, model, call.script))
  return chat.stream ? answer.streamed() : answer.whole()
}

class V1Answer {
  readonly #call: Call
  readonly #request: V1Request
  readonly #model: Model
  readonly #turn: Turn
  readonly #meter: Meter
  readonly #warnings: readonly string[]
  readonly #generationId: string

  constructor(call: Call, request: V1Request, model: Model, turn: Turn) {
    this.#call = call
    this.#request = request
    this.#model = model
    this.#turn = turn
    this.#meter = new Meter(turn.maxTokens, turn.lastToken)
    this.#warnings = [...(model.warning === undefined ? [] : [model.warning]), ...request.warnings]
    this.#generationId = uuidOf(`generation ${call.index} ${call.text}`)
  }

  whole(): Reply {
    const said = nothingSaid()
    for (const step of this.#steps()) note(said, step)
    const body = this.#response(said)
    const usage = this.#usage()
    const billed = (usage.billed_units?.input_tokens ?? 0) + (usage.billed_units?.output_tokens ?? 0)
    const headers = { num_chars: String(promptChars(this.#request.chat)), num_tokens: String(billed) }
    return jsonReply(this.#call.script.cohere?.mapAnswer?.(body) ?? body, this.#warnings, headers)
  }

  streamed(): Reply {
    // The name of the header is the vendor's.
    const named = this.#call.headers.get('accepts')?.includes('text/event-stream') ?? false
    const frames = this.#frames(named)
    const map = this.#call.script.cohere?.mapEvent
    return {
      status: 200,
      headers: {
        'content-type': named ? 'text/event-stream' : 'application/stream+json',
        ...(this.#warnings.length > 0 && { 'x-api-warning': this.#warnings.join('; ') }),
      },
      streamed: true,
      frames: map ? mapEvents(frames, map) : frames,
    }
  }

  *#frames(named: boolean): Generator<Frame> {
    const write = (type: string, fields: JsonObject, tokens = 0): Frame => {
      const data = JSON.stringify({ is_finished: type === 'stream-end', event_type: type, ...fields })
      return { text: named ? `event: ${type}\ndata: ${data}\n\n` : `${data}\n`, tokens }
    }
    yield write('stream-start', { generation_id: this.#generationId })
    if (this.#searches) yield write('search-queries-generation', { search_queries: this.#searchQueries() })
    const documents = v1Documents(this.#request)
    if (documents.length > 0 && !this.#searches) yield write('search-results', { documents })
    const said = nothingSaid()
    for (const step of this.#steps()) {
      note(said, step)
      const fields = chunkOf(step)
      if (fields) yield write(...fields)
    }
    if (said.calls.length > 0) {
      yield write('tool-calls-generation', {
        ...(said.plan !== '' && { text: said.plan }),
        tool_calls: said.calls.map(v1Call),
      })
    }
    yield write('stream-end', { response: this.#response(said), finish_reason: v1FinishReason(this.#finishReason) })
  }

  /** Who asks for search queries only is told nothing else. */
  #steps(): Iterable<Step> {
    return this.#searches ? [] : play(this.#turn, this.#meter)
  }

  #response(said: V1Said): JsonObject {
    const id = uuidOf(`${this.#call.index} ${this.#call.text}`)
    const ending = {
      id,
      generationId: this.#generationId,
      finishReason: this.#finishReason,
      usage: this.#usage(),
      warnings: this.#warnings,
    }
    const searches = this.#searches ? { is_search_required: true, search_queries: this.#searchQueries() } : {}
    return { ...v1Response(this.#request, said, ending), ...searches }
  }

  get #finishReason(): FinishReason {
    return this.#meter.cut ? 'MAX_TOKENS' : this.#turn.finishReason
  }

  get #searches(): boolean {
    return this.#request.json['search_queries_only'] === true
  }

  #searchQueries(): JsonObject[] {
    return [{ text: this.#request.json['message'], generation_id: this.#generationId }]
  }

  #usage(): Usage {
    const { cohere, usage } = this.#call.script
    return cohere?.usage ?? toldUsage(usageOf(this.#meter, this.#request.chat, this.#model), usage)
  }
}

/** Adds a step to what was said. v1 has no place for thinking. */
function note(said: V1Said, step: Step): void {
  if (step.kind === 'block' && step.type === 'text') said.text += step.piece
  else if (step.kind === 'plan') said.plan += step.piece
  else if (step.kind === 'citation') said.citations.push(step.citation)
  else if (step.kind === 'call start') said.calls.push({ name: step.call.name, arguments: '' })
  else if (step.kind === 'call') {
    const call = said.calls.at(-1)
    if (call) call.arguments += step.piece
  }
}

function chunkOf(step: Step): [type: string, fields: JsonObject, tokens: number] | undefined {
  switch (step.kind) {
    case 'block':
      return step.type === 'text' ? ['text-generation', { text: step.piece }, 1] : undefined
    case 'plan':
      return ['tool-calls-chunk', { text: step.piece }, 1]
    case 'call start':
      return ['tool-calls-chunk', { tool_call_delta: { index: step.index, name: step.call.name } }, 0]
    case 'call':
      return ['tool-calls-chunk', { tool_call_delta: { index: step.index, parameters: step.piece } }, 1]
    case 'citation':
      return ['citation-generation', { citations: [v1Citation(step.citation)] }, 0]
    default:
      return undefined
  }
}
