import type { JsonObject } from '../../json.ts'
import { isObject, objectsIn, stringsIn, textOfJson } from '../../json.ts'
import type { Call } from '../../route.ts'
import { readBody } from '../body.ts'
import { badRequest, type Problem } from '../errors.ts'
import { any, flag, float, integer, list, object, text } from '../shape.ts'
import type { ChatRequest } from '../wire.ts'
import { messagesOf } from './history.ts'

// The fields of https://docs.cohere.com/v1/reference/chat.
const fields = {
  message: text,
  model: text,
  stream: flag,
  preamble: text,
  chat_history: list(object),
  conversation_id: text,
  prompt_truncation: text,
  connectors: list(any),
  search_queries_only: flag,
  documents: list(object),
  citation_quality: text,
  temperature: float,
  max_tokens: integer,
  max_input_tokens: integer,
  k: integer,
  p: float,
  seed: integer,
  stop_sequences: list(text),
  frequency_penalty: float,
  presence_penalty: float,
  raw_prompting: flag,
  tools: list(object),
  tool_results: list(object),
  force_single_step: flag,
  response_format: object,
  safety_mode: text,
}
const roles = new Set(['USER', 'CHATBOT', 'SYSTEM', 'TOOL'])

/** A v1 request: its own fields, the v2 request that asks the same, and what is to be warned of. */
export interface V1Request {
  readonly json: JsonObject
  readonly chat: ChatRequest
  readonly warnings: readonly string[]
}

/** Reads a v1 request, or says what is wrong with it. */
export function readV1Request(call: Call): V1Request | Problem {
  const body = readBody(call, { page: 'chat', version: 1, fields })
  if ('status' in body) return body
  const { json, warnings } = body
  const problem = problemOf(json)
  if (problem) return problem
  const messages = messagesOf(json)
  const { stream, documents, tools, response_format, citation_quality } = json
  const mode = typeof citation_quality === 'string' ? { mode: citation_quality } : undefined
  const chat: ChatRequest = {
    model: typeof json['model'] === 'string' ? json['model'] : 'command-a-03-2025',
    messages,
    stream: stream === true,
    ...(mode && { citation_options: mode }),
    ...(documents !== undefined && { documents: objectsIn(documents).map(documentOf) }),
    ...(tools !== undefined && { tools: objectsIn(tools).map(toolOf) }),
    ...(isObject(response_format) && { response_format }),
    ...sampling(json),
  }
  return { json, chat, warnings }
}

function problemOf({ message, chat_history, tool_results, tools }: JsonObject): Problem | undefined {
  if (objectsIn(tools).some(({ name }) => typeof name !== 'string' || name === '')) {
    return badRequest('invalid request: all elements in tools must have a name.')
  }
  for (const [index, turn] of objectsIn(chat_history).entries()) {
    if (!roles.has(textOfJson(turn['role']).toUpperCase())) {
      const allowed = 'Role must be one of the following: User, Chatbot, System, Tool'
      return badRequest(`invalid request: Invalid role in chat_history at index ${index}. ${allowed}`)
    }
    if (turn['message'] === undefined && turn['tool_results'] === undefined && turn['tool_calls'] === undefined) {
      return badRequest('invalid request: all elements in history must have a message.')
    }
  }
  if ((typeof message === 'string' && message !== '') || objectsIn(tool_results).length > 0) return undefined
  return badRequest('invalid request: message must be at least 1 token long or tool results must be specified.')
}

function sampling(json: JsonObject): Partial<ChatRequest> {
  const names = [
    'max_tokens',
    'stop_sequences',
    'temperature',
    'seed',
    'frequency_penalty',
    'presence_penalty',
    'k',
    'p',
    'safety_mode',
  ]
  return Object.fromEntries(names.flatMap((name) => (json[name] === undefined ? [] : [[name, json[name]]])))
}

function documentOf(document: JsonObject, index: number): JsonObject {
  const { id, ...data } = document
  return { id: textOfJson(id) || `doc_${index}`, data }
}

function toolOf({
  name,
  description,
  parameter_definitions: definitions,
}: JsonObject): NonNullable<ChatRequest['tools']>[number] {
  const entries = Object.entries(isObject(definitions) ? definitions : {})
  const required = entries.filter(([, definition]) => isObject(definition) && definition['required'] === true)
  const properties = entries.map(([key, definition]) => [
    key,
    isObject(definition) ? { type: definition['type'], description: definition['description'] } : {},
  ])
  return {
    type: 'function',
    function: {
      name: textOfJson(name),
      description: stringsIn([description])[0] ?? '',
      parameters: {
        type: 'object',
        properties: Object.fromEntries(properties),
        required: required.map(([key]) => key),
      },
    },
  }
}
