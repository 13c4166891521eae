import { isObject, stringsIn, textOfJson, type JsonObject } from '../../json.ts'
import type { Exchange } from '../exchange.ts'
import { hexOf, lettersOf } from '../ids.ts'
import { logprobOf } from '../logprobs.ts'
import { Meter } from '../meter.ts'
import type { Model } from '../models.ts'
import { decideTurn, play, type AnsweredCall, type Step, type Turn } from '../turn.ts'
import { questionOf, toolsIn } from './input.ts'
import { event, itemEvents, summaryEvents, type ResponseEvent } from './item-events.ts'

/** Makes the items of a response, and the events that tell of them. */
export class ItemWriter {
  /** The items so far, complete ones. */
  readonly output: JsonObject[] = []
  readonly meter: Meter
  readonly turn: Turn
  readonly #exchange: Exchange
  readonly #request: JsonObject
  readonly #model: Model
  readonly #thinks: boolean

  constructor(exchange: Exchange, request: JsonObject, items: readonly JsonObject[], model: Model) {
    const { call, dialect } = exchange
    this.#exchange = exchange
    this.#request = request
    this.#model = model
    // A script whose thinking is empty has none.
    this.#thinks = dialect.thinks(model, request) && call.script.thinking !== ''
    const most = request['max_output_tokens']
    this.turn = decideTurn({
      question: questionOf(request, items),
      citesFiles: true,
      script: call.script,
      choice: 0,
      thinks: this.#thinks,
      stops: [],
      maxTokens: Math.min(typeof most === 'number' ? most : Infinity, model.maxOutput),
      single: request['parallel_tool_calls'] === false,
      custom: new Set(
        toolsIn(request).flatMap((tool) => (tool['type'] === 'custom' ? [textOfJson(tool['name'])] : [])),
      ),
      callId: (text) => dialect.callId(text),
    })
    this.meter = new Meter(this.turn.maxTokens, this.turn.lastToken, dialect.limitsReasoning)
  }

