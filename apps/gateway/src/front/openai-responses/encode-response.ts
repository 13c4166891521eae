import type { BaseCallResponse, Delta } from '@interlingua/core'
import type { JsonObject } from '../../json-object.ts'
import type { AnswerName } from '../chat-front.ts'
import type { ChatRequest } from '../chat-request.ts'
import { ItemWriter } from './item-writer.ts'
import { endedResponse } from './response-object.ts'

/** A whole answer as the Responses API tells it: of the same items that a stream of it would have brought. */
export function encodeResponse(response: BaseCallResponse, request: ChatRequest, name: AnswerName): JsonObject {
  const writer = new ItemWriter(response.provider)
  for (const delta of deltasOf(response)) writer.write(delta)
  writer.end()
  return endedResponse(response, { id: response.id ?? name.id, output: writer.output }, request, name)
}

function* deltasOf({ message, citations, logprobs, toolCalls }: BaseCallResponse): Generator<Delta> {
  const { content, plan } = message
  if (plan !== undefined) yield { type: 'plan', text: plan }
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  for (const [index, part] of parts.entries()) {
    if (part.type === 'audio') yield { type: 'text', index, text: part.transcript ?? '' }
    else yield { type: part.type, index, text: part.text }
    if (part.type !== 'text') continue
    for (const citation of citations) yield { type: 'citation', citation }
    for (const each of logprobs) if (each.target === undefined) yield { type: 'logprobs', logprobs: each }
  }
  for (const [index, { id, name, raw, format }] of toolCalls.entries()) {
    yield { type: 'tool-call-start', index, id, name, ...(format && { format }) }
    yield { type: 'tool-call-delta', index, text: raw }
    yield { type: 'tool-call-end', index }
  }
}
