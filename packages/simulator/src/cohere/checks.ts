import { badRequest, unrecognized, wrongType, type Problem } from './errors.ts'
import { isObject } from '../json.ts'
import { requiredOf } from '../language/schema.ts'
import { textOf } from './message-text.ts'
import { countFields, schemaProblem } from './schema-problem.ts'
import type { ChatRequest, Message, Tool } from './wire.ts'

/** What is wrong with a conversation. */
export function messagesProblem(messages: readonly Message[]): Problem | undefined {
  const calls = new Set<string>()
  for (const [index, message] of messages.entries()) {
    if (message === null) return wrongType(`messages[${index}]`, 'null', 'Object')
    switch (message.role) {
      case 'system':
        if (messages.slice(0, index).some(({ role }) => role !== 'system')) {
          return badRequest('system turn must be the first in the list')
        }
        break
      case 'user':
        if (isEmpty(message)) return badRequest('message must not be empty in a turn')
        break
      case 'assistant':
        for (const { id, type } of message.tool_calls ?? []) {
          if (type !== 'function') return badRequest('tool call must be of type function')
          if (id && calls.has(id)) return badRequest('cannot have duplicate tool ids')
          if (id) calls.add(id)
        }
        break
      case 'tool': {
        const id = message.tool_call_id
        if (!id) return badRequest('tool call id must be provided with tool message')
        if (!calls.has(id)) return badRequest('tool call id not found in previous tool calls')
        break
      }
      default:
        return unrecognized('role', message.role)
    }
  }
  return undefined
}

function isEmpty(message: Message): boolean {
  if (Array.isArray(message.content) && message.content.some(({ type }) => type === 'image_url')) return false
  return textOf(message) === ''
}

/** What is wrong with the tools. */
export function toolsProblem({ tools, tool_choice, strict_tools }: ChatRequest): Problem | undefined {
  for (const tool of tools ?? []) {
    const name = tool?.function?.name
    if (!name) return badRequest('invalid request: all elements in tools must have a name.')
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) continue
    const rule = "tool names can only contain certain characters (A-Za-z0-9_) and can't begin with a digit"
    return badRequest(`invalid request: ${rule} (provided name: '${name}').`)
  }
  if (tool_choice === 'REQUIRED' && !tools?.length) {
    return badRequest('invalid request: tools must be specified when tool_choice is REQUIRED.')
  }
  return strict_tools ? strictToolsProblem(tools ?? []) : undefined
}

const mostStrictFields = 200

// The rules are documented, the wording of the first two is this package's own.
function strictToolsProblem(tools: readonly Tool[]): Problem | undefined {
  let fields = 0
  for (const { function: tool } of tools) {
    const parameters = tool?.parameters ?? {}
    if (requiredOf(parameters).length === 0) {
      return badRequest(
        `invalid request: tool '${tool?.name}' must have at least one required parameter with strict_tools.`,
      )
    }
    fields += countFields(parameters)
    const problem = schemaProblem(parameters)
    if (problem) return problem
  }
  if (fields <= mostStrictFields) return undefined
  const received = `received ${fields}.`
  return badRequest(
    `invalid request: tools can have at most ${mostStrictFields} fields with strict_tools - ${received}`,
  )
}

/** What is wrong with the documents. */
export function documentsProblem(documents: readonly unknown[]): Problem | undefined {
  const ids = new Map<string, number>()
  for (const [index, document] of documents.entries()) {
    if (typeof document !== 'string' && !isObject(document)) {
      return wrongType('documents', Array.isArray(document) ? 'array' : typeof document, 'Object')
    }
    const data = typeof document === 'string' ? document : document['data']
    if (isNothing(data)) return badRequest(`invalid request: document at index ${index} cannot be empty`)
    const own = isObject(document) ? document['id'] : undefined
    const id = typeof own === 'string' && own !== '' ? own : `doc:${index}`
    const first = ids.get(id)
    if (first !== undefined) {
      return badRequest(`invalid request: duplicate document ID ${id} at index ${index} and ${first}`)
    }
    ids.set(id, index)
  }
  return undefined
}

function isNothing(data: unknown): boolean {
  return isObject(data) ? Object.keys(data).length === 0 : data == null || data === ''
}
