import {
  type Delta,
  isObject,
  itemsIn,
  jsonTextIn,
  type Loose,
  numberIn,
  parseObject,
  textIn,
  type TokenLogprobs,
  type Warning,
  type WireEvent,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { CohereCallResponseChunk } from './chunk.ts'
import { decodeCitation } from './citation.ts'
import { decodeFinishReason } from './finish-reason.ts'
import { decodeUsage } from './usage.ts'
import type { CohereStreamEvent, MessageEndEvent, WireLogprobs, WireResponse, WireToolCall } from './wire.ts'

/** The caller's names of tools by the names that were sent. */
type ToolNamesByWire = ReadonlyMap<string, string>

const nothing: readonly Delta[] = []

/**
 * One event of the stream as a chunk. `[DONE]`, which ends every recorded stream and is in no document, has none. Events
 * that are new, or that lack what they should have, change nothing and are kept.
 */
export function decodeEvent({ data }: WireEvent, toolNames: ToolNamesByWire): CohereCallResponseChunk | undefined {
  if (data === '[DONE]') return undefined
  const event = parseObject(data) as CohereStreamEvent & Record<string, unknown>
  return new CohereCallResponseChunk(event, decodeDeltas(event, toolNames))
}

function decodeDeltas(event: Loose<CohereStreamEvent>, toolNames: ToolNamesByWire): readonly Delta[] {
  switch (event.type) {
    case 'content-delta': {
      const delta = decodeContent(event.delta?.message?.content, indexOf(event))
      if (!event.logprobs) return delta ? [delta] : nothing
      const logprobs: Delta = { type: 'logprobs', logprobs: decodeLogprobs(event.logprobs) }
      return delta ? [delta, logprobs] : [logprobs]
    }
    case 'content-start':
      return decodePart(event.delta?.message?.content, indexOf(event))
    case 'tool-plan-delta':
      return decodePlan(event.delta?.message?.tool_plan)
    case 'tool-call-start':
      return startToolCall(event.delta?.message?.tool_calls ?? {}, indexOf(event), toolNames)
    case 'tool-call-delta': {
      const text = jsonTextIn(event.delta?.message?.tool_calls?.function?.arguments)
      return text === '' ? nothing : [{ type: 'tool-call-delta', index: indexOf(event), text }]
    }
    case 'tool-call-end':
      return [{ type: 'tool-call-end', index: indexOf(event) }]
    case 'citation-start': {
      const citation = event.delta?.message?.citations
      return citation ? [{ type: 'citation', citation: decodeCitation(citation) }] : nothing
    }
    case 'message-start':
      return [...decodeId(event.id), ...decodeMessage(event.delta?.message ?? {}, toolNames)]
    case 'message-end':
      return decodeEnd(event.delta ?? {})
    default:
      return nothing
  }
}

/** A whole answer as the deltas that a stream of it would have brought. */
export function decodeBody(body: Loose<WireResponse>, toolNames: ToolNamesByWire): readonly Delta[] {
  return [
    ...decodeId(body.id),
    ...decodeMessage(body.message ?? {}, toolNames),
    ...itemsIn(body.logprobs).map((logprobs): Delta => ({ type: 'logprobs', logprobs: decodeLogprobs(logprobs) })),
    ...decodeEnd(body),
  ]
}

function indexOf({ index }: { readonly index?: number | null }): number {
  return numberIn(index) ?? 0
}

function decodeId(id: unknown): readonly Delta[] {
  return typeof id === 'string' ? [{ type: 'start', id }] : nothing
}

function decodeMessage(message: Loose<WireResponse['message']>, toolNames: ToolNamesByWire): readonly Delta[] {
  return [
    ...decodeParts(message.content),
    ...decodePlan(message.tool_plan),
    ...itemsIn(message.tool_calls).flatMap((call, index) => decodeToolCall(call, index, toolNames)),
    ...itemsIn(message.citations).map((citation): Delta => ({ type: 'citation', citation: decodeCitation(citation) })),
  ]
}

function decodeToolCall(call: Loose<WireToolCall>, index: number, toolNames: ToolNamesByWire): readonly Delta[] {
  const end: Delta = { type: 'tool-call-end', index }
  return [...startToolCall(call, index, toolNames), end]
}

function startToolCall(call: Loose<WireToolCall>, index: number, toolNames: ToolNamesByWire): readonly Delta[] {
  const wireName = textIn(call.function?.name) ?? ''
  const name = toolNames.get(wireName) ?? wireName
  const start: Delta = { type: 'tool-call-start', index, id: textIn(call.id) ?? '', name }
  const text = jsonTextIn(call.function?.arguments)
  return text === '' ? [start] : [start, { type: 'tool-call-delta', index, text }]
}

/** All that a message says. Requests may have a text in place of parts, and so may answers. */
function decodeParts(content: Loose<WireResponse['message']>['content']): readonly Delta[] {
  if (!Array.isArray(content)) return decodePart(content, 0)
  return content.flatMap((part: unknown, index) => decodePart(part, index))
}

/** A part at its beginning, where its type stands: one that has no neutral form is told, once. */
function decodePart(part: unknown, index: number): readonly Delta[] {
  const delta = decodeContent(part, index)
  const type = isObject(part) ? part['type'] : undefined
  const warning: readonly Delta[] =
    typeof type !== 'string' || type === 'text' || type === 'thinking'
      ? nothing
      : [{ type: 'warning', warning: unknownPart(type) }]
  return delta ? [delta, ...warning] : warning
}

function unknownPart(type: string): Warning {
  const message = `the answer has content of type ${JSON.stringify(type)}, which is not in its message: it is in \`raw\`, or in \`chunk.event\`.`
  return { code: 'malformed', message, field: 'content' }
}

function decodeContent(content: unknown, index: number): Delta | undefined {
  if (typeof content === 'string') return { type: 'text', index, text: content }
  if (!isObject(content)) return undefined
  const { text, thinking } = content
  if (typeof text === 'string') return { type: 'text', index, text }
  return typeof thinking === 'string' ? { type: 'thinking', index, text: thinking } : undefined
}

function decodePlan(plan: unknown): readonly Delta[] {
  return typeof plan === 'string' && plan !== '' ? [{ type: 'plan', text: plan }] : nothing
}

function decodeLogprobs({ text, token_ids: tokenIds, logprobs }: Loose<WireLogprobs>): TokenLogprobs {
  return withoutUndefined({
    text: textIn(text),
    tokenIds: tokenIds ? itemsIn(tokenIds) : undefined,
    logprobs: itemsIn(logprobs),
  })
}

/** How an answer ends, streamed or not. A failure after the first byte is told here and nowhere else. */
function decodeEnd(end: Loose<MessageEndEvent['delta']>): readonly Delta[] {
  const { finish_reason: reason, usage, error, error_type: kind } = end
  const deltas: Delta[] = []
  if (usage) deltas.push({ type: 'usage', usage: decodeUsage(usage) })
  if (!reason) return deltas
  const finishReason = decodeFinishReason(reason)
  deltas.push({ type: 'finish', reason: finishReason })
  if (finishReason.unified === 'error') {
    const what = error ?? (reason === 'TIMEOUT' ? 'Cohere ran out of time' : 'Cohere gave no reason')
    const message = `the answer failed: ${what}${kind ? ` (${kind})` : ''}. What had arrived is in \`partial\`.`
    deltas.push({ type: 'error', code: reason === 'TIMEOUT' ? 'timeout' : 'server', message, retryable: true })
  }
  return deltas
}
