import { base64 } from './image.ts'
import { isObject } from './json.ts'
import type { DocumentPart, TextPart, ToolMessage } from './message.ts'

/**
 * What a model is told of a tool's result.
 *
 * - A text is told as it is, and so is a list of text and document parts.
 * - An object becomes a document, and a list of objects a document each, so that the answer can cite them one by one.
 * - Everything else is told as JSON; nothing at all as `null`.
 *
 * Maps become objects, sets lists, big integers texts, and bytes Base64. Throws where there is no JSON of it, as of an object
 * that contains itself.
 */
export function toolContent(result: unknown): ToolMessage['content'] {
  const value: unknown = JSON.parse(JSON.stringify(result ?? null, replacer) ?? 'null')
  if (typeof value === 'string') return value
  if (isObject(value)) return [{ type: 'document', data: value }]
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value)
  const items: readonly unknown[] = value
  if (items.every(isPart)) return items
  return items.every(isObject) ? items.map((data) => ({ type: 'document', data })) : JSON.stringify(value)
}

// `toJSON` has been called on `value` by now, so the original is looked up.
function replacer(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const original = this[key]
  if (original instanceof Map) return Object.fromEntries(original)
  if (original instanceof Set) return [...original]
  if (typeof original === 'bigint') return String(original)
  if (original instanceof ArrayBuffer) return base64(new Uint8Array(original))
  if (ArrayBuffer.isView(original)) {
    return base64(new Uint8Array(original.buffer, original.byteOffset, original.byteLength))
  }
  return value
}

function isPart(item: unknown): item is TextPart | DocumentPart {
  if (!isObject(item)) return false
  const { type, text, data } = item
  return type === 'text'
    ? typeof text === 'string'
    : type === 'document' && (typeof data === 'string' || isObject(data))
}
