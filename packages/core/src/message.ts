import type { AudioPart } from './audio.ts'
import type { Citation } from './citation.ts'
import type { FilePart } from './file.ts'
import type { ImagePart } from './image.ts'
import type { ProviderFields } from './provider-fields.ts'
import type { ToolCall } from './tool.ts'

/** A piece of text. */
export interface TextPart {
  readonly type: 'text'
  readonly text: string
  readonly providerFields?: ProviderFields
}

/** A piece of the model's visible reasoning. */
export interface ThinkingPart {
  readonly type: 'thinking'
  readonly text: string
  /** What the provider needs beside the text to take it back, such as a signature. */
  readonly providerFields?: ProviderFields
}

/** What the model said instead of an answer that it refuses to give. */
export interface RefusalPart {
  readonly type: 'refusal'
  readonly text: string
  readonly providerFields?: ProviderFields
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
  readonly providerFields?: ProviderFields
}

/** What the user says, shows, plays and hands over. */
export interface UserMessage {
  readonly role: 'user'
  readonly content: string | readonly (TextPart | ImagePart | AudioPart | FilePart)[]
  readonly providerFields?: ProviderFields
}

/**
 * What a model said. A response's `message` is one of these, and goes back into the next request as it stands:
 * `[...messages, response.message, { role: 'user', content: 'Why?' }]`.
 */
export interface AssistantMessage {
  readonly role: 'assistant'
  readonly content: string | readonly (TextPart | ThinkingPart | RefusalPart | AudioPart)[]
  /** What the model said that it would do with its tools. */
  readonly plan?: string
  readonly toolCalls?: readonly ToolCall[]
  readonly citations?: readonly Citation[]
  /**
   * The provider that said it, by the name that its responses have; absent in a message that was written by hand. It takes
   * its own message back as it came, and can tell it from another's.
   */
  readonly provider?: string
  readonly providerFields?: ProviderFields
}

/** What a tool gave back. */
export interface ToolMessage {
  readonly role: 'tool'
  /** The `id` of the tool call that this answers. */
  readonly toolCallId: string
  /** Text, or documents that the answer can cite one by one. */
  readonly content: string | readonly (TextPart | DocumentPart | ImagePart | FilePart)[]
  /** Whether the content says why there is no result. A provider that has no such mark is told by the content alone. */
  readonly isError?: boolean
  readonly providerFields?: ProviderFields
}

/** One turn of a conversation, in the form that every provider is translated into and out of. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage
