import { checkMessages, type Warning, withoutUndefined } from '@interlingua/core'
import { isJsonObject, type JsonObject, textOf } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import type { ChatRequest } from '../chat-request.ts'
import { callersNameBy, renamed, unknownFields } from '../field-names.ts'
import { fieldNames, readFieldNames, readFields } from './field-names.ts'
import { decodeMessages } from './decode-message.ts'
import { decodeToolChoice, decodeTools } from './decode-tools.ts'

const callersName = callersNameBy(fieldNames, readFieldNames)

/** A chat completion's request in neutral words. Throws a `Refusal` where it is none. */
export function decodeRequest(body: JsonObject): ChatRequest {
  const { model, messages, stream } = body
  if (typeof model !== 'string' || model === '') throw badRequest('you must provide a model parameter', 'model')
  if (!Array.isArray(messages) || messages.length === 0) {
    throw badRequest("Missing required parameter: 'messages'.", 'messages')
  }
  if (stream !== undefined && stream !== null && typeof stream !== 'boolean') {
    throw badRequest("Invalid type for 'stream': expected a boolean.", 'stream')
  }
  const warnings: Warning[] = []
  const turns = decodeMessages(messages, warnings)
  checkMessages(turns)
  return {
    protocol: 'openai-chat',
    model,
    stream: stream === true,
    messages: turns,
    options: {
      ...renamed(body, fieldNames),
      ...withoutUndefined({ ...decodeTools(body['tools'], warnings), ...decodeToolChoice(body['tool_choice']) }),
      ...readOthers(body),
    },
    unknown: unknownFields(body, fieldNames, readFields),
    warnings,
    isMixed: messages.some(isAnothers),
    body,
    callersName,
  }
}

/** OpenAI's own messages have neither of these. */
function isAnothers(message: unknown): boolean {
  return isJsonObject(message) && ('interlingua' in message || 'reasoning_content' in message)
}

function readOthers(body: JsonObject): JsonObject {
  const { n, stop, prediction, web_search_options: search, parallel_tool_calls: parallel } = body
  return withoutUndefined({
    maxTokens: body['max_completion_tokens'] ?? body['max_tokens'] ?? undefined,
    stop: typeof stop === 'string' ? [stop] : (stop ?? undefined),
    // A translated answer is one: to ask for more would be to pay for what nobody sees. No adapter knows this name, so all tell.
    choices: n === 1 || n === null ? undefined : n,
    // What is the default need not be told to a provider that has no word for it.
    parallelToolCalls: parallel === true || parallel === null ? undefined : parallel,
    responseFormat: decodeResponseFormat(body['response_format']),
    prediction: isJsonObject(prediction) ? textOf(prediction['content']) : undefined,
    webSearch: isJsonObject(search) ? decodeWebSearch(search) : undefined,
  })
}

/** The form of the answer, in the words that all adapters have for it. */
export function decodeResponseFormat(format: unknown): JsonObject | undefined {
  if (!isJsonObject(format)) return undefined
  const { type } = format
  if (type === 'text') return undefined
  const named = isJsonObject(format['json_schema']) ? format['json_schema'] : {}
  const { name, description, strict } = named
  // Compatible servers have the schema beside `json_object`.
  const jsonSchema = named['schema'] ?? format['schema']
  return withoutUndefined({ type, jsonSchema, name, description, strict: strict ?? undefined })
}

function decodeWebSearch(options: JsonObject): JsonObject {
  const { search_context_size: searchContextSize, user_location: location } = options
  const place = isJsonObject(location) ? location['approximate'] : undefined
  return withoutUndefined({ searchContextSize, userLocation: isJsonObject(place) ? place : undefined })
}
