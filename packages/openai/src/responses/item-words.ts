import { jsonTextIn, textIn } from '@interlingua/core/adapter'
import { type Item, objectsIn } from './item.ts'

/** What an item says in neutral words: a text, a thought or a refusal. */
export interface ItemPart {
  /** Tells the parts of an item apart: contents are counted from 0 up, parts of a summary from -1 down. */
  readonly key: number
  readonly type: 'text' | 'thinking' | 'refusal'
  readonly text: string
  readonly annotations: readonly Item[]
  readonly logprobs: readonly Item[]
}

/** A tool call in neutral words. */
export interface ItemCall {
  readonly id: string
  /** As it stands on the wire. */
  readonly name: string
  readonly raw: string
  readonly format?: 'text'
}

/** The key of a part of a reasoning item's summary. */
export function summaryKey(index: number): number {
  return -1 - index
}

/** The parts of an item that have a neutral word, in order. */
export function partsOf(item: Item): readonly ItemPart[] {
  const { type } = item
  if (type === 'reasoning') {
    return [
      ...objectsIn(item['summary']).map((part, index) => textPart(summaryKey(index), 'thinking', part)),
      ...objectsIn(item['content']).map((part, index) => textPart(index, 'thinking', part)),
    ]
  }
  if (type !== 'message') return []
  return objectsIn(item['content']).flatMap((part, index): ItemPart[] => {
    if (part['type'] === 'refusal')
      return [{ ...textPart(index, 'refusal', part), text: textIn(part['refusal']) ?? '' }]
    return part['type'] === 'output_text' ? [textPart(index, 'text', part)] : []
  })
}

/** The types of the parts of a message that have no neutral word. */
export function unknownPartsOf(item: Item): readonly string[] {
  if (item['type'] !== 'message') return []
  return objectsIn(item['content']).flatMap(({ type }) =>
    typeof type === 'string' && type !== 'output_text' && type !== 'refusal' ? [type] : [],
  )
}

/** The tool call that an item is; `undefined` where it is none that the caller's tools answer. */
export function callOf(item: Item): ItemCall | undefined {
  const head = { id: textIn(item['call_id']) ?? textIn(item['id']) ?? '', name: textIn(item['name']) ?? '' }
  if (item['type'] === 'function_call') return { ...head, raw: jsonTextIn(item['arguments']) }
  if (item['type'] === 'custom_tool_call') return { ...head, raw: textIn(item['input']) ?? '', format: 'text' }
  return undefined
}

function textPart(key: number, type: ItemPart['type'], part: Item): ItemPart {
  const { text, annotations, logprobs } = part
  return { key, type, text: textIn(text) ?? '', annotations: objectsIn(annotations), logprobs: objectsIn(logprobs) }
}
