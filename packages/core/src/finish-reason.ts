/**
 * Why a provider stopped, in one vocabulary for all providers.
 *
 * - `stop`: the model came to its natural end, or met a stop sequence
 * - `length`: a token limit cut the answer
 * - `tool_calls`: the model asks for tools to be run
 * - `content_filter`: the provider withheld content
 * - `error`: the provider gave up; the call throws, so this is seen on partial responses only
 * - `other`: the provider gave a reason that has no neutral word; see `raw`
 * - `unknown`: the provider gave no reason (so far)
 */
export type UnifiedFinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'error' | 'other' | 'unknown'

/** A finish reason in both vocabularies: the neutral one, and the provider's own word. */
export interface FinishReason<Raw extends string = string> {
  readonly unified: UnifiedFinishReason
  /** The provider's own word; `undefined` where it gave none. */
  readonly raw: Raw | undefined
}
