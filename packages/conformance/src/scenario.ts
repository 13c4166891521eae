import type {
  CallOptions,
  Citation,
  ErrorCode,
  Prompt,
  ProviderTypes,
  ToolCall,
  UnifiedFinishReason,
  Usage,
} from '@interlingua/core'
import type { ScriptedEvent } from './scripted-event.ts'

/**
 * What an answer means in neutral terms. Only what is given is compared; of objects, only the fields that are given; lists
 * have to be complete.
 */
export interface ExpectedReading {
  readonly id?: string
  readonly content?: string
  readonly thinking?: string
  readonly plan?: string
  readonly refusal?: string
  /** `error` is compared where it is given, and a call without it must have none. */
  readonly toolCalls?: readonly (Omit<Partial<ToolCall>, 'error'> & { readonly error?: { readonly code: string } })[]
  readonly citations?: readonly Partial<Citation>[]
  readonly finishReason?: UnifiedFinishReason
  readonly usage?: Usage
  /** For an answer that fails after it has begun: the error that it throws. What else is given is then in `partial`. */
  readonly error?: { readonly code: ErrorCode; readonly retryable?: boolean }
}

/** An answer of the provider's, as it stands on the wire, and what it means. */
export interface Scenario {
  readonly name: string
  /** What is asked. Default: `Hi`. */
  readonly prompt?: Prompt
  /** What the call is given beside the prompt, such as the tools that the answer calls. */
  readonly options?: CallOptions<ProviderTypes>
  /** The stream: its events, or the bytes of a recorded one. */
  readonly stream: readonly ScriptedEvent[] | Uint8Array
  /** The same answer without streaming. Where there is none, the laws that compare the two do not apply. */
  readonly answer?: object
  readonly expected: ExpectedReading
  /**
   * The message that goes back to the provider in the next request, in its own format; it has to stand somewhere in the
   * body, and may have further fields. Default: it is only checked that no text, name, id and argument is missing.
   */
  readonly history?: object
}

/** A response with an error status, and what it means. */
export interface FailureScenario {
  readonly name: string
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is written as JSON. */
  readonly body: object | string
  readonly expected: { readonly code: ErrorCode; readonly retryable?: boolean; readonly retryAfterMs?: number }
}