  /**
   * Makes the items one after another.
   * @yields The events between `response.in_progress` and the last one.
   */
  *events(): Generator<ResponseEvent, void, undefined> {
    const steps = play(this.turn, this.meter)
    let step = steps.next()
    if (this.#thinks) {
      const pieces: string[] = []
      while (!step.done && step.value.kind === 'reasoning') {
        pieces.push(step.value.piece)
        step = steps.next()
      }
      yield* this.#reasoning(pieces)
    }
    for (const item of this.#exchange.call.script.openai?.items ?? []) {
      const whole = { id: this.#id(textOfJson(item['type'])), ...item }
      yield* itemEvents(whole, this.output.length)
      this.output.push(whole)
    }
    const says = !step.done && (step.value.kind === 'text' || step.value.kind === 'refusal')
    if (says || (step.done && this.#empty)) step = yield* this.#message(steps, step)
    while (!step.done) {
      if (step.value.kind === 'call start') step = yield* this.#call(steps, step.value.call)
      else step = steps.next()
    }
  }

  // A text without a piece is a message all the same.
  get #empty(): boolean {
    return this.turn.text !== undefined && !this.meter.cut
  }

  *#reasoning(pieces: readonly string[]): Generator<ResponseEvent, void, undefined> {
    const style = this.#exchange.dialect.responses
    const { summary } = isObject(this.#request['reasoning']) ? this.#request['reasoning'] : {}
    const told = style.alwaysSummarizes || (summary !== undefined && summary !== null)
    const id = this.#id('rs')
    const { call } = this.#exchange
    const encrypted = call.script.openai?.encryptedContent ?? `gAAAAAB${lettersOf(`${call.text} reasoning`, 180)}`
    // Recorded also where it was not asked for: encrypted content, with an empty list of the content that it hides.
    const base = { id, type: 'reasoning', content: [], encrypted_content: encrypted }
    const outputIndex = this.output.length
    const place = { item_id: id, output_index: outputIndex }
    const begun = style.reasoningItem({ ...base, summary: [] }, 'in_progress')
    yield event('response.output_item.added', { output_index: outputIndex, item: begun })
    const text = told && pieces.length > 0 ? yield* summaryEvents(place, pieces) : undefined
    if (text === undefined) for (const _ of pieces) yield { ...silence, tokens: 1 }
    const parts = text === undefined ? [] : [{ type: 'summary_text', text }]
    const item = style.reasoningItem({ ...base, summary: parts }, 'completed')
    yield event('response.output_item.done', { output_index: outputIndex, item })
    this.output.push(item)
  }

  *#message(
    steps: Iterator<Step, void>,
    first: IteratorResult<Step, void>,
  ): Generator<ResponseEvent, IteratorResult<Step, void>, undefined> {
    const id = this.#id('msg')
    const outputIndex = this.output.length
    const phase = /^gpt-5\.[5-9]/.test(this.#model.id)
      ? { phase: this.turn.calls.length > 0 ? 'commentary' : 'final_answer' }
      : {}
    const base = { id, type: 'message', role: 'assistant', ...phase }
    yield event('response.output_item.added', {
      output_index: outputIndex,
      item: { ...base, status: 'in_progress', content: [] },
    })
    const content: JsonObject[] = []
    const place = (): JsonObject => ({ item_id: id, output_index: outputIndex, content_index: content.length })
    let step = first
    // An empty text is one too.
    if (step.done || step.value.kind === 'text') step = yield* this.#text(place(), steps, step, content)
    if (!step.done && step.value.kind === 'refusal') step = yield* this.#refusal(place(), steps, step, content)
    const item = { ...base, status: this.meter.cut ? 'incomplete' : 'completed', content }
    yield event('response.output_item.done', { output_index: outputIndex, item })
    this.output.push(item)
    return step
  }

  *#text(
    place: JsonObject,
    steps: Iterator<Step, void>,
    first: IteratorResult<Step, void>,
    content: JsonObject[],
  ): Generator<ResponseEvent, IteratorResult<Step, void>, undefined> {
    const empty = { type: 'output_text', annotations: [], logprobs: [], text: '' }
    yield event('response.content_part.added', { ...place, part: empty })
    const asked = stringsIn(this.#request['include']).includes('message.output_text.logprobs')
    const most = Number(this.#request['top_logprobs'] ?? 0)
    const logprobs: JsonObject[] = []
    let [step, text] = [first, '']
    while (!step.done && step.value.kind === 'text') {
      const { piece } = step.value
      const scripted = this.#exchange.call.script.openai?.logprobs?.[logprobs.length]
      const known = asked ? [scripted ? { ...scripted } : logprobOf(piece, most)] : []
      logprobs.push(...known)
      text += piece
      yield event('response.output_text.delta', { ...place, delta: piece, logprobs: known }, 1)
      step = steps.next()
    }
    const annotations = this.meter.cut ? [] : this.turn.annotations
    for (const [at, annotation] of annotations.entries()) {
      yield event('response.output_text.annotation.added', { ...place, annotation_index: at, annotation })
    }
    yield event('response.output_text.done', { ...place, text, logprobs })
    const part = { type: 'output_text', annotations, logprobs, text }
    yield event('response.content_part.done', { ...place, part })
    content.push(part)
    return step
  }

  *#refusal(
    place: JsonObject,
    steps: Iterator<Step, void>,
    first: IteratorResult<Step, void>,
    content: JsonObject[],
  ): Generator<ResponseEvent, IteratorResult<Step, void>, undefined> {
    yield event('response.content_part.added', { ...place, part: { type: 'refusal', refusal: '' } })
    let [step, refusal] = [first, '']
    while (!step.done && step.value.kind === 'refusal') {
      refusal += step.value.piece
      yield event('response.refusal.delta', { ...place, delta: step.value.piece }, 1)
      step = steps.next()
    }
    yield event('response.refusal.done', { ...place, refusal })
    const part = { type: 'refusal', refusal }
    yield event('response.content_part.done', { ...place, part })
    content.push(part)
    return step
  }

  *#call(
    steps: Iterator<Step, void>,
    call: AnsweredCall,
  ): Generator<ResponseEvent, IteratorResult<Step, void>, undefined> {
    const id = this.#id(call.custom ? 'ctc' : 'fc')
    const outputIndex = this.output.length
    const [type, field, written] = call.custom
      ? ['custom_tool_call', 'input', 'custom_tool_call_input']
      : ['function_call', 'arguments', 'function_call_arguments']
    const base = { id, type, call_id: call.id, name: call.name }
    const place = { item_id: id, output_index: outputIndex }
    const begun = { ...base, status: 'in_progress', [field]: '' }
    yield event('response.output_item.added', { output_index: outputIndex, item: begun })
    let text = ''
    let step = steps.next()
    while (!step.done && step.value.kind === 'call') {
      text += step.value.piece
      yield event(`response.${written}.delta`, { ...place, delta: step.value.piece }, 1)
      step = steps.next()
    }
    yield event(`response.${written}.done`, { ...place, [field]: text })
    const item = { ...base, status: this.meter.cut ? 'incomplete' : 'completed', [field]: text }
    yield event('response.output_item.done', { output_index: outputIndex, item })
    this.output.push(item)
    return step
  }

  #id(prefix: string): string {
    const { index, text } = this.#exchange.call
    const short: Readonly<Record<string, string>> = {
      web_search_call: 'ws',
      file_search_call: 'fs',
      code_interpreter_call: 'ci',
      image_generation_call: 'ig',
      mcp_call: 'mcp',
      mcp_list_tools: 'mcpl',
      reasoning: 'rs',
      message: 'msg',
    }
    return `${short[prefix] ?? prefix}_${hexOf(`${index} ${prefix} ${this.output.length} ${text}`, 48)}`
  }
}

// Time that passes without an event: tokens of reasoning that nobody sees.
const silence: ResponseEvent = { type: '', fields: {}, tokens: 0 }
