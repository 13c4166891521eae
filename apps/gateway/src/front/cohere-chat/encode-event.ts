import { type BaseCallResponse, type Delta, withoutUndefined } from '@interlingua/core'
import type { Failure } from '../../failure.ts'
import type { JsonObject } from '../../json-object.ts'
import type { AnswerName } from '../chat-front.ts'
import type { ChatRequest } from '../chat-request.ts'
import type { EventEncoder } from '../event-encoder.ts'
import { extensionOf } from '../extension.ts'
import { done, namedEvent } from '../server-sent-event.ts'
import { encodeCitation } from './encode-citation.ts'
import { finishReasons } from './finish-reason.ts'
import { encodeUsage } from './usage.ts'

type Kind = 'text' | 'thinking'

/**
 * Writes the stream of Cohere's chat. Its grammar: one block is open at a time, and one call; plans and thoughts come first, and
 * citations stand within a block of text.
 */
export class CohereEventEncoder implements EventEncoder {
  readonly #request: ChatRequest
  #id: string
  #begun = false
  #block: { readonly kind: Kind; readonly index: number } | undefined
  #blocks = 0
  #call: { readonly index: number; readonly source: number; wrote: boolean } | undefined
  #calls = 0
  #citations = 0
  /** Pieces of calls that came while another one was open. */
  readonly #waiting = new Map<number, Delta[]>()

  constructor(request: ChatRequest, { id }: AnswerName) {
    this.#request = request
    this.#id = id
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
        return ''
      case 'text':
      case 'refusal':
        return delta.text === '' ? '' : this.#say('text', delta.text)
      case 'thinking':
        return delta.text === '' ? '' : this.#say('thinking', delta.text)
      case 'audio':
        return delta.text === '' ? '' : this.#say('text', delta.text)
      case 'plan':
        return `${this.#begin()}${this.#closeBlock()}${message('tool-plan-delta', undefined, { tool_plan: delta.text })}`
      case 'tool-call-start':
      case 'tool-call-delta':
      case 'tool-call-end':
        return this.#inTurn(delta)
      case 'citation':
        return this.#cite(encodeCitation(delta.citation))
      case 'logprobs':
        return this.#logprobs(delta)
      default:
        // Usage, finish and warnings are told at the end; an error ends the stream.
        return ''
    }
  }

  #say(kind: Kind, text: string): string {
    const open = this.#open(kind)
    return `${open}${message('content-delta', this.#block?.index, { content: { [kind]: text } })}`
  }

  #open(kind: Kind): string {
    if (this.#block?.kind === kind) return ''
    const before = `${this.#begin()}${this.#closeCall()}${this.#closeBlock()}`
    const index = this.#blocks++
    this.#block = { kind, index }
    return `${before}${message('content-start', index, { content: { type: kind, [kind]: '' } })}`
  }

  #closeBlock(): string {
    if (!this.#block) return ''
    const { index } = this.#block
    this.#block = undefined
    return namedEvent({ type: 'content-end', index })
  }

  /** Calls come one after another: what comes of another one meanwhile waits. */
  #inTurn(delta: Extract<Delta, { type: `tool-call-${string}` }>): string {
    const isOpen = this.#call?.source === delta.index
    if (this.#call && !isOpen) {
      const waiting = this.#waiting.get(delta.index)
      if (waiting) waiting.push(delta)
      else this.#waiting.set(delta.index, [delta])
      return ''
    }
    if (delta.type === 'tool-call-start') return this.#startCall(delta)
    if (!isOpen) return ''
    if (delta.type === 'tool-call-end') return this.#closeCall()
    return this.#writeCall(delta.text)
  }

  #startCall({ index: source, id, name }: Extract<Delta, { type: 'tool-call-start' }>): string {
    const before = `${this.#begin()}${this.#closeBlock()}`
    const index = this.#calls++
    this.#call = { index, source, wrote: false }
    const call = { id, type: 'function', function: { name, arguments: '' } }
    return `${before}${message('tool-call-start', index, { tool_calls: call })}`
  }

  #writeCall(text: string): string {
    if (!this.#call || text === '') return ''
    this.#call.wrote = true
    return message('tool-call-delta', this.#call.index, { tool_calls: { function: { arguments: text } } })
  }

  #closeCall(): string {
    if (!this.#call) return ''
    // A call without arguments: clients parse what they got.
    const rest = this.#call.wrote ? '' : this.#writeCall('{}')
    const end = namedEvent({ type: 'tool-call-end', index: this.#call.index })
    this.#call = undefined
    const [next] = this.#waiting
    if (!next) return `${rest}${end}`
    this.#waiting.delete(next[0])
    return `${rest}${end}${this.encode(next[1])}`
  }

  #cite(citation: JsonObject): string {
    // Where nothing is open, the citation is about what was said, all the same.
    const begin = this.#begin()
    const index = this.#citations++
    const start = message('citation-start', index, { citations: citation })
    return `${begin}${start}${namedEvent({ type: 'citation-end', index })}`
  }

  #logprobs({ logprobs }: Extract<Delta, { type: 'logprobs' }>): string {
    const { text, tokenIds = [], logprobs: numbers } = logprobs
    const told = withoutUndefined({ text, token_ids: tokenIds, logprobs: numbers })
    const open = this.#open(logprobs.target === 'thinking' ? 'thinking' : 'text')
    const kind = this.#block?.kind ?? 'text'
    return `${open}${namedEvent({ type: 'content-delta', ...within(this.#block?.index, { content: { [kind]: '' } }), logprobs: told })}`
  }

  end(response: BaseCallResponse): string {
    let before = this.#begin()
    while (this.#call) before += this.#closeCall()
    const delta = { finish_reason: finishReasons[response.finishReason.unified], usage: encodeUsage(response.usage) }
    const interlingua = extensionOf(response, this.#request)
    return `${before}${this.#closeBlock()}${namedEvent({ type: 'message-end', delta, interlingua })}${done}`
  }

  pass(event: object): string {
    return namedEvent(event as JsonObject)
  }

  endPassed(): string {
    return done
  }

  fail({ message: error, code }: Failure, wasPassed: boolean): string {
    if (wasPassed) return done
    const delta = {
      finish_reason: code === 'timeout' ? 'TIMEOUT' : 'ERROR',
      usage: {},
      error,
      error_type: code.toUpperCase(),
    }
    return `${this.#begin()}${namedEvent({ type: 'message-end', delta })}${done}`
  }

  #begin(): string {
    if (this.#begun) return ''
    this.#begun = true
    const empty = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] }
    return namedEvent({ id: this.#id, type: 'message-start', delta: { message: empty } })
  }
}

function message(type: string, index: number | undefined, change: JsonObject): string {
  return namedEvent({ type, ...within(index, change) })
}

function within(index: number | undefined, change: JsonObject): JsonObject {
  return { ...(index !== undefined && { index }), delta: { message: change } }
}
