import { type Delta, parseObject, type WireEvent, type TokenLogprobs, withoutUndefined } from '@interlingua/core'
import { CohereCallResponseChunk } from './chunk.ts'
import { decodeCitation } from './message.ts'
import { decodeFinishReason } from './finish-reason.ts'
import { decodeUsage } from './usage.ts'
import type { CohereStreamEvent, Loose, MessageEndEvent, WireContent, WireLogprobs, WireResponse } from './wire.ts'

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
    case 'content-delta':
    case 'content-start': {
      const content = event.delta?.message?.content
      const delta = content && decodeContent(content, event.index ?? 0)
      if (!('logprobs' in event) || !event.logprobs) return delta ? [delta] : nothing
      const logprobs: Delta = { type: 'logprobs', logprobs: decodeLogprobs(event.logprobs) }
      return delta ? [delta, logprobs] : [logprobs]
    }
    case 'tool-plan-delta':
      return decodePlan(event.delta?.message?.tool_plan)
    case 'tool-call-start': {
      const { id = '', function: called } = event.delta?.message?.tool_calls ?? {}
      const index = event.index ?? 0
      const name = nameOf(called?.name ?? '', toolNames)
      const start: Delta = { type: 'tool-call-start', index, id, name }
      return called?.arguments ? [start, { type: 'tool-call-delta', index, text: called.arguments }] : [start]
    }
    case 'tool-call-delta': {
      const text = event.delta?.message?.tool_calls?.function?.arguments
      return text ? [{ type: 'tool-call-delta', index: event.index ?? 0, text }] : nothing
    }
    case 'tool-call-end':
      return [{ type: 'tool-call-end', index: event.index ?? 0 }]
    case 'citation-start': {
      const citation = event.delta?.message?.citations
      return citation ? [{ type: 'citation', citation: decodeCitation(citation) }] : nothing
    }
    case 'message-start':
      return [
        ...(event.id === undefined ? [] : [{ type: 'start', id: event.id } as const]),
        ...decodeMessage(event.delta?.message ?? {}, toolNames),
      ]
    case 'message-end':
      return decodeEnd(event.delta ?? {})
    default:
      return nothing
  }
}

/** A whole answer as the deltas that a stream of it would have brought. */
export function decodeBody(body: Loose<WireResponse>, toolNames: ToolNamesByWire): readonly Delta[] {
  return [
    ...(body.id === undefined ? [] : [{ type: 'start', id: body.id } as const]),
    ...decodeMessage(body.message ?? {}, toolNames),
    ...(body.logprobs ?? []).map((logprobs): Delta => ({ type: 'logprobs', logprobs: decodeLogprobs(logprobs) })),
    ...decodeEnd(body),
  ]
}

function decodeMessage(message: Loose<WireResponse['message']>, toolNames: ToolNamesByWire): readonly Delta[] {
  return [
    ...(message.content ?? []).flatMap((content, index) => decodeContent(content, index) ?? []),
    ...decodePlan(message.tool_plan),
    ...(message.tool_calls ?? []).flatMap(({ id, function: { name, arguments: text } }, index): Delta[] => [
      { type: 'tool-call-start', index, id, name: nameOf(name, toolNames) },
      { type: 'tool-call-delta', index, text },
      { type: 'tool-call-end', index },
    ]),
    ...(message.citations ?? []).map((citation): Delta => ({ type: 'citation', citation: decodeCitation(citation) })),
  ]
}

function nameOf(wireName: string, toolNames: ToolNamesByWire): string {
  return toolNames.get(wireName) ?? wireName
}

function decodeContent(content: Loose<WireContent>, index: number): Delta | undefined {
  if ('text' in content && content.text !== undefined) return { type: 'text', index, text: content.text }
  if ('thinking' in content && content.thinking !== undefined)
    return { type: 'thinking', index, text: content.thinking }
  return undefined
}

function decodePlan(text: string | undefined): readonly Delta[] {
  return text ? [{ type: 'plan', text }] : nothing
}

function decodeLogprobs({ text, token_ids: tokenIds, logprobs = [] }: Loose<WireLogprobs>): TokenLogprobs {
  return withoutUndefined({ text, tokenIds, logprobs })
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
