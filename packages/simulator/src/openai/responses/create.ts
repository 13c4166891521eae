import { isObject, type JsonObject } from '../../json.ts'
import { mapEvents } from '../../map-events.ts'
import type { Frame, Reply } from '../../route.ts'
import type { Counts } from '../dialect.ts'
import { padding } from '../padding.ts'
import type { Exchange } from '../exchange.ts'
import { createdAt, hexOf } from '../ids.ts'
import type { Model } from '../models.ts'
import { badRequest, isProblem, type Problem } from '../problem.ts'
import { cachedTokens, textTokens, toolTokens } from '../prompt-tokens.ts'
import { missingParameter, problemIn } from '../shape.ts'
import { scriptedCounts } from '../usage.ts'
import { ItemWriter } from './answer.ts'
import { itemsProblem, lengthProblem, responsesProblem } from './check.ts'
import { itemsOf, textOfContent, toolsIn } from './input.ts'
import { event, type ResponseEvent } from './item-events.ts'
import { responseJson, type ResponseParts } from './response.ts'
import { responsesShape } from './shape.ts'

/** A request in which nothing is wrong. */
interface ResponsesRequest {
  readonly json: JsonObject
  readonly model: Model
  readonly input: readonly JsonObject[]
  /** All items: those of the responses before it as well. */
  readonly conversation: readonly JsonObject[]
  /** About how many tokens that is. */
  readonly tokens: number
}

/** `POST /v1/responses` (https://platform.openai.com/docs/api-reference/responses/create). */
export function createResponse(exchange: Exchange): Reply {
  const request = readRequest(exchange)
  if (isProblem(request)) return exchange.refuse(request)
  const limited = exchange.count(request.tokens)
  if (limited) return exchange.refuse(limited)
  const answer = new ResponseAnswer(exchange, request)
  return request.json['stream'] === true ? answer.streamed() : answer.whole()
}

/** `POST /v1/responses/input_tokens`: how many tokens a request has. */
export function countInput(exchange: Exchange): Reply {
  const request = readRequest(exchange)
  if (isProblem(request)) return exchange.refuse(request)
  return exchange.json({ object: 'response.input_tokens', input_tokens: request.tokens })
}

function readRequest(exchange: Exchange): ResponsesRequest | Problem {
  const { call, dialect, store } = exchange
  const { json } = call
  const early = exchange.syntaxProblem() ?? (isObject(json) ? undefined : exchange.unreadable())
  if (early || !isObject(json)) return early ?? exchange.unreadable()
  const misformed = dialect.strict ? problemIn(json, responsesShape) : undefined
  if (misformed) return misformed
  if (typeof json['model'] !== 'string') return missingParameter('model')
  const model = dialect.model(json['model'], 'responses')
  if (isProblem(model)) return model
  const previous = json['previous_response_id']
  const stored = typeof previous === 'string' ? store.find(previous) : undefined
  if (typeof previous === 'string' && !stored) {
    const words = `Previous response with id '${previous}' not found.`
    return badRequest(words, 'previous_response_id', 'previous_response_not_found')
  }
  if (json['input'] === undefined && previous === undefined && json['prompt'] === undefined)
    return missingParameter('input')
  if (json['background'] === true && json['store'] === false) {
    return badRequest(
      "Invalid value: 'background' cannot be true when 'store' is false.",
      'background',
      'invalid_value',
    )
  }
  const written = itemsOf(json['input'])
  const input = written.map((item) =>
    item['type'] === 'item_reference' ? (store.item(String(item['id'])) ?? item) : item,
  )
  const output = stored?.response['output']
  const before = [...(stored?.conversation ?? []), ...itemsOf(output)]
  const conversation = [...before, ...input]
  const tokens = inputTokens(json, conversation)
  const wrong =
    dialect.check(json, 'responses') ??
    (dialect.strict
      ? (responsesProblem(json, { items: written, before, model, store }) ?? lengthProblem(model, tokens, json))
      : itemsProblem(input, before, store))
  return wrong ?? { json, model, input, conversation, tokens }
}

function inputTokens(json: JsonObject, items: readonly JsonObject[]): number {
  const instructions = typeof json['instructions'] === 'string' ? [json['instructions']] : []
  const texts = items.map((item) =>
    textOfContent(item['content'] ?? item['output'] ?? item['arguments'] ?? item['input']),
  )
  return textTokens([...instructions, ...texts]) + toolTokens(toolsIn(json))
}

class ResponseAnswer {
  readonly #exchange: Exchange
  readonly #request: ResponsesRequest
  readonly #writer: ItemWriter
  readonly #base: Pick<ResponseParts, 'id' | 'created' | 'model' | 'modelName'>
  #sequence = 0

