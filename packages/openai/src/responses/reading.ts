import { type Delta, textIn, type Warning } from '@interlingua/core/adapter'

import { decodeCitation } from './citation.ts'
import { callOf, type Item, type ItemPart, partsOf, unknownPartsOf } from './item.ts'
import { decodeLogprob } from './logprob.ts'

/** What it takes to read an answer beside the answer. */
export interface ReadingOptions {
  /** The provider's name, under which items are kept as they came. */
  readonly provider: string
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames?: ReadonlyMap<string, string> | undefined
}

/** What has been told of a part. */
interface ToldPart {
  /** Its place among the parts of the message. */
  readonly index: number
  /** How much of its text; -1 where not even that there is one. */
  length: number
  citations: number
  hasLogprobs: boolean
}

/** What has been told of an item. */
interface ToldItem {
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
export class Reading {
  readonly #options: ReadingOptions
  #items = new Map<number, ToldItem>()
  #kept: Item[] = []
  #partCount = 0
  #responseId: string | undefined
  #serviceTier: string | undefined

  constructor(options: ReadingOptions) {
    this.#options = options
  }

  /** Forgets everything: the same request may be sent again. */
  begin(): void {
    this.#items = new Map()
    this.#kept = []
    this.#partCount = 0
    this.#responseId = undefined
    this.#serviceTier = undefined
  }

  /** How the request was served, where the server says so. */
  get serviceTier(): string | undefined {
    return this.#serviceTier
  }

  /** The items that are complete, as they came. */
  get items(): readonly Item[] {
    return this.#kept
  }

  /** A response was named. */
  start(id: string | undefined, model: string | undefined): Delta {
    this.#responseId = id ?? this.#responseId
    return { type: 'start', ...(id !== undefined && { id }), ...(model !== undefined && { model }) }
  }

  /** A piece of a part. */
  piece(at: number, key: number, type: ItemPart['type'], text: string): Delta {
    const part = this.#part(this.#at(at), key)
    part.length = Math.max(0, part.length) + text.length
    return { type, index: part.index, text }
  }

  /** Log-probabilities that came with a piece of a part. */
  logprobs(at: number, key: number, tokens: readonly Item[]): readonly Delta[] {
    if (tokens.length > 0) this.#part(this.#at(at), key).hasLogprobs = true
    return tokens.map((token) => ({ type: 'logprobs', logprobs: decodeLogprob(token) }))
  }

  /** An annotation of a part. */
  annotation(at: number, key: number, annotation: Item): Delta {
    const part = this.#part(this.#at(at), key)
    part.citations++
    return this.#citation(annotation, part)
  }

  /** A piece of what a tool is called with. */
  argumentPiece(at: number, text: string): Delta | undefined {
    const { call } = this.#at(at)
    // Pieces of calls that OpenAI makes itself are no arguments of a tool of the caller's.
    if (call === undefined || text === '') return undefined
    call.length += text.length
    return { type: 'tool-call-delta', index: at, text }
  }

  /** An item begins. What it has in it already comes again, in pieces or as a whole. */
  itemStarted(at: number, item: Item): readonly Delta[] {
    return this.#callStart(this.#known(at, item), item)
  }

  /** An item is complete: all of it that has not been told. */
  itemCompleted(at: number, item: Item): readonly Delta[] {
    const deltas = this.#rest(this.#known(at, item), item)
    this.#kept = [...this.#kept, item]
    return [...deltas, this.#message('in_progress')]
  }

  /** The response is over: all of its items that have not been told. */
  conclude(items: readonly Item[], status: string, { store, service_tier: tier }: Item): readonly Delta[] {
    this.#serviceTier = textIn(tier)
    const told = this.#match(items)
    const deltas = told.flatMap((each, at) => this.#rest(each, items[at] ?? {}))
    // Some servers do not repeat the items.
    if (items.length > 0) this.#kept = [...items]
    return [...deltas, this.#message(status, store !== false)]
  }

  /** The items go back as they came, which takes keeping them. */
  #message(status: string, isStored = true): Delta {
    const id = this.#responseId
    const fields = {
      items: this.#kept,
      status,
      ...(id !== undefined && { responseId: id }),
      ...(!isStored && { isStored }),
    }
    return { type: 'message', providerFields: { [this.#options.provider]: fields } }
  }

  #rest(told: ToldItem, item: Item): Delta[] {
    const deltas: Delta[] = partsOf(item).flatMap((part) => this.#restOfPart(this.#part(told, part.key), part))
    deltas.push(...this.#callStart(told, item), ...this.#restOfCall(told, item))
    if (!told.isOver)
      for (const type of unknownPartsOf(item)) deltas.push({ type: 'warning', warning: unknownPart(type) })
    told.isOver = true
    return deltas
  }

  #restOfPart(told: ToldPart, { type, text, annotations, logprobs }: ItemPart): Delta[] {
    const deltas: Delta[] = []
    // A part without text is a part all the same.
    if (text.length > told.length) deltas.push({ type, index: told.index, text: text.slice(Math.max(0, told.length)) })
    told.length = Math.max(told.length, text.length)
    for (const annotation of annotations.slice(told.citations)) deltas.push(this.#citation(annotation, told))
    told.citations = Math.max(told.citations, annotations.length)
    if (told.hasLogprobs) return deltas
    for (const token of logprobs) deltas.push({ type: 'logprobs', logprobs: decodeLogprob(token) })
    told.hasLogprobs = logprobs.length > 0
    return deltas
  }

  #callStart(told: ToldItem, item: Item): readonly Delta[] {
    const call = callOf(item)
    if (call === undefined || told.call !== undefined) return []
    told.call = { length: 0, isOver: false }
    const { id, format } = call
    const name = this.#options.toolNames?.get(call.name) ?? call.name
    return [{ type: 'tool-call-start', index: told.index, id, name, ...(format && { format }) }]
  }

  #restOfCall({ index, call }: ToldItem, item: Item): readonly Delta[] {
    const whole = callOf(item)
    if (whole === undefined || call === undefined || call.isOver) return []
    const text = whole.raw.slice(call.length)
    call.isOver = true
    const end: Delta = { type: 'tool-call-end', index }
    return text === '' ? [end] : [{ type: 'tool-call-delta', index, text }, end]
  }

  #citation(annotation: Item, { index }: ToldPart): Delta {
    const { provider } = this.#options
    return { type: 'citation', citation: decodeCitation(annotation, { contentIndex: index, provider }) }
  }

  #part({ parts }: ToldItem, key: number): ToldPart {
    const known = parts.get(key)
    if (known !== undefined) return known
    const part = { index: this.#partCount++, length: -1, citations: 0, hasLogprobs: false }
    parts.set(key, part)
    return part
  }

  /** The item with an index that events give. */
  #at(index: number): ToldItem {
    return this.#items.get(index) ?? this.#open(index, undefined)
  }

  #known(index: number, item: Item): ToldItem {
    return this.#items.get(index) ?? this.#open(index, item)
  }

  /**
   * What events have told of the items of a whole response: of each by its id, else by its place, since there are servers that
   * count in another way, and servers that make new ids.
   */
  #match(items: readonly Item[]): readonly ToldItem[] {
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

function unknownPart(type: string): Warning {
  const message = `the answer has content of type ${JSON.stringify(type)}, which has no neutral word: it is in \`response.items\`, and in \`chunk.event\`.`
  return { code: 'malformed', message, field: 'content' }
}
