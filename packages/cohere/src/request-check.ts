import { isObject } from '@interlingua/core/adapter'
import { invalidRequest, kindOf } from '@interlingua/core/encoding'

/** What is checked beside the messages. It may be anything where it comes from plain JavaScript. */
export interface CheckedRequest {
  readonly tools?: unknown
  readonly toolChoice?: unknown
  readonly documents?: unknown
  readonly stop?: unknown
}

/**
 * Checks what Cohere refuses, and what nothing else could be sent for: tools that cannot be told apart, documents that say
 * nothing. Throws an error of code `invalid_request` that names the place.
 */
export function checkRequest({ tools = [], toolChoice = 'auto', documents = [], stop = [] }: CheckedRequest): void {
  checkTools(listOf(tools, 'tools'))
  checkToolChoice(toolChoice)
  checkDocuments(listOf(documents, 'documents'))
  for (const [index, text] of listOf(stop, 'stop').entries()) {
    if (typeof text !== 'string')
      throw invalidRequest(`stop[${index}]`, `this has to be a text, and is ${kindOf(text)}.`)
  }
}

function checkTools(tools: readonly unknown[]): void {
  const names = new Map<string, number>()
  for (const [index, tool] of tools.entries()) {
    const { name, parameters } = isObject(tool) ? tool : {}
    const field = `tools[${index}]`
    if (typeof name !== 'string' || name === '') {
      throw invalidRequest(`${field}.name`, `a tool needs a name, and this is ${name === '' ? 'empty' : kindOf(name)}.`)
    }
    const first = names.get(name)
    if (first !== undefined) throw invalidRequest(`${field}.name`, `tools[${first}] is ${JSON.stringify(name)} too.`)
    names.set(name, index)
    if (isObject(parameters)) continue
    throw invalidRequest(`${field}.parameters`, `a tool needs a JSON Schema, and this is ${kindOf(parameters)}.`)
  }
}

function checkToolChoice(choice: unknown): void {
  if (
    isObject(choice) ? typeof choice['name'] === 'string' : ['auto', 'required', 'none'].some((word) => word === choice)
  ) {
    return
  }
  const found = typeof choice === 'string' ? JSON.stringify(choice) : kindOf(choice)
  throw invalidRequest('toolChoice', `the choices are auto, required, none and { name }, and this is ${found}.`)
}

/** Cohere: "document at index 0 cannot be empty", and the same of an id that two documents have. */
function checkDocuments(documents: readonly unknown[]): void {
  const ids = new Map<unknown, number>()
  for (const [index, document] of documents.entries()) {
    const field = `documents[${index}]`
    const { id, data } = isObject(document) ? document : { data: document }
    if (typeof data !== 'string' && !isObject(data)) {
      throw invalidRequest(field, `a document has a text or an object of fields, and this is ${kindOf(data)}.`)
    }
    if (data === '' || (isObject(data) && Object.keys(data).length === 0)) {
      throw invalidRequest(field, 'this document is empty, which Cohere does not take.')
    }
    if (id === undefined) continue
    const first = ids.get(id)
    if (first !== undefined)
      throw invalidRequest(`${field}.id`, `documents[${first}] has the id ${JSON.stringify(id)} too.`)
    ids.set(id, index)
  }
}

function listOf(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidRequest(field, `this has to be an array, and is ${kindOf(value)}.`)
  return value
}