  constructor(exchange: Exchange, request: ResponsesRequest) {
    const { call, dialect } = exchange
    this.#exchange = exchange
    this.#request = request
    this.#writer = new ItemWriter(exchange, request.json, request.conversation, request.model)
    this.#base = {
      id: `resp_${hexOf(`${call.index} ${call.text}`, 48)}`,
      created: createdAt(call.index),
      model: request.model,
      modelName: dialect.answeredModel(request.model),
    }
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
    for (const _ of this.#writer.events()) {
      // Only the items are wanted.
    }
    const ended = this.#ended()
    this.#keep(ended)
    const queued = this.#request.json['background'] === true
    // Recorded of answers that are not streamed.
    const whole = { ...ended, billing: { payer: 'developer' } }
    const body = queued
      ? this.#response({ status: 'queued', output: [], usage: null })
      : this.#exchange.dialect.responses.response(whole, this.#request.json)
    const { mapAnswer } = this.#exchange.call.script.openai ?? {}
    return this.#exchange.json(mapAnswer?.(body) ?? body, queued ? 0 : this.#writer.meter.total)
  }

  *#frames(): Generator<Frame> {
    const { responses: style } = this.#exchange.dialect
    if (style.comment !== '') yield { text: style.comment, tokens: 0 }
    const queued = this.#request.json['background'] === true
    const begun = this.#response({ status: queued ? 'queued' : 'in_progress', output: [], usage: null })
    yield this.#frame(event('response.created', { response: begun }))
    if (queued) yield this.#frame(event('response.queued', { response: begun }))
    const running = this.#response({ status: 'in_progress', output: [], usage: null })
    this.#keep(running)
    yield this.#frame(event('response.in_progress', { response: running }))
    for (const one of this.#writer.events()) yield one.type === '' ? { text: '', tokens: one.tokens } : this.#frame(one)
    const { error } = this.#exchange.call.script.openai ?? {}
    const ended = this.#ended()
    this.#keep(ended)
    if (error) {
      const { message, type = 'server_error', code = 'server_error', param = null } = error
      // Recorded: the error is an object of its own, although the reference has its fields at the top.
      yield this.#frame(event('error', { error: { type, code, message, param } }))
    }
    yield this.#frame(event(`response.${String(ended['status'])}`, { response: ended }))
    if (style.done) yield { text: 'data: [DONE]\n\n', tokens: 0 }
  }

  #frame({ type, fields, tokens }: ResponseEvent): Frame {
    const { responses: style } = this.#exchange.dialect
    const { delta } = fields
    const padded = style.pads && typeof delta === 'string' && paddedTypes.has(type) && this.#obfuscates
    // Written out, since most of a stream are deltas, and a copy of the fields would take longer than to write them.
    const written = JSON.stringify(fields).slice(1, -1)
    const obfuscation = padded ? `,"obfuscation":"${padding({ piece: delta })}"` : ''
    const data = `{"type":"${type}","sequence_number":${this.#sequence++},${written}${obfuscation}}`
    const name = style.named ? `event: ${type}\n` : ''
    return { text: `${name}data: ${data}\n\n`, tokens }
  }

  get #obfuscates(): boolean {
    const { stream_options: options } = this.#request.json
    return !(isObject(options) && options['include_obfuscation'] === false)
  }

  #ended(): JsonObject {
    const { meter, turn, output } = this.#writer
    const { openai } = this.#exchange.call.script
    const usage = this.#usage()
    if (openai?.error) {
      const { message, code = 'server_error' } = openai.error
      return this.#response({ status: 'failed', output, usage: null, error: { code: String(code), message } })
    }
    const reason =
      meter.cut || turn.finish === 'length'
        ? 'max_output_tokens'
        : turn.finish === 'content_filter'
          ? 'content_filter'
          : undefined
    return reason === undefined
      ? this.#response({ status: 'completed', output, usage })
      : this.#response({ status: 'incomplete', output, usage, incomplete: reason })
  }

  #response(state: Omit<ResponseParts, 'id' | 'created' | 'model' | 'modelName'>): JsonObject {
    const value = responseJson(this.#request.json, { ...this.#base, ...state })
    return this.#exchange.dialect.responses.response(value, this.#request.json)
  }

  #usage(): JsonObject {
    const { script } = this.#exchange.call
    if (script.openai?.usage) return script.openai.usage
    const { meter } = this.#writer
    const { tokens, conversation } = this.#request
    const counts: Counts = {
      prompt: tokens,
      cached: cachedTokens(inputTokens(this.#request.json, conversation.slice(0, -1))),
      completion: meter.total,
      reasoning: meter.reasoning,
    }
    return this.#exchange.dialect.responses.usage(scriptedCounts(counts, script.usage))
  }

  #keep(response: JsonObject): void {
    const { store } = this.#exchange
    const { json, input, conversation } = this.#request
    store.remember(itemsOf(response['output']))
    if (json['store'] === false) return
    const kept = input.map((item, at) =>
      Object.assign(
        { id: `${item['type'] === 'message' ? 'msg' : 'item'}_${hexOf(`${this.#base.id} ${at}`, 48)}` },
        item,
      ),
    )
    store.keep(this.#base.id, { response, input: kept, conversation })
  }
}

// Recorded: refusals are not padded.
const paddedTypes = new Set([
  'response.output_text.delta',
  'response.function_call_arguments.delta',
  'response.custom_tool_call_input.delta',
  'response.reasoning_summary_text.delta',
  'response.reasoning_text.delta',
])
