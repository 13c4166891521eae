import type { Citation } from './citation.ts'
import type { ToolCall } from './tool.ts'

/** A piece of text. */
export interface TextPart {
  readonly type: 'text'
  readonly text: string
}

/** A piece of the model's visible reasoning. */
export interface ThinkingPart {
  readonly type: 'thinking'
  readonly text: string
}

/** Instructions that stand above the conversation. */
export interface SystemMessage {
  readonly role: 'system'
  readonly content: string | readonly TextPart[]
}

/** What the user says. */
export interface UserMessage {
  readonly role: 'user'
  readonly content: string | readonly TextPart[]
}

/**
 * What a model said. A response's `message` is one of these, and goes back into the next request as it stands:
 * `[...messages, response.message, { role: 'user', content: 'Why?' }]`.
 */
export interface AssistantMessage {
  readonly role: 'assistant'
  readonly content: string | readonly (TextPart | ThinkingPart)[]
  /** What the model said that it would do with its tools. */
  readonly plan?: string
  readonly toolCalls?: readonly ToolCall[]
  readonly citations?: readonly Citation[]
}

/** One turn of a conversation, in the form that every provider is translated into and out of. */
export type Message = SystemMessage | UserMessage | AssistantMessage
