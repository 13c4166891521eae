import { base64, type BaseCallResponse, type ToolCall, withoutUndefined } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import { carriedFields } from '../carried-fields.ts'
import type { AnswerName } from '../chat-front.ts'
import type { ChatRequest } from '../chat-request.ts'
import { extensionOf } from '../extension.ts'
import { encodeAnnotations } from './annotations.ts'
import { finishReasons } from './finish-reason.ts'
import { encodeLogprobs } from './logprobs.ts'
import { encodeUsage } from './usage.ts'

/** A whole answer as a chat completion. */
export function encodeResponse(response: BaseCallResponse, request: ChatRequest, name: AnswerName): JsonObject {
  const { usage, finishReason, model, id } = response
  return {
    id: id ?? name.id,
    object: 'chat.completion',
    created: Math.floor(name.startedAt / 1_000),
    model,
    choices: [
      {
        index: 0,
        message: encodeMessage(response),
        logprobs: encodeAllLogprobs(response),
        finish_reason: finishReasons[finishReason.unified],
      },
    ],
    usage: encodeUsage(usage),
    interlingua: extensionOf(response, request),
  }
}

function encodeMessage(response: BaseCallResponse): JsonObject {
  const { content, thinking, refusal, toolCalls, citations, message, audio } = response
  return withoutUndefined({
    role: 'assistant',
    content: content === '' && (toolCalls.length > 0 || refusal !== '') ? null : content,
    refusal: refusal === '' ? null : refusal,
    reasoning_content: thinking === '' ? undefined : thinking,
    annotations: encodeAnnotations(citations),
    tool_calls: toolCalls.length > 0 ? toolCalls.map(encodeCall) : undefined,
    audio: audio && { data: base64(audio.data), transcript: audio.transcript ?? '' },
    interlingua: carriedFields(message),
  })
}

/** A call of a tool, as it stands in a message. */
export function encodeCall({ id, name, raw, format }: ToolCall): JsonObject {
  if (format === 'text') return { id, type: 'custom', custom: { name, input: raw } }
  // A call without arguments may have come as no text at all, which clients could not parse.
  return { id, type: 'function', function: { name, arguments: raw.trim() === '' ? '{}' : raw } }
}

function encodeAllLogprobs({ logprobs }: BaseCallResponse): JsonObject | null {
  const ofText = logprobs.filter(({ target }) => target === undefined)
  const ofRefusal = logprobs.filter(({ target }) => target === 'refusal')
  if (ofText.length + ofRefusal.length === 0) return null
  return { content: ofText.map(encodeLogprobs), refusal: ofRefusal.length > 0 ? ofRefusal.map(encodeLogprobs) : null }
}
