import { base64, type BaseCallResponse, type Delta } from '@interlingua/core'
import type { Failure } from '../../failure.ts'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import type { AnswerName } from '../chat-front.ts'
import type { ChatRequest } from '../chat-request.ts'
import type { EventEncoder } from '../event-encoder.ts'
import { extensionOf } from '../extension.ts'
import { dataEvent, done } from '../server-sent-event.ts'
import { encodeAnnotations } from './annotations.ts'
import { encodeError } from './error.ts'
import { finishReasons } from './finish-reason.ts'
import { encodeLogprobs } from './logprobs.ts'
import { encodeUsage } from './usage.ts'

/** Writes the stream of a chat completion. */
export class ChatEventEncoder implements EventEncoder {
  readonly #request: ChatRequest
  readonly #includesUsage: boolean
  readonly #created: number
  readonly #provider: string
  #id: string
  #model: string
  #begun = false
  /** Calls whose arguments have come to nothing so far: no text is no JSON. */
  readonly #silent = new Set<number>()
  readonly #texts = new Set<number>()

  constructor(request: ChatRequest, { id, startedAt, provider }: AnswerName) {
    this.#provider = provider
    this.#request = request
    this.#includesUsage = wantsUsage(request.body)
    this.#created = Math.floor(startedAt / 1_000)
    this.#id = id
    this.#model = request.model
  }

  encode(deltas: readonly Delta[]): string {
    let events = ''
    for (const delta of deltas) events += this.#encode(delta)
    return events
  }

  #encode(delta: Delta): string {
    switch (delta.type) {
      case 'start':
        this.#id = delta.id ?? this.#id
        this.#model = delta.model ?? this.#model
        return ''
      case 'text':
        return delta.text === '' ? '' : this.#say({ content: delta.text }, '')
      case 'thinking':
        return delta.text === '' ? '' : this.#say({ reasoning_content: delta.text }, '')
      case 'refusal':
        return delta.text === '' ? '' : this.#say({ refusal: delta.text }, null)
      case 'audio':
        return this.#say({ audio: { transcript: delta.text, ...(delta.data && { data: base64(delta.data) }) } }, null)
      case 'plan':
        return this.#say({ interlingua: { provider: this.#provider, plan: delta.text } }, null)
      case 'tool-call-start':
        return this.#startCall(delta)
      case 'tool-call-delta':
        this.#silent.delete(delta.index)
        return this.#say({ tool_calls: [this.#piece(delta.index, delta.text)] }, null)
      case 'tool-call-end':
        return this.#silent.delete(delta.index) ? this.#say({ tool_calls: [this.#piece(delta.index, '{}')] }, null) : ''
      case 'citation': {
        const annotations = encodeAnnotations([delta.citation])
        const interlingua = { provider: this.#provider, citations: [delta.citation] }
        return this.#say(annotations.length > 0 ? { annotations, interlingua } : { interlingua }, '')
      }
      case 'logprobs': {
        const field = delta.logprobs.target === 'refusal' ? 'refusal' : 'content'
        if (delta.logprobs.target === 'thinking') return ''
        return this.#chunk(
          {},
          { logprobs: { content: null, refusal: null, [field]: [encodeLogprobs(delta.logprobs)] } },
        )
      }
      default:
        // Usage, finish and warnings are told at the end; an error ends the stream.
        return ''
    }
  }

  #startCall({ index, id, name, format }: Extract<Delta, { type: 'tool-call-start' }>): string {
    if (format === 'text') {
      this.#texts.add(index)
      return this.#say({ tool_calls: [{ index, id, type: 'custom', custom: { name, input: '' } }] }, null)
    }
    this.#silent.add(index)
    return this.#say({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }, null)
  }

  #piece(index: number, text: string): JsonObject {
    return this.#texts.has(index) ? { index, custom: { input: text } } : { index, function: { arguments: text } }
  }

  end(response: BaseCallResponse): string {
    const finish = { finish_reason: finishReasons[response.finishReason.unified] }
    const interlingua = extensionOf(response, this.#request)
    const begin = this.#begin('')
    const last = this.#chunk({}, finish, { interlingua })
    return `${begin}${last}${this.#includesUsage ? this.#usage(response) : ''}${done}`
  }

  #usage({ usage }: BaseCallResponse): string {
    return dataEvent({ ...this.#head(), choices: [], usage: encodeUsage(usage) })
  }

  /** The gateway always asks for the usage. A caller who did not ask for it sees none of it. */
  pass(event: object): string {
    if (this.#includesUsage || !isJsonObject(event)) return dataEvent(event)
    const { usage, ...rest } = event
    const { choices } = rest
    const tellsUsageOnly = isJsonObject(usage) && Array.isArray(choices) && choices.length === 0
    return tellsUsageOnly ? '' : dataEvent(rest)
  }

  endPassed(): string {
    return done
  }

  fail(failure: Failure, wasPassed: boolean): string {
    // No `[DONE]`: the answer is not complete.
    return wasPassed ? '' : dataEvent(encodeError(failure))
  }

  /** A chunk that says something, behind the one that names the role. */
  #say(delta: JsonObject, opening: '' | null): string {
    return `${this.#begin(opening)}${this.#chunk(delta)}`
  }

  #begin(content: '' | null): string {
    if (this.#begun) return ''
    this.#begun = true
    return this.#chunk({ role: 'assistant', content, refusal: null })
  }

  #head(): JsonObject {
    return { id: this.#id, object: 'chat.completion.chunk', created: this.#created, model: this.#model }
  }

  #chunk(delta: JsonObject, choice: JsonObject = {}, extra: JsonObject = {}): string {
    return dataEvent({
      ...this.#head(),
      choices: [{ index: 0, delta, logprobs: null, finish_reason: null, ...choice }],
      ...(this.#includesUsage && { usage: null }),
      ...extra,
    })
  }
}

function wantsUsage({ stream_options: options }: JsonObject): boolean {
  return isJsonObject(options) && options['include_usage'] === true
}
