import type { BaseCallResponse } from '@interlingua/core'
import { isJsonObject, type JsonObject } from '../../json-object.ts'
import type { AnswerName } from '../chat-front.ts'
import type { ChatRequest } from '../chat-request.ts'
import { extensionOf } from '../extension.ts'
import { encodeUsage } from './usage.ts'

/** How far a response has come. */
export interface ResponseState {
  readonly id: string
  readonly model: string
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed'
  readonly output: readonly JsonObject[]
  readonly usage?: JsonObject | null
  readonly error?: JsonObject | null
  readonly incompleteReason?: string | undefined
}

/** The object that a response is, with all that the request said of it. */
export function responseObject(state: ResponseState, { body }: ChatRequest, { startedAt }: AnswerName): JsonObject {
  const { id, model, status, output, usage = null, error = null, incompleteReason } = state
  const { text, reasoning } = body
  return {
    id,
    object: 'response',
    created_at: Math.floor(startedAt / 1_000),
    status,
    background: false,
    completed_at: status === 'completed' ? Math.floor(Date.now() / 1_000) : null,
    error,
    incomplete_details: incompleteReason === undefined ? null : { reason: incompleteReason },
    instructions: body['instructions'] ?? null,
    max_output_tokens: body['max_output_tokens'] ?? null,
    max_tool_calls: body['max_tool_calls'] ?? null,
    model,
    output,
    parallel_tool_calls: body['parallel_tool_calls'] ?? true,
    previous_response_id: null,
    prompt_cache_key: body['prompt_cache_key'] ?? null,
    reasoning: isJsonObject(reasoning)
      ? { effort: null, summary: null, ...reasoning }
      : { effort: null, summary: null },
    safety_identifier: body['safety_identifier'] ?? null,
    service_tier: 'default',
    // The gateway keeps nothing.
    store: false,
    temperature: body['temperature'] ?? 1,
    text: isJsonObject(text) ? { format: { type: 'text' }, ...text } : { format: { type: 'text' } },
    tool_choice: body['tool_choice'] ?? 'auto',
    tools: body['tools'] ?? [],
    top_logprobs: body['top_logprobs'] ?? 0,
    top_p: body['top_p'] ?? 1,
    truncation: body['truncation'] ?? 'disabled',
    usage,
    user: body['user'] ?? null,
    metadata: body['metadata'] ?? {},
  }
}

/** What an answer ended with. */
function endedState(response: BaseCallResponse): Pick<ResponseState, 'status' | 'usage' | 'incompleteReason'> {
  const usage = encodeUsage(response.usage)
  const { unified } = response.finishReason
  if (unified === 'length') return { status: 'incomplete', usage, incompleteReason: 'max_output_tokens' }
  if (unified === 'content_filter') return { status: 'incomplete', usage, incompleteReason: 'content_filter' }
  return { status: 'completed', usage }
}

/** A response that has ended, with what is told beside it. */
export function endedResponse(
  response: BaseCallResponse,
  { id, output }: Pick<ResponseState, 'id' | 'output'>,
  request: ChatRequest,
  name: AnswerName,
): JsonObject {
  const state = { id, model: response.model, output, ...endedState(response) }
  return { ...responseObject(state, request, name), interlingua: extensionOf(response, request) }
}
