import type { Citation } from './citation.ts'
import type { ErrorCode } from './error.ts'
import type { FinishReason } from './finish-reason.ts'
import type { HandOff } from './hand-off.ts'
import type { TokenLogprobs } from './logprob.ts'
import type { ProviderFields } from './provider-fields.ts'
import type { Usage } from './usage.ts'
import type { Warning } from './warning.ts'

/**
 * One neutral change to a response. A wire event is read into deltas; folding them gives the response. `index` tells the
 * parts of one kind apart: content parts (text, thinking, refusals and audio together) are counted in one sequence, tool
 * calls in another. `providerFields` are added to those that the part or the call has already.
 */
export type Delta =
  /** The provider named the response, or the model that answers. */
  | { readonly type: 'start'; readonly id?: string; readonly model?: string }
  | TextDelta
  | AudioDelta
  | { readonly type: 'plan'; readonly text: string }
  | ToolCallStart
  /** A piece of the arguments' JSON text. */
  | { readonly type: 'tool-call-delta'; readonly index: number; readonly text: string }
  | { readonly type: 'tool-call-end'; readonly index: number; readonly providerFields?: ProviderFields }
  /** What the message as a whole carries that has no neutral word. */
  | { readonly type: 'message'; readonly providerFields: ProviderFields }
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'logprobs'; readonly logprobs: TokenLogprobs }
  /** All that is known of the usage at this moment; it replaces what was known, and is never added to it. */
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'finish'; readonly reason: FinishReason }
  | { readonly type: 'warning'; readonly warning: Warning }
  /** Another model takes over and begins anew: what came before is no part of the answer. */
  | HandOff
  /** The provider reported a failure inside an answer that had begun well. */
  | { readonly type: 'error'; readonly code: ErrorCode; readonly message: string; readonly retryable: boolean }

/** A piece of a part that is a text. */
interface TextDelta {
  readonly type: 'text' | 'thinking' | 'refusal'
  readonly index: number
  readonly text: string
  readonly providerFields?: ProviderFields
}

/** A piece of what the model speaks. */
interface AudioDelta {
  readonly type: 'audio'
  readonly index: number
  /** A piece of the transcript. */
  readonly text: string
  /** A piece of the sound. */
  readonly data?: Uint8Array
  readonly mediaType?: string
  readonly providerFields?: ProviderFields
}

/** The beginning of a tool call. */
export interface ToolCallStart {
  readonly type: 'tool-call-start'
  readonly index: number
  readonly id: string
  readonly name: string
  /** `text` where the arguments are no JSON but a text of any form. */
  readonly format?: 'text'
  readonly providerFields?: ProviderFields
}

/** Whether a delta brings something that was generated. */
export function isToken(delta: Delta): boolean {
  // A part opens with an empty text, which is no token yet.
  if (delta.type === 'audio' && delta.data && delta.data.length > 0) return true
  return delta.type === 'tool-call-start' || ('text' in delta && delta.text !== '')
}
