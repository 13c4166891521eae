import type { Citation } from './citation.ts'
import type { ImagePart } from './image.ts'
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

/** A document that an answer can rest on, and cite by its id. */
export interface DocumentPart {
  readonly type: 'document'
  /** What a citation names it by. Default: the provider's choice. */
  readonly id?: string
  /** Its text, or its fields. */
  readonly data: string | Readonly<Record<string, unknown>>
}

/** Instructions that stand above the conversation. */
export interface SystemMessage {
  readonly role: 'system'
  readonly content: string | readonly TextPart[]
}

/** What the user says and shows. */
export interface UserMessage {
  readonly role: 'user'
  readonly content: string | readonly (TextPart | ImagePart)[]
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

/** What a tool gave back. */
export interface ToolMessage {
  readonly role: 'tool'
  /** The `id` of the tool call that this answers. */
  readonly toolCallId: string
  /** Text, or documents that the answer can cite one by one. */
  readonly content: string | readonly (TextPart | DocumentPart)[]
  /** Whether the content says why there is no result. A provider that has no such mark is told by the content alone. */
  readonly isError?: boolean
}

/** One turn of a conversation, in the form that every provider is translated into and out of. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage
