import { isObject } from './json.ts'
import { checkBytes, checkImage } from './image-check.ts'
import { invalidRequest, kindOf } from './invalid-request.ts'

/** The types of parts that messages of each role consist of. */
const partTypes: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['system', ['text']],
  ['user', ['text', 'image', 'audio', 'file']],
  ['assistant', ['text', 'thinking', 'refusal', 'audio']],
  ['tool', ['text', 'document', 'image', 'file']],
])

/**
 * Checks that messages are what their types say, which nothing else does for plain JavaScript. Throws an error of code
 * `invalid_request` that names the place: whatever would be sent instead, somebody else would have said it.
 */
export function checkMessages(messages: readonly unknown[]): void {
  for (const [index, message] of messages.entries()) checkMessage(message, `messages[${index}]`)
}

function checkMessage(message: unknown, field: string): void {
  if (!isObject(message)) {
    throw invalidRequest(field, `a message is an object with \`role\` and \`content\`, and this is ${kindOf(message)}.`)
  }
  const { role, content } = message
  const types = partTypes.get(role)
  if (types === undefined) {
    const found = typeof role === 'string' ? JSON.stringify(role) : kindOf(role)
    const roles = [...partTypes.keys()].join(', ')
    throw invalidRequest(
      `${field}.role`,
      `the roles are ${roles}, and this is ${found}. Instructions are of \`system\`.`,
    )
  }
  if (typeof content !== 'string') {
    for (const [index, part] of listOf(content, `${field}.content`, 'a text or an array of parts').entries()) {
      checkPart(part, types, `${field}.content[${index}]`)
    }
  }
  if (role === 'tool') checkText(message, 'toolCallId', field)
  if (role === 'assistant') checkAssistant(message, field)
}

function checkAssistant({ toolCalls = [], citations = [] }: Record<string, unknown>, field: string): void {
  for (const [index, call] of listOf(toolCalls, `${field}.toolCalls`).entries()) {
    const place = `${field}.toolCalls[${index}]`
    checkText(call, 'id', place)
    checkText(call, 'name', place)
  }
  for (const [index, citation] of listOf(citations, `${field}.citations`).entries()) {
    const place = `${field}.citations[${index}].sources`
    const sources = listOf(isObject(citation) ? citation['sources'] : undefined, place)
    if (!sources.every(isObject)) throw invalidRequest(place, 'a source is an object.')
  }
}

function checkPart(part: unknown, types: readonly string[], field: string): void {
  const type = isObject(part) ? part['type'] : undefined
  if (!isObject(part) || typeof type !== 'string' || !types.includes(type)) {
    const found = typeof type === 'string' ? JSON.stringify(type) : kindOf(isObject(part) ? type : part)
    throw invalidRequest(field, `a part is an object of type ${types.join(' or ')} here, and this is ${found}.`)
  }
  if (type === 'image') return checkImage(part, field)
  if (type === 'audio') return checkBytes(part, field)
  if (type === 'file') return 'id' in part ? checkText(part, 'id', field) : checkImage(part, field)
  if (type !== 'document') return checkText(part, 'text', field)
  const { data } = part
  if (typeof data === 'string' || isObject(data)) return
  throw invalidRequest(`${field}.data`, `a document is a text or an object of fields, and this is ${kindOf(data)}.`)
}

function listOf(value: unknown, field: string, what = 'an array'): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidRequest(field, `this has to be ${what}, and is ${kindOf(value)}.`)
  return value
}

function checkText(owner: unknown, name: string, field: string): void {
  const value = isObject(owner) ? owner[name] : undefined
  if (typeof value !== 'string')
    throw invalidRequest(`${field}.${name}`, `this has to be a text, and is ${kindOf(value)}.`)
}
