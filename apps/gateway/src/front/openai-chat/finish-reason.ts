import type { UnifiedFinishReason } from '@interlingua/core'

/** The finish reasons of chat completions. What it has no word for is a `stop`; the extension has the provider's word. */
export const finishReasons: Readonly<Record<UnifiedFinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
  error: 'stop',
  other: 'stop',
  unknown: 'stop',
}
