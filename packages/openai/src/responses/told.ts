import { type Delta, textIn } from '@interlingua/core/adapter'
import type { Item } from './item.ts'
import type { ItemPart } from './item-words.ts'

/** What has been told of a part. */
export interface ToldPart {
  /** Its place among the parts of the message. */
  readonly index: number
  /** How much of its text; -1 where not even that there is one. */
  length: number
  citations: number
  hasLogprobs: boolean
}

/** What has been told of an item. */
export interface ToldItem {
  /** Its place among the items. */
  readonly index: number
  readonly id: string | undefined
  readonly type: string | undefined
  readonly parts: Map<number, ToldPart>
  call?: { length: number; isOver: boolean }
  isOver: boolean
}

/**
 * What an answer has told so far. Its events repeat each other: pieces of a part, then the part, then the item, then the whole
 * response. Whatever an event has beyond what came before it is told, and nothing twice, so that an answer which comes only in
 * pieces, only as a whole, or in both ways reads the same.
 */
export class Told {
  /** The items that are complete, as they came. */
  kept: readonly Item[] = []
  /** How the request was served, where the server says so. */
  serviceTier: string | undefined
  #items = new Map<number, ToldItem>()
  #partCount = 0
  #responseId: string | undefined
  readonly #provider: string

  /** `provider` is the name under which items are kept as they came. */
  constructor(provider: string) {
    this.#provider = provider
  }

  /** Forgets everything: the same request may be sent again. */
  begin(): void {
    this.#items = new Map()
    this.kept = []
    this.#partCount = 0
    this.#responseId = undefined
    this.serviceTier = undefined
  }

  /** A response was named. */
  start({ id, model }: Item): Delta {
    this.#responseId = textIn(id) ?? this.#responseId
    return { type: 'start', ...(typeof id === 'string' && { id }), ...(typeof model === 'string' && { model }) }
  }

  /** The item at an index that events give. */
  item(index: number, item?: Item): ToldItem {
    return this.#items.get(index) ?? this.#open(index, item)
  }

  /** A part of an item. */
  part({ parts }: ToldItem, key: number): ToldPart {
    const known = parts.get(key)
    if (known !== undefined) return known
    const part = { index: this.#partCount++, length: -1, citations: 0, hasLogprobs: false }
    parts.set(key, part)
    return part
  }

  /** A piece of a part. */
  piece(at: number, key: number, type: ItemPart['type'], text: string): Delta {
    const part = this.part(this.item(at), key)
    part.length = Math.max(0, part.length) + text.length
    return { type, index: part.index, text }
  }

  /** What a part says beyond what has been told of it. A part without text is a part all the same. */
  rest(part: ToldPart, { type, text }: Pick<ItemPart, 'type' | 'text'>): Delta[] {
    const { index, length } = part
    part.length = Math.max(length, text.length)
    return text.length > length ? [{ type, index, text: text.slice(Math.max(0, length)) }] : []
  }

  /** The response is over. */
  conclude(items: readonly Item[], status: string, { store, service_tier: tier }: Item): Delta {
    this.serviceTier = textIn(tier)
    // Some servers do not repeat the items.
    if (items.length > 0) this.kept = [...items]
    return this.message(status, store !== false)
  }

  /** The items go back as they came, which takes keeping them. */
  message(status: string, isStored = true): Delta {
    const id = this.#responseId
    const fields = {
      items: this.kept,
      status,
      ...(id !== undefined && { responseId: id }),
      ...(!isStored && { isStored }),
    }
    return { type: 'message', providerFields: { [this.#provider]: fields } }
  }

  /**
   * What events have told of the items of a whole response: of each by its id, else by its place, since there are servers that
   * count in another way, and servers that make new ids.
   */
  match(items: readonly Item[]): readonly ToldItem[] {
    const byId = new Map(Array.from(this.#items.values(), (told) => [told.id, told]))
    const known = items.map((item) => byId.get(textIn(item['id']) ?? ''))
    const taken = new Set(known)
    return items.map((item, at) => {
      const told = known[at]
      if (told) return told
      const here = this.#items.get(at)
      if (here === undefined) return this.#open(at, item)
      const isIt = !taken.has(here) && (here.type === undefined || here.type === textIn(item['type']))
      return isIt ? here : this.#open(1 + Math.max(...this.#items.keys()), item)
    })
  }

  #open(index: number, item: Item | undefined): ToldItem {
    const told = { index, id: textIn(item?.['id']), type: textIn(item?.['type']), parts: new Map(), isOver: false }
    this.#items.set(index, told)
    return told
  }
}
