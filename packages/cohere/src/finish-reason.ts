import type { FinishReason, UnifiedFinishReason } from '@interlingua/core'
import type { WireFinishReason } from './wire.ts'

/** A finish reason of Cohere's v2 chat, with its neutral reading. */
export type CohereFinishReason = FinishReason<WireFinishReason>

const unified: Readonly<Record<WireFinishReason, UnifiedFinishReason>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool_calls',
  ERROR: 'error',
  TIMEOUT: 'error',
}

/** Reads a finish reason; one that is new keeps its own word and is `other`. */
export function decodeFinishReason(raw: WireFinishReason): CohereFinishReason {
  return { unified: Object.hasOwn(unified, raw) ? unified[raw] : 'other', raw }
}
