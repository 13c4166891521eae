import type { Delta } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import { encodeLogprobs } from '../openai-chat/logprobs.ts'
import { type ItemEvent, type ItemKind, OpenItem } from './open-item.ts'

/**
 * Makes the items of an answer of its deltas. Texts and thoughts are open one at a time; calls may be open together, as pieces of
 * several can come in turn.
 */
export class ItemWriter {
  /** The items that are complete, by their places. */
  readonly output: JsonObject[] = []
  readonly #provider: string
  #count = 0
  #open: { readonly item: OpenItem; readonly index: number } | undefined
  readonly #calls = new Map<number, { readonly item: OpenItem; readonly index: number }>()

  constructor(provider: string) {
    this.#provider = provider
  }

  /** The events that a delta becomes. */
  write(delta: Delta): ItemEvent[] {
    switch (delta.type) {
      case 'text':
      case 'refusal':
      case 'thinking':
        return delta.text === '' ? [] : this.#say(delta.type, delta.text)
      case 'audio':
        return delta.text === '' ? [] : this.#say('text', delta.text)
      case 'plan':
        return this.#say('plan', delta.text)
      case 'citation':
        return this.#open?.item.kind === 'text' ? this.#open.item.cite(delta.citation) : []
      case 'logprobs':
        if (this.#open?.item.kind === 'text') this.#open.item.addLogprobs(encodeLogprobs(delta.logprobs))
        return []
      case 'tool-call-start': {
        const closed = this.#close()
        const index = this.#count++
        const item = new OpenItem(delta.format === 'text' ? 'custom-call' : 'call', index, delta)
        this.#calls.set(delta.index, { item, index })
        return [...closed, ...item.begin()]
      }
      case 'tool-call-delta': {
        const call = this.#calls.get(delta.index)
        return call ? [call.item.write(delta.text)] : []
      }
      case 'tool-call-end':
        return this.#endCall(delta.index)
      default:
        return []
    }
  }

  /** The events that close what is open. */
  end(): ItemEvent[] {
    return [...this.#close(), ...[...this.#calls.keys()].flatMap((index) => this.#endCall(index))]
  }

  #say(kind: ItemKind, text: string): ItemEvent[] {
    if (this.#open?.item.kind === kind) return [this.#open.item.write(text)]
    const closed = this.#close()
    const index = this.#count++
    const item = new OpenItem(kind, index)
    this.#open = { item, index }
    return [...closed, ...item.begin(), item.write(text)]
  }

  #close(): ItemEvent[] {
    if (!this.#open) return []
    const { item, index } = this.#open
    this.#open = undefined
    return this.#finish(item, index)
  }

  #endCall(source: number): ItemEvent[] {
    const call = this.#calls.get(source)
    if (!call) return []
    this.#calls.delete(source)
    return this.#finish(call.item, call.index)
  }

  #finish(item: OpenItem, index: number): ItemEvent[] {
    const { events, item: whole } = item.end(this.#provider)
    this.output[index] = whole
    return events
  }
}
