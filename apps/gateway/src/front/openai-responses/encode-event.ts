import type { BaseCallResponse, Delta } from '@interlingua/core'
import type { Failure } from '../../failure.ts'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import type { AnswerName } from '../chat-front.ts'
import type { ChatRequest } from '../chat-request.ts'
import type { EventEncoder } from '../event-encoder.ts'
import { encodeError } from '../openai-chat/error.ts'
import { namedEvent } from '../server-sent-event.ts'
import { ItemWriter } from './item-writer.ts'
import { endedResponse, responseObject, type ResponseState } from './response-object.ts'

/** Writes the stream of a response: numbered events, and at the end the whole of it. */
export class ResponsesEventEncoder implements EventEncoder {
  readonly #request: ChatRequest
  readonly #name: AnswerName
  readonly #writer: ItemWriter
  #id: string
  #model: string
  #begun = false
  /** The type of the last event that was passed. */
  #passed: unknown
  #number = 0

  constructor(request: ChatRequest, name: AnswerName) {
    this.#request = request
    this.#name = name
    this.#id = name.id
    this.#model = request.model
    this.#writer = new ItemWriter(name.provider)
  }

  encode(deltas: readonly Delta[]): string {
    let events = ''
    for (const delta of deltas) {
      if (delta.type === 'start') {
        this.#id = delta.id ?? this.#id
        this.#model = delta.model ?? this.#model
      } else {
        for (const event of this.#writer.write(delta)) events += `${this.#begin()}${this.#event(event)}`
      }
    }
    return events
  }

  end(response: BaseCallResponse): string {
    const begun = this.#begin()
    const closed = this.#writer.end().map((event) => this.#event(event))
    const whole = endedResponse(response, { id: this.#id, output: this.#writer.output }, this.#request, this.#name)
    return `${begun}${closed.join('')}${this.#event({ type: `response.${String(whole['status'])}`, response: whole })}`
  }

  pass(event: object): string {
    const { type, sequence_number: number, response } = event as JsonObject
    this.#passed = type
    if (typeof number === 'number') this.#number = number + 1
    if (isJsonObject(response) && typeof response['id'] === 'string') this.#id = response['id']
    return namedEvent(event as JsonObject)
  }

  /** There is no `[DONE]` here. */
  endPassed(): string {
    return ''
  }

  fail(failure: Failure, wasPassed: boolean): string {
    // An error is followed by the response that it ended, which is not read behind an error.
    if (wasPassed && this.#passed !== 'error') return ''
    const { error } = encodeError(failure)
    const told = { code: failure.code, message: failure.message }
    const response = this.#response({ status: 'failed', output: this.#writer.output.filter(Boolean), error: told })
    const first = wasPassed ? '' : this.#event({ type: 'error', error })
    return `${first}${this.#event({ type: 'response.failed', response })}`
  }

  #begin(): string {
    if (this.#begun) return ''
    this.#begun = true
    const response = this.#response({ status: 'in_progress', output: [] })
    return this.#event({ type: 'response.created', response }) + this.#event({ type: 'response.in_progress', response })
  }

  #response(state: Pick<ResponseState, 'status' | 'output' | 'error'>): JsonObject {
    return responseObject({ id: this.#id, model: this.#model, ...state }, this.#request, this.#name)
  }

  #event({ type, ...fields }: JsonObject & { readonly type: string }): string {
    return namedEvent({ type, sequence_number: this.#number++, ...fields })
  }
}
