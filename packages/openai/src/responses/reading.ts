import type { Delta, Warning } from '@interlingua/core/adapter'
import { decodeCitation } from './citation.ts'
import type { Item } from './item.ts'
import { callOf, type ItemPart, partsOf, unknownPartsOf } from './item-words.ts'
import { decodeLogprob } from './logprob.ts'
import type { Told, ToldItem, ToldPart } from './told.ts'

/** What it takes to read an answer beside the answer. */
export interface ReadingOptions {
  /** The provider's name, under which items are kept as they came. */
  readonly provider: string
  /** The caller's names of tools by the names that were sent. */
  readonly toolNames?: ReadonlyMap<string, string> | undefined
}

/** Reads all that items may say, beyond what has been told. */
export class Reading {
  readonly told: Told
  readonly #options: ReadingOptions

  constructor(options: ReadingOptions, told: Told) {
    this.#options = options
    this.told = told
  }

  /** Log-probabilities that came with a piece of a part. */
  logprobs(at: number, key: number, tokens: readonly Item[]): readonly Delta[] {
    if (tokens.length > 0) this.told.part(this.told.item(at), key).hasLogprobs = true
    return tokens.map((token) => ({ type: 'logprobs', logprobs: decodeLogprob(token) }))
  }

  /** An annotation of a part. */
  annotation(at: number, key: number, annotation: Item): Delta {
    const part = this.told.part(this.told.item(at), key)
    part.citations++
    return this.#citation(annotation, part)
  }

  /** A piece of what a tool is called with. */
  argumentPiece(at: number, text: string): Delta | undefined {
    const { call } = this.told.item(at)
    // Pieces of calls that OpenAI makes itself are no arguments of a tool of the caller's.
    if (call === undefined || text === '') return undefined
    call.length += text.length
    return { type: 'tool-call-delta', index: at, text }
  }

  /** An item begins. What it has in it already comes again, in pieces or as a whole. */
  itemStarted(at: number, item: Item): readonly Delta[] {
    return this.#callStart(this.told.item(at, item), item)
  }

  /** An item is complete: all of it that has not been told. */
  itemCompleted(at: number, item: Item): readonly Delta[] {
    const deltas = this.#rest(this.told.item(at, item), item)
    this.told.kept = [...this.told.kept, item]
    return [...deltas, this.told.message('in_progress')]
  }

  /** The response is over: all of its items that have not been told. */
  conclude(items: readonly Item[], status: string, response: Item): readonly Delta[] {
    const deltas = this.told.match(items).flatMap((each, at) => this.#rest(each, items[at] ?? {}))
    return [...deltas, this.told.conclude(items, status, response)]
  }

  #rest(told: ToldItem, item: Item): Delta[] {
    const deltas: Delta[] = partsOf(item).flatMap((part) => this.#restOfPart(this.told.part(told, part.key), part))
    deltas.push(...this.#callStart(told, item), ...this.#restOfCall(told, item))
    if (!told.isOver)
      for (const type of unknownPartsOf(item)) deltas.push({ type: 'warning', warning: unknownPart(type) })
    told.isOver = true
    return deltas
  }

  #restOfPart(told: ToldPart, part: ItemPart): Delta[] {
    const { annotations, logprobs } = part
    const deltas = this.told.rest(told, part)
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
}

function unknownPart(type: string): Warning {
  const message = `the answer has content of type ${JSON.stringify(type)}, which has no neutral word: it is in \`response.items\`, and in \`chunk.event\`.`
  return { code: 'malformed', message, field: 'content' }
}
