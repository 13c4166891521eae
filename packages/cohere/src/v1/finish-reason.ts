import type { FinishReason, UnifiedFinishReason } from '@interlingua/core'
import type { WireV1FinishReason } from './wire.ts'

/** A finish reason of Cohere's v1 chat, with its neutral reading. */
export type CohereV1FinishReason = FinishReason<WireV1FinishReason>

/**
 * `ERROR_LIMIT` is no failure but a cut: "the reply was cut off because the model reached the maximum number of tokens for
 * its context length".
 *
 * @see https://docs.cohere.com/v1/reference/chat-stream
 */
const unified: Readonly<Record<WireV1FinishReason, UnifiedFinishReason>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  ERROR_LIMIT: 'length',
  ERROR_TOXIC: 'content_filter',
  ERROR: 'error',
  TIMEOUT: 'error',
  USER_CANCEL: 'other',
}

/**
 * Reads a finish reason; one that is new keeps its own word and is `other`. v1 has no word for tool calls: an answer that
 * asks for tools is `COMPLETE` as well.
 */
export function decodeFinishReason(
  raw: WireV1FinishReason | undefined,
  { hasToolCalls }: { readonly hasToolCalls: boolean },
): CohereV1FinishReason {
  if (hasToolCalls && (raw === undefined || raw === 'COMPLETE')) return { unified: 'tool_calls', raw }
  if (raw === undefined) return { unified: 'unknown', raw }
  return { unified: Object.hasOwn(unified, raw) ? unified[raw] : 'other', raw }
}
