import type { FinishReason, UnifiedFinishReason } from '@interlingua/core'
import type { WireFinishReason } from './wire.ts'

/** A finish reason of a chat completion, with its neutral reading. */
export type OpenAIFinishReason = FinishReason<WireFinishReason>

const unified: Readonly<Record<WireFinishReason, UnifiedFinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
  function_call: 'tool_calls',
  model_length: 'length',
  error: 'error',
  insufficient_system_resource: 'error',
}

/** Reads a finish reason; one that is new keeps its own word and is `other`. */
export function decodeFinishReason(raw: WireFinishReason): OpenAIFinishReason {
  return { unified: Object.hasOwn(unified, raw) ? unified[raw] : 'other', raw }
}
