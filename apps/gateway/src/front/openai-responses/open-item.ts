import type { Citation } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import { encodeAnnotations } from './annotations.ts'
import { itemId, planPrefix } from './item-id.ts'

/** The kinds of items that a translated answer has. */
export type ItemKind = 'text' | 'refusal' | 'thinking' | 'plan' | 'call' | 'custom-call'

/** An event of the stream, but for its number. */
export type ItemEvent = JsonObject & { readonly type: string }

/** An item of an answer while it is written: it makes its events, and is whole at the end. */
export class OpenItem {
  readonly kind: ItemKind
  readonly #id: string
  readonly #outputIndex: number
  readonly #call: { readonly id: string; readonly name: string } | undefined
  readonly #annotations: JsonObject[] = []
  readonly #citations: Citation[] = []
  readonly #logprobs: JsonObject[] = []
  #text = ''

  constructor(kind: ItemKind, outputIndex: number, call?: { readonly id: string; readonly name: string }) {
    this.kind = kind
    this.#outputIndex = outputIndex
    this.#call = call
    this.#id = itemId(prefixes[kind])
  }

  /** The events that open it. */
  begin(): ItemEvent[] {
    const item = this.#item('in_progress', '')
    const added = { type: 'response.output_item.added', output_index: this.#outputIndex, item }
    if (this.#isMessage) return [added, { type: 'response.content_part.added', ...this.#place, part: this.#part('') }]
    if (!this.#isReasoning) return [added]
    return [
      added,
      { type: 'response.reasoning_summary_part.added', ...this.#place, part: { type: 'summary_text', text: '' } },
    ]
  }

  /** The event of a piece of its text. */
  write(delta: string): ItemEvent {
    this.#text += delta
    const extra = this.kind === 'text' ? { logprobs: [] } : {}
    return { type: `response.${names[this.kind]}.delta`, ...this.#place, delta, ...extra }
  }

  /** The events of a citation. One that OpenAI has no word for is told at the end of the item. */
  cite(citation: Citation): ItemEvent[] {
    this.#citations.push(citation)
    const events: ItemEvent[] = []
    for (const annotation of encodeAnnotations(citation)) {
      const annotationIndex = this.#annotations.push(annotation) - 1
      const type = 'response.output_text.annotation.added'
      events.push({ type, ...this.#place, annotation_index: annotationIndex, annotation })
    }
    return events
  }

  addLogprobs(logprobs: JsonObject): void {
    this.#logprobs.push(logprobs)
  }

  /** The events that close it, and the whole item. */
  end(provider: string): { readonly events: ItemEvent[]; readonly item: JsonObject } {
    if (this.kind === 'call' && this.#text.trim() === '') this.#text = '{}'
    const whole = this.#item('completed', this.#text)
    const { length } = this.#citations
    const item = length > 0 ? { ...whole, interlingua: { provider, citations: this.#citations } } : whole
    const done = { type: 'response.output_item.done', output_index: this.#outputIndex, item }
    return { events: [...this.#endings(), done], item }
  }

  #endings(): ItemEvent[] {
    const name = `response.${names[this.kind]}.done`
    const text = this.#text
    switch (this.kind) {
      case 'text':
        return [
          { type: name, ...this.#place, text, logprobs: this.#logprobs },
          { type: 'response.content_part.done', ...this.#place, part: this.#part(text) },
        ]
      case 'refusal':
        return [
          { type: name, ...this.#place, refusal: text },
          { type: 'response.content_part.done', ...this.#place, part: this.#part(text) },
        ]
      case 'thinking':
      case 'plan':
        return [
          { type: name, ...this.#place, text },
          { type: 'response.reasoning_summary_part.done', ...this.#place, part: { type: 'summary_text', text } },
        ]
      case 'call':
        return [{ type: name, ...this.#place, name: this.#call?.name, arguments: text }]
      default:
        return [{ type: name, ...this.#place, input: text }]
    }
  }

  get #isMessage(): boolean {
    return this.kind === 'text' || this.kind === 'refusal'
  }

  get #isReasoning(): boolean {
    return this.kind === 'thinking' || this.kind === 'plan'
  }

  get #place(): JsonObject {
    const place = { item_id: this.#id, output_index: this.#outputIndex }
    if (this.#isMessage) return { ...place, content_index: 0 }
    return this.#isReasoning ? { ...place, summary_index: 0 } : place
  }

  #part(text: string): JsonObject {
    if (this.kind === 'refusal') return { type: 'refusal', refusal: text }
    return { type: 'output_text', annotations: [...this.#annotations], logprobs: [...this.#logprobs], text }
  }

  #item(status: 'in_progress' | 'completed', text: string): JsonObject {
    const id = this.#id
    const isWhole = status === 'completed'
    if (this.#isMessage) {
      return { id, type: 'message', status, role: 'assistant', content: isWhole ? [this.#part(text)] : [] }
    }
    if (this.#isReasoning) return { id, type: 'reasoning', summary: isWhole ? [{ type: 'summary_text', text }] : [] }
    const { id: callId, name } = this.#call ?? {}
    return this.kind === 'call'
      ? { id, type: 'function_call', status, arguments: text, call_id: callId, name }
      : { id, type: 'custom_tool_call', status, input: text, call_id: callId, name }
  }
}

const prefixes: Readonly<Record<ItemKind, string>> = {
  text: 'msg_ilg_',
  refusal: 'msg_ilg_',
  thinking: 'rs_ilg_',
  plan: planPrefix,
  call: 'fc_ilg_',
  'custom-call': 'ctc_ilg_',
}

const names: Readonly<Record<ItemKind, string>> = {
  text: 'output_text',
  refusal: 'refusal',
  thinking: 'reasoning_summary_text',
  plan: 'reasoning_summary_text',
  call: 'function_call_arguments',
  'custom-call': 'custom_tool_call_input',
}
