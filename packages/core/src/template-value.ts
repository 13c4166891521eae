import type { ImagePart } from './image.ts'
import { isObject } from './json.ts'
import type { Message, TextPart } from './message.ts'
import { templateError, type TemplatePlaceholder } from './template-placeholder.ts'
import type { UserPart } from './template-specifier.ts'

/** Throws an error that says what is wrong with a value, and where its variable stands. */
type Reject = (problem: string) => never

/** The text that a variable stands for. */
export function textOf(placeholder: TemplatePlaceholder, variables: unknown): string {
  const value = valueOf(placeholder, variables)
  const reject = rejectionOf(placeholder)
  if (placeholder.use === 'value') return written(value, reject)
  const items = itemsOf(value, reject)
  if (placeholder.use === 'list') return linesOf(items, reject)
  return items.map((paragraph) => linesOf(itemsOf(paragraph, reject), reject)).join('\n\n')
}

/** The parts that a variable stands for. */
export function partsOf(placeholder: TemplatePlaceholder, variables: unknown): UserPart[] {
  const { use, detail } = placeholder
  const value = valueOf(placeholder, variables)
  const reject = rejectionOf(placeholder)
  const values = use === 'texts' || use === 'images' || use === 'parts' ? itemsOf(value, reject) : [value]
  return values.map((each) => {
    if (use === 'image' || use === 'images') return imageOf(each, detail, reject)
    if (use === 'text' || use === 'texts')
      return isTextPart(each) ? each : { type: 'text', text: written(each, reject) }
    return isTextPart(each) || isImagePart(each)
      ? each
      : reject(`takes a part of a user message, and got ${kindOf(each)}`)
  })
}

/** The messages that a variable stands for. */
export function messagesIn(placeholder: TemplatePlaceholder, variables: unknown): Message[] {
  const reject = rejectionOf(placeholder)
  return itemsOf(valueOf(placeholder, variables), reject).map((each) =>
    isMessage(each) ? each : reject(`takes messages, and got ${kindOf(each)}`),
  )
}

function rejectionOf(placeholder: TemplatePlaceholder): Reject {
  return (problem) => {
    throw templateError(placeholder, `${placeholder.source} ${problem}.`)
  }
}

function valueOf(placeholder: TemplatePlaceholder, variables: unknown): unknown {
  let value = variables
  for (const [depth, name] of placeholder.path.entries()) {
    const parent = placeholder.path.slice(0, depth).join('.') || 'the variables'
    if (value === null || value === undefined) rejectionOf(placeholder)(`is missing: ${parent} is ${String(value)}`)
    // A text has a length, too.
    const object = Object(value) as Readonly<Record<string, unknown>>
    // What every object has, such as `constructor`, nobody has given.
    const given = name in object && (!(name in Object.prototype) || Object.hasOwn(object, name))
    if (!given) rejectionOf(placeholder)(`is missing: there is no ${name} in ${parent}`)
    value = object[name]
  }
  return value
}

function written(value: unknown, reject: Reject): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'undefined':
      return ''
    default:
      if (value === null) return ''
      return reject(
        `is written as text, and got ${kindOf(value)}${Array.isArray(value) ? ': say how, with :list' : ''}`,
      )
  }
}

function linesOf(values: readonly unknown[], reject: Reject): string {
  return values.map((value) => written(value, reject)).join('\n')
}

function itemsOf(value: unknown, reject: Reject): readonly unknown[] {
  return Array.isArray(value) ? value : reject(`takes a list, and got ${kindOf(value)}`)
}

// An address is never opened here. A path of a file is none, and a server is asked by nobody but the provider.
function imageOf(value: unknown, detail: ImagePart['detail'], reject: Reject): ImagePart {
  const url = value instanceof URL ? value.href : value
  if (typeof url === 'string') {
    if (!/^(https|data):/i.test(url)) return reject('takes an image, or its https: or data: URL, and got another text')
    return { type: 'image', url, ...(detail && { detail }) }
  }
  if (!isImagePart(value)) return reject(`takes an image, or its https: or data: URL, and got ${kindOf(value)}`)
  // An image knows better than the template how closely it is to be looked at.
  return detail && value.detail === undefined ? { ...value, detail } : value
}

function isTextPart(value: unknown): value is TextPart {
  return isObject(value) && value['type'] === 'text' && typeof value['text'] === 'string'
}

function isImagePart(value: unknown): value is ImagePart {
  if (!isObject(value) || value['type'] !== 'image') return false
  return (
    typeof value['url'] === 'string' || (value['data'] instanceof Uint8Array && typeof value['mediaType'] === 'string')
  )
}

const roles = new Set<unknown>(['system', 'user', 'assistant', 'tool'] satisfies Message['role'][])

function isMessage(value: unknown): value is Message {
  return (
    isObject(value) &&
    roles.has(value['role']) &&
    (typeof value['content'] === 'string' || Array.isArray(value['content']))
  )
}

/** What a value is, for errors. The value itself may be long, or secret. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
