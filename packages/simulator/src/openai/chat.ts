import { isObject, type JsonObject } from '../json.ts'
import type { Frame, Reply } from '../route.ts'
import { mapEvents } from '../map-events.ts'
import { callJson, chatTurn } from './chat-answer.ts'
import { chatProblem, chatShapeProblem, isChatRequest, toolMessageProblem } from './chat-check.ts'
import { ChatStream, type StreamedChoice } from './chat-stream.ts'
import type { ChatContext, Counts, WholeChoice } from './dialect.ts'
import type { Exchange } from './exchange.ts'
import { createdAt, lettersOf } from './ids.ts'
import { logprobOf } from './logprobs.ts'
import { Meter } from './meter.ts'
import type { Model } from './models.ts'
import { isProblem } from './problem.ts'
import { cachedTokens, chatTokens } from './prompt-tokens.ts'
import { play, type Turn } from './turn.ts'
import { scriptedCounts } from './usage.ts'
import type { ChatRequest } from './wire.ts'

/** `POST /v1/chat/completions` (https://platform.openai.com/docs/api-reference/chat/create). */
export function chat(exchange: Exchange): Reply {
  const { call, dialect } = exchange
  const request = call.json
  const early = exchange.syntaxProblem() ?? chatShapeProblem(request, dialect.strict)
  if (early) return exchange.refuse(early)
  if (!isChatRequest(request) || !isObject(call.json)) return exchange.refuse(exchange.unreadable())
  const model = dialect.model(request.model, 'chat')
  if (isProblem(model)) return exchange.refuse(model)
  const wrong =
    dialect.check(call.json, 'chat') ??
    (dialect.strict ? chatProblem(request, model) : toolMessageProblem(request.messages))
  if (wrong) return exchange.refuse(wrong)
  const limited = exchange.count(chatTokens(request))
  if (limited) return exchange.refuse(limited)
  const answer = new ChatAnswer(exchange, request, call.json, model)
  return request.stream ? answer.streamed() : answer.whole()
}

class ChatAnswer {
  readonly #exchange: Exchange
  readonly #request: ChatRequest
  readonly #context: ChatContext
  readonly #turns: readonly Turn[]
  readonly #meters: readonly Meter[]

