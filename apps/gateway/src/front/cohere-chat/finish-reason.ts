import type { UnifiedFinishReason } from '@interlingua/core'

/** Cohere's finish reasons. What it has no word for is complete; the extension has the provider's word. */
export const finishReasons: Readonly<Record<UnifiedFinishReason, string>> = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  tool_calls: 'TOOL_CALL',
  content_filter: 'COMPLETE',
  error: 'ERROR',
  other: 'COMPLETE',
  unknown: 'COMPLETE',
}
