import { type Delta, isObject, numberIn, textIn } from '@interlingua/core/adapter'
import type { PlainDecoder } from '../answer-decoder.ts'
import { OpenAIResponsesCallResponseChunk } from './chunk.ts'
import { type Item, objectsIn } from './item.ts'
import type { Told, ToldItem } from './told.ts'
import { decodeUsage } from './usage.ts'
import type { OpenAIResponsesStreamEvent } from './wire-event.ts'

/** Reads answers of texts, and of reasoning that is not told. */
export class PlainResponse implements PlainDecoder<OpenAIResponsesCallResponseChunk> {
  readonly #told: Told

  constructor(told: Told) {
    this.#told = told
  }

  decodeEvent(event: Item): OpenAIResponsesCallResponseChunk | undefined {
    const deltas = this.#decode(event)
    return deltas && new OpenAIResponsesCallResponseChunk(event as Item & OpenAIResponsesStreamEvent, deltas)
  }

  decodeBody(body: Item): readonly Delta[] | undefined {
    const items = textsOfAll(body)
    if (!items || body['status'] !== 'completed') return undefined
    this.#told.begin()
    return [this.#told.start(body), ...this.#end(body, items)]
  }

  #decode(event: Item): readonly Delta[] | undefined {
    const told = this.#told
    const { item, part, response } = event
    const at = numberIn(event['output_index']) ?? 0
    const key = numberIn(event['content_index']) ?? 0
    switch (event['type'] as OpenAIResponsesStreamEvent['type']) {
      case 'response.output_text.delta':
        return saysMore(event) ? undefined : [told.piece(at, key, 'text', textIn(event['delta']) ?? '')]
      case 'response.content_part.added':
        return isText(part) ? [told.piece(at, key, 'text', '')] : undefined
      case 'response.output_item.added':
        if (!isObject(item) || textsOf(item) === undefined) return undefined
        told.item(at, item)
        return []
      case 'response.output_item.done': {
        const texts = isObject(item) && textsOf(item)
        if (!texts) return undefined
        const deltas = this.#rest(told.item(at, item), texts)
        told.kept = [...told.kept, item]
        return [...deltas, told.message('in_progress')]
      }
      case 'response.created':
        if (!isObject(response)) return undefined
        told.begin()
        return [told.start(response)]
      case 'response.completed': {
        const items = isObject(response) && (response['status'] ?? 'completed') === 'completed' && textsOfAll(response)
        return items ? this.#end(response, items) : undefined
      }
      case 'response.in_progress':
      case 'response.output_text.done':
      case 'response.content_part.done':
        return []
      default:
        return undefined
    }
  }

  /** What a response as a whole has beyond what its events told, and how it ended. */
  #end(response: Item, texts: readonly (readonly string[])[]): readonly Delta[] {
    const items = objectsIn(response['output'])
    const deltas = this.#told.match(items).flatMap((each, at) => this.#rest(each, texts[at] ?? []))
    const { usage } = response
    return [
      ...deltas,
      this.#told.conclude(items, 'completed', response),
      ...(isObject(usage) ? [{ type: 'usage', usage: decodeUsage(usage) } as const] : []),
      { type: 'finish', reason: { unified: 'stop', raw: 'completed' } },
    ]
  }

  #rest(item: ToldItem, texts: readonly string[]): Delta[] {
    item.isOver = true
    return texts.flatMap((text, key) => this.#told.rest(this.#told.part(item, key), { type: 'text', text }))
  }
}

/** The texts of all items of a response, or `undefined` where one has more. */
function textsOfAll({ output }: Item): readonly (readonly string[])[] | undefined {
  const texts = objectsIn(output).map(textsOf)
  return texts.every((each) => each !== undefined) ? texts : undefined
}

/** The texts of an item, or `undefined` where it has more. */
function textsOf({ type, content, summary }: Item): readonly string[] | undefined {
  const parts = objectsIn(content)
  if (type === 'reasoning' && parts.length === 0 && objectsIn(summary).length === 0) return []
  return type === 'message' && parts.every(isText) && !parts.some(saysMore)
    ? parts.map(({ text }) => textIn(text) ?? '')
    : undefined
}

function isText(part: unknown): boolean {
  return isObject(part) && part['type'] === 'output_text'
}

function saysMore({ annotations, logprobs }: Item): boolean {
  return objectsIn(annotations).length + objectsIn(logprobs).length > 0
}
