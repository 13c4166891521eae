import type { AssistantMessage, ToolCall, ToolNames, UnsupportedFeatures } from '@interlingua/core'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import type { Item } from './item.ts'
import { callOf, partsOf } from './item-words.ts'
import { type Entry, settleReasoning } from './reasoning.ts'
import type { WireCustomToolCall, WireFunctionCallItem } from './wire-item.ts'
import type { WireInputItem, WireSaidMessage } from './wire-input.ts'

/** An item of a request: one that is made here, or one that came and goes back as it is. */
export type InputItem = WireInputItem | Item

/** What encoding a message of the assistant's takes. */
export interface ReplayOptions {
  /** The server, under whose name the items of its answers are kept. */
  readonly dialect: OpenAIDialect
  /**
   * Whether reasoning without what it led to is refused, and reasoning that was neither kept by the server nor encrypted:
   * OpenAI does. Other servers take what they sent.
   */
  readonly isStrict: boolean
  readonly unsupported: UnsupportedFeatures
  readonly toolNames: ToolNames
  /** Where the message stands in the conversation. */
  readonly field: string
}

type Part = Exclude<AssistantMessage['content'], string>[number]

/**
 * What the assistant said, as items. An answer of this provider's goes back as it came, item for item, as long as the message
 * says the same. Where the caller has changed it, the message counts: items that still stand in it stay as they came, others
 * are made anew, and reasoning stays only where what it led to does.
 */
export function encodeAssistant(message: AssistantMessage, options: ReplayOptions): InputItem[] {
  const fields = message.providerFields?.[options.dialect.name]
  const items = fields?.['items']
  const kept: readonly Item[] = Array.isArray(items) ? items : []
  const entries = new Alignment(message, options).align(kept)
  const { status, isStored } = fields ?? {}
  return settleReasoning(entries, { isComplete: status === 'completed', isStored: isStored !== false }, options)
}

/** Walks through the items of an answer and through what the message says, side by side. */
class Alignment {
  readonly #options: ReplayOptions
  readonly #parts: readonly Part[]
  readonly #calls: Map<string, ToolCall>
  readonly #annotations: ReadonlySet<string>
  readonly #entries: Entry[] = []
  /** The part that comes next. */
  #at = 0
  /** Where an item was that is not in the message any more: what the message says instead comes there. */
  #gap: number | undefined

  constructor({ content, toolCalls = [], citations = [] }: AssistantMessage, options: ReplayOptions) {
    this.#options = options
    const isText = typeof content === 'string'
    this.#parts = isText ? (content === '' ? [] : [{ type: 'text', text: content }]) : content
    this.#calls = new Map(toolCalls.map((call) => [call.id, call]))
    const own = citations.map(({ providerFields }) => providerFields?.[options.dialect.name]?.['annotation'])
    this.#annotations = new Set(own.map((annotation) => JSON.stringify(annotation)))
    if (own.includes(undefined)) this.#tell('citations', 'a citation that is not of its own')
  }

  align(items: readonly Item[]): readonly Entry[] {
    for (const item of items) this.#add(item)
    const kept = new Set(
      items.flatMap(partsOf).flatMap(({ annotations }) => annotations.map((each) => JSON.stringify(each))),
    )
    // Those of another API of the same server have no item to stand in.
    if (![...this.#annotations].every((each) => each === undefined || kept.has(each))) {
      this.#tell('citations', 'citations of an answer that came through another API')
    }
    this.#addNew(this.#parts.length)
    for (const call of this.#calls.values()) this.#push(this.#newCall(call), 'made')
    return this.#entries
  }

  #add(item: Item): void {
    const call = callOf(item)
    if (call !== undefined) return this.#addCall(item, call.id)
    const parts = partsOf(item)
    if (parts.length === 0) return this.#push(item, 'kept')
    const found = this.#find(parts)
    if (found !== undefined) {
      this.#addNew(found)
      this.#at = found + parts.length
      this.#push(this.#withoutRemoved(item), 'kept')
    } else if (item['type'] === 'reasoning') {
      this.#push(item, 'removed')
    } else {
      this.#gap ??= this.#entries.length
    }
  }

  #addCall(item: Item, id: string): void {
    const call = this.#calls.get(id)
    this.#calls.delete(id)
    if (call === undefined) return
    const made = this.#newCall(call)
    const isSame = ['type', 'name', 'arguments', 'input'].every((key) => item[key] === Reflect.get(made, key))
    this.#push(isSame ? item : made, isSame ? 'kept' : 'made')
  }

  /** Where the parts of an item stand in the message. */
  #find(parts: readonly { readonly type: string; readonly text: string }[]): number | undefined {
    for (let start = this.#at; start + parts.length <= this.#parts.length; start++) {
      const isHere = parts.every(({ type, text }, index) => {
        const part = this.#parts[start + index]
        return part?.type === type && 'text' in part && part.text === text
      })
      if (isHere) return start
    }
    return undefined
  }

  /** What the message says up to a part that no item has. */
  #addNew(end: number): void {
    const content: WireSaidMessage['content'][number][] = []
    for (const [index, part] of this.#parts.slice(this.#at, end).entries()) {
      if (part.type === 'text') content.push({ type: 'output_text', text: part.text })
      else if (part.type === 'refusal') content.push({ type: 'refusal', refusal: part.text })
      else {
        const what = part.type === 'thinking' ? 'thinking that it did not say itself' : part.type
        this.#tell(`content[${this.#at + index}]`, what)
      }
    }
    this.#at = end
    const gap = this.#gap ?? this.#entries.length
    this.#gap = undefined
    const [only] = content
    if (only === undefined) return
    const said = content.length === 1 && only.type === 'output_text' ? only.text : content
    this.#entries.splice(gap, 0, { item: { role: 'assistant', content: said }, fate: 'made' })
  }

  /** An item without the annotations whose citations the caller has taken out. */
  #withoutRemoved(item: Item): Item {
    const { content } = item
    const annotations = partsOf(item).flatMap((part) => part.annotations)
    if (annotations.every((each) => this.#stands(each)) || !Array.isArray(content)) return item
    return { ...item, content: content.map((part: Item) => this.#partWithoutRemoved(part)) }
  }

  #partWithoutRemoved(part: Item): Item {
    const { annotations } = part
    return Array.isArray(annotations)
      ? { ...part, annotations: annotations.filter((each) => this.#stands(each)) }
      : part
  }

  #stands(annotation: unknown): boolean {
    return this.#annotations.has(JSON.stringify(annotation))
  }

  #newCall({ id, name, raw, args, format }: Partial<ToolCall>): WireFunctionCallItem | WireCustomToolCall {
    const head = { call_id: id ?? '', name: this.#options.toolNames.encode(name ?? '') }
    if (format === 'text') return { type: 'custom_tool_call', ...head, input: raw ?? String(args) }
    return { type: 'function_call', ...head, arguments: raw ?? JSON.stringify(args ?? {}) }
  }

  #push(item: InputItem, fate: Entry['fate']): void {
    this.#entries.push({ item, fate })
  }

  #tell(place: string, what: string): void {
    const { dialect, field, unsupported } = this.#options
    const problem = `${dialect.displayName} has no place for ${what}`
    unsupported.add({ field: `${field}.${place}`, problem, instead: 'it is left out' })
  }
}
