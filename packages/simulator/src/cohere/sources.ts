import { isObject, parsedJson, textOfJson, type JsonObject } from '../json.ts'
import type { ContentPart, Message, Source } from './wire.ts'

/** The documents of a request as sources; those without an id get the recorded `doc:0`, `doc:1`, … */
export function documentSources(documents: readonly unknown[]): Source[] {
  return documents.map((document, index) => {
    const own = isObject(document) ? document['id'] : undefined
    const id = typeof own === 'string' && own !== '' ? own : `doc:${index}`
    const data = isObject(document) ? document['data'] : document
    return { type: 'document', id, document: { id, ...fieldsOf(data, 'text') } }
  })
}

/** The results of tools at the end of a conversation as sources, with the recorded ids `<tool_call_id>:0`, … */
export function toolSources(messages: readonly Message[]): Source[] {
  const last = messages.findLastIndex(({ role }) => role !== 'tool')
  return resultSources(messages.slice(last + 1))
}

/** The results of tools in all of a conversation as sources. */
export function resultSources(messages: readonly Message[]): Source[] {
  return messages.flatMap((message) => {
    if (message.role !== 'tool') return []
    const { content } = message
    const parts: readonly ContentPart[] =
      typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])
    return parts.map((part, index) => ({
      type: 'tool' as const,
      id: `${message.tool_call_id ?? ''}:${index}`,
      tool_output: outputOf(part),
    }))
  })
}

/** The texts in a source that can be quoted, with the names of their fields. */
export function textsOf(source: Source): (readonly [string, string])[] {
  const fields = source.document ?? source.tool_output ?? {}
  return Object.entries(fields).flatMap(([name, value]) =>
    name === 'id' && source.document ? [] : leaves(name, value),
  )
}

function outputOf(part: ContentPart): JsonObject {
  const { document } = part
  if (document === undefined || document === null) return { content: part.text ?? '' }
  return fieldsOf(isObject(document) ? (document['data'] ?? document) : document, 'content')
}

// Data may be an object, the JSON of one, or any text.
function fieldsOf(data: unknown, name: string): JsonObject {
  if (isObject(data)) return data
  const parsed = typeof data === 'string' ? parsedJson(data) : undefined
  return isObject(parsed) ? parsed : { [name]: data }
}

function leaves(name: string, value: unknown): (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((item) => leaves(name, item))
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => leaves(key, item))
  const text = textOfJson(value)
  return text === '' ? [] : [[name, text]]
}
