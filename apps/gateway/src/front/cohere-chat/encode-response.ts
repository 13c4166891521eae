import { type BaseCallResponse, withoutUndefined } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import type { AnswerName } from '../chat-front.ts'
import type { ChatRequest } from '../chat-request.ts'
import { extensionOf } from '../extension.ts'
import { encodeCall } from '../openai-chat/encode-response.ts'
import { encodeCitation } from './encode-citation.ts'
import { finishReasons } from './finish-reason.ts'
import { encodeUsage } from './usage.ts'

/** A whole answer as Cohere's chat tells it. */
export function encodeResponse(response: BaseCallResponse, request: ChatRequest, name: AnswerName): JsonObject {
  const { usage, finishReason, logprobs } = response
  return withoutUndefined({
    id: response.id ?? name.id,
    finish_reason: finishReasons[finishReason.unified],
    message: encodeMessage(response),
    usage: encodeUsage(usage),
    logprobs:
      logprobs.length > 0
        ? logprobs.map((each) =>
            withoutUndefined({ text: each.text, token_ids: each.tokenIds ?? [], logprobs: each.logprobs }),
          )
        : undefined,
    interlingua: extensionOf(response, request),
  })
}

function encodeMessage({ message, toolCalls, citations }: BaseCallResponse): JsonObject {
  const { content, plan } = message
  const said = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  const parts = said.flatMap((part): JsonObject[] => {
    if (part.type === 'audio') return part.transcript ? [{ type: 'text', text: part.transcript }] : []
    // Cohere has no refusals: what is said is a text.
    return part.type === 'thinking' ? [{ type: 'thinking', thinking: part.text }] : [{ type: 'text', text: part.text }]
  })
  const asked = toolCalls.length > 0
  return withoutUndefined({
    role: 'assistant',
    content: parts.length > 0 || !asked ? parts : undefined,
    tool_plan: plan,
    tool_calls: asked ? toolCalls.map(encodeCall) : undefined,
    citations: citations.length > 0 ? citations.map(encodeCitation) : undefined,
  })
}