  constructor(exchange: Exchange, request: ChatRequest, json: JsonObject, model: Model) {
    const { call, dialect } = exchange
    // A script whose thinking is empty has none.
    const thinks = dialect.thinks(model, json) && call.script.thinking !== ''
    this.#exchange = exchange
    this.#request = request
    this.#context = {
      id: `chatcmpl-${lettersOf(`${call.index} ${call.text}`, 29)}`,
      created: createdAt(call.index),
      model,
      modelName: dialect.answeredModel(model),
      request: json,
      thinks,
      wantsUsage: request.stream_options?.include_usage === true,
    }
    const options = { dialect, model, thinks, script: call.script }
    this.#turns = Array.from({ length: Math.min(request.n ?? 1, dialect.chat.mostChoices) }, (_, choice) =>
      chatTurn(request, { ...options, choice }),
    )
    this.#meters = this.#turns.map(
      ({ maxTokens, lastToken }) => new Meter(maxTokens, lastToken, dialect.limitsReasoning),
    )
  }

  streamed(): Reply {
    const { dialect, call } = this.#exchange
    const { mapEvent } = call.script.openai ?? {}
    const frames = this.#frames()
    return this.#exchange.reply({
      headers: { 'content-type': dialect.streamType },
      streamed: true,
      frames: mapEvent ? mapEvents(frames, mapEvent) : frames,
    })
  }

  whole(): Reply {
    const { dialect, call } = this.#exchange
    const { error, mapAnswer } = call.script.openai ?? {}
    const choices = this.#choices().map(({ turn, meter, logprobs }, index) => wholeChoice(turn, meter, index, logprobs))
    if (error)
      return this.#exchange.refuse({ status: 500, type: 'server_error', ...error, code: String(error.code ?? '') })
    const written = choices.map((choice) => dialect.chat.wholeChoice(choice, this.#context))
    const calls = choices.reduce((sum, choice) => sum + choice.calls.length, 0)
    const body = dialect.chat.whole(written, this.#usage(), this.#context, calls)
    const tokens = this.#meters.reduce((sum, { total }) => sum + total, 0)
    return this.#exchange.json(mapAnswer?.(body) ?? body, tokens)
  }

  *#frames(): Generator<Frame> {
    const { dialect, call } = this.#exchange
    const { comment, done } = dialect.chat
    if (comment !== '') yield { text: comment, tokens: 0 }
    const opening = dialect.chat.opening?.(this.#context)
    if (opening) yield { text: `data: ${JSON.stringify(opening)}\n\n`, tokens: 0 }
    const stream = new ChatStream(dialect.chat, this.#context, () => this.#usage())
    const { error } = call.script.openai ?? {}
    for (const frame of stream.frames(this.#choices())) {
      if (error && /"finish_reason":"/.test(String(frame.text))) {
        // After a failure nothing follows, not even [DONE].
        yield { text: `data: ${JSON.stringify(streamError(error))}\n\n`, tokens: 0 }
        return
      }
      yield frame
    }
    if (done) yield { text: 'data: [DONE]\n\n', tokens: 0 }
  }

  #choices(): StreamedChoice[] {
    const { logprobs, top_logprobs: most } = this.#request
    const { openai } = this.#exchange.call.script
    const { chat: style } = this.#exchange.dialect
    return this.#turns.map((turn, at) => ({
      turn,
      meter: this.#meters[at] ?? new Meter(Infinity, Infinity, true),
      logprobs: logprobs
        ? (kind, piece, index) => {
            const scripted = kind === 'text' ? openai?.logprobs?.[index] : undefined
            return style.logprobs(kind, [scripted ? { ...scripted } : logprobOf(piece, most ?? 0)])
          }
        : undefined,
    }))
  }

  #usage(): JsonObject {
    const { script } = this.#exchange.call
    if (script.openai?.usage) return script.openai.usage
    const prompt = chatTokens(this.#request)
    // What came before the last message was read before.
    const before = chatTokens({ ...this.#request, messages: this.#request.messages.slice(0, -1) })
    const counts: Counts = {
      prompt,
      cached: cachedTokens(before),
      completion: this.#meters.reduce((sum, { total }) => sum + total, 0),
      reasoning: this.#meters.reduce((sum, { reasoning }) => sum + reasoning, 0),
    }
    return this.#exchange.dialect.chat.usage(scriptedCounts(counts, script.usage), this.#context)
  }
}

function wholeChoice(turn: Turn, meter: Meter, index: number, logprobs: StreamedChoice['logprobs']): WholeChoice {
  const said = { reasoning: '', text: turn.text ? '' : undefined, refusal: turn.refusal ? '' : undefined }
  const calls: { id: string; name: string; custom: boolean; text: string }[] = []
  const tokens: Record<string, unknown[]> = {}
  let count = 0
  for (const step of play(turn, meter)) {
    if (step.kind === 'call start') calls.push({ ...step.call, text: '' })
    else if (step.kind === 'call') (calls[step.index] ?? { text: '' }).text += step.piece
    else if (step.kind !== 'call end') {
      said[step.kind] = (said[step.kind] ?? '') + step.piece
      const known = logprobs?.(step.kind, step.piece, step.kind === 'text' ? count++ : 0) ?? {}
      for (const [field, list] of Object.entries(known)) if (Array.isArray(list)) (tokens[field] ??= []).push(...list)
    }
  }
  return {
    index,
    ...said,
    calls: calls.map(({ id, name, text, custom }) => callJson(id, name, text, custom)),
    annotations: turn.annotations,
    finish: meter.cut ? 'length' : turn.finish,
    logprobs: logprobs ? { content: null, refusal: null, ...tokens } : null,
  }
}

// Recorded of a failure inside of a stream: an error where a chunk was expected.
function streamError({
  message,
  type = 'server_error',
  code,
  param,
}: {
  message: string
  type?: string
  code?: string | number
  param?: string
}): JsonObject {
  return { error: { message, type, param: param ?? null, code: code ?? null } }
}
