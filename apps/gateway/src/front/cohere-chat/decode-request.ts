import { checkMessages, type Warning, withoutUndefined } from '@interlingua/core'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import type { ChatRequest } from '../chat-request.ts'
import { callersNameBy, renamed, unknownFields } from '../field-names.ts'
import { decodeTools } from '../openai-chat/decode-tools.ts'
import { decodeMessages } from './decode-message.ts'
import { fieldNames, readFieldNames, readFields } from './field-names.ts'

const callersName = callersNameBy(fieldNames, readFieldNames)

/** A request of Cohere's chat in neutral words. Throws a `Refusal` where it is none. */
export function decodeRequest(body: JsonObject): ChatRequest {
  const { model, messages, stream } = body
  if (typeof model !== 'string' || model === '') {
    throw badRequest('a model parameter is required for this endpoint.', 'model')
  }
  if (!Array.isArray(messages) || messages.length === 0) {
    throw badRequest('invalid request: messages must be a list with at least one message', 'messages')
  }
  const warnings: Warning[] = []
  const turns = decodeMessages(messages, warnings)
  checkMessages(turns)
  return {
    protocol: 'cohere-chat',
    model,
    stream: stream === true,
    messages: turns,
    options: {
      ...renamed(body, fieldNames),
      ...decodeTools(body['tools'], warnings),
      ...(body['strict_tools'] === true && { strictTools: true }),
      ...readOthers(body),
    },
    unknown: unknownFields(body, fieldNames, readFields),
    warnings,
    isMixed: false,
    body,
    callersName,
  }
}

function readOthers({ tool_choice: choice, response_format: format, thinking }: JsonObject): JsonObject {
  return withoutUndefined({
    toolChoice: choice === 'REQUIRED' ? 'required' : choice === 'NONE' ? 'none' : undefined,
    responseFormat: isJsonObject(format) ? decodeResponseFormat(format) : undefined,
    thinking: isJsonObject(thinking)
      ? withoutUndefined({ type: thinking['type'] ?? 'enabled', tokenBudget: thinking['token_budget'] ?? undefined })
      : undefined,
  })
}

/** `schema` is the older name of `json_schema`, and is accepted still. */
function decodeResponseFormat({ type, json_schema: schema, schema: older }: JsonObject): JsonObject | undefined {
  if (type === 'text') return undefined
  return withoutUndefined({ type, jsonSchema: schema ?? older ?? undefined })
}
