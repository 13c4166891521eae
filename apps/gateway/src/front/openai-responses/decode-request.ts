import { checkMessages, type Message, type Warning, withoutUndefined } from '@interlingua/core'
import { isJsonObject, type JsonObject, objectsOf } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'
import type { ChatRequest } from '../chat-request.ts'
import { callersNameBy, renamed, unknownFields } from '../field-names.ts'
import { decodeResponseFormat } from '../openai-chat/decode-request.ts'
import { decodeToolChoice, decodeTools } from '../openai-chat/decode-tools.ts'
import { decodeInput } from './decode-input.ts'
import { isOwnId } from './item-id.ts'
import { fieldNames, readFieldNames, readFields } from './field-names.ts'

const callersName = callersNameBy(fieldNames, readFieldNames)

/** A request of the Responses API in neutral words. Throws a `Refusal` where it is none. */
export function decodeRequest(body: JsonObject): ChatRequest {
  const { model, input, instructions, stream } = body
  if (typeof model !== 'string' || model === '') throw badRequest("Missing required parameter: 'model'.", 'model')
  if (typeof input !== 'string' && !Array.isArray(input) && keptAt(body) === undefined) {
    throw badRequest("Missing required parameter: 'input'.", 'input')
  }
  const warnings: Warning[] = []
  const turns = decodeInput(input, warnings)
  const messages: Message[] =
    typeof instructions === 'string' ? [{ role: 'system', content: instructions }, ...turns] : turns
  checkMessages(messages)
  return {
    protocol: 'openai-responses',
    model,
    stream: stream === true,
    messages,
    options: {
      ...renamed(body, fieldNames),
      ...withoutUndefined({ ...decodeTools(functionsOf(body), warnings), ...decodeToolChoice(body['tool_choice']) }),
      ...readOthers(body),
    },
    unknown: unknownFields(body, fieldNames, readFields),
    warnings,
    isMixed: objectsOf(input).some(({ id }) => isOwnId(id)),
    body,
    callersName,
  }
}

/** What stands for a conversation that OpenAI keeps; the gateway keeps none. */
export function keptAt(body: JsonObject): string | undefined {
  return ['previous_response_id', 'conversation', 'prompt'].find(
    (field) => body[field] !== undefined && body[field] !== null,
  )
}

function isFunction({ type }: JsonObject): boolean {
  return type === 'function' || type === 'custom'
}

function functionsOf({ tools }: JsonObject): readonly JsonObject[] {
  return objectsOf(tools).filter(isFunction)
}

function readOthers(body: JsonObject): JsonObject {
  const { reasoning, text, include, parallel_tool_calls: parallel, store, truncation } = body
  const { effort } = isJsonObject(reasoning) ? reasoning : {}
  const { format, verbosity } = isJsonObject(text) ? text : {}
  const builtIn = objectsOf(body['tools']).filter((tool) => !isFunction(tool))
  const included: readonly unknown[] = Array.isArray(include) ? include : []
  return withoutUndefined({
    reasoningEffort: effort ?? undefined,
    // A summary comes wherever there are thoughts.
    verbosity: verbosity ?? undefined,
    responseFormat: decodeFormat(format),
    builtInTools: builtIn.length > 0 ? builtIn : undefined,
    parallelToolCalls: parallel === true || parallel === null ? undefined : parallel,
    logprobs: included.includes('message.output_text.logprobs') || undefined,
    // The gateway keeps nothing; to be kept by OpenAI is asked of nobody else.
    store: store === true ? true : undefined,
    truncation: truncation === 'auto' ? truncation : undefined,
  })
}

/** The schema stands beside its name here, and not within a member of its own. */
function decodeFormat(format: unknown): JsonObject | undefined {
  if (!isJsonObject(format)) return undefined
  const { type, ...schema } = format
  return decodeResponseFormat({ type, json_schema: schema })
}
