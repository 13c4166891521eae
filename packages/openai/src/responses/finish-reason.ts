import type { FinishReason, UnifiedFinishReason } from '@interlingua/core'
import type { WireIncompleteReason, WireResponseStatus } from './wire.ts'

/** Why an answer of the Responses API is over: its status, or where that is `incomplete`, why it is. */
export type OpenAIResponsesFinishReason = FinishReason<
  Extract<WireResponseStatus, 'completed' | 'failed' | 'cancelled' | 'incomplete'> | WireIncompleteReason
>

type Raw = NonNullable<OpenAIResponsesFinishReason['raw']>

const unified: ReadonlyMap<string, UnifiedFinishReason> = new Map([
  ['completed', 'stop'],
  ['failed', 'error'],
  ['cancelled', 'error'],
  ['max_output_tokens', 'length'],
  ['content_filter', 'content_filter'],
])

/** Reads why an answer is over; a word that is new is kept, and is `other`. */
export function decodeFinishReason(
  status: string,
  { incompleteReason, asksForTools }: { readonly incompleteReason: string | undefined; readonly asksForTools: boolean },
): OpenAIResponsesFinishReason {
  const raw = (status === 'incomplete' ? (incompleteReason ?? status) : status) as Raw
  if (raw === 'completed' && asksForTools) return { unified: 'tool_calls', raw }
  return { unified: unified.get(raw) ?? 'other', raw }
}
