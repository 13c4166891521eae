import type { JsonSchema } from '@interlingua/core'

/**
 * Cohere's v2 chat as it stands on the wire.
 *
 * @see https://docs.cohere.com/reference/chat
 * @see https://docs.cohere.com/reference/chat-stream
 */

export interface WireTextContent {
  type: 'text'
  text: string
}

export interface WireThinkingContent {
  type: 'thinking'
  thinking: string
}

export type WireContent = WireTextContent | WireThinkingContent

export interface WireToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

export interface WireCitationSource {
  type: 'document' | 'tool'
  id?: string
  document?: Readonly<Record<string, unknown>>
  tool_output?: Readonly<Record<string, unknown>>
}

export interface WireCitation {
  start: number
  end: number
  text: string
  sources: WireCitationSource[]
  type?: 'TEXT_CONTENT' | 'THINKING_CONTENT' | 'PLAN'
  content_index?: number
}

export interface WireSystemMessage {
  role: 'system'
  content: string | WireTextContent[]
}

export interface WireImageContent {
  type: 'image_url'
  image_url: { url: string; detail?: 'auto' | 'low' | 'high' }
}

export interface WireUserMessage {
  role: 'user'
  content: string | (WireTextContent | WireImageContent)[]
}

/** A document as it stands in a request. */
export interface WireDocument {
  id?: string
  data: string | Readonly<Record<string, unknown>>
}

export interface WireDocumentContent {
  type: 'document'
  document: WireDocument
}

export interface WireToolMessage {
  role: 'tool'
  tool_call_id: string
  content: string | (WireTextContent | WireDocumentContent)[]
}

export interface WireAssistantMessage {
  role: 'assistant'
  content?: string | WireContent[]
  tool_plan?: string
  tool_calls?: WireToolCall[]
  citations?: WireCitation[]
}

export type WireMessage = WireSystemMessage | WireUserMessage | WireAssistantMessage | WireToolMessage

export interface WireThinking {
  type: 'enabled' | 'disabled'
  token_budget?: number
}

export interface WireTool {
  type: 'function'
  function: { name: string; description?: string; parameters: JsonSchema }
}

export interface WireResponseFormat {
  type: 'text' | 'json_object'
  json_schema?: JsonSchema
}

export interface WireRequest {
  model: string
  messages: WireMessage[]
  stream: boolean
  tools?: WireTool[]
  strict_tools?: boolean
  tool_choice?: 'REQUIRED' | 'NONE'
  documents?: (string | WireDocument)[]
  citation_options?: { mode: 'ENABLED' | 'DISABLED' | 'FAST' | 'ACCURATE' | 'OFF' }
  response_format?: WireResponseFormat
  safety_mode?: 'CONTEXTUAL' | 'STRICT' | 'OFF'
  max_tokens?: number
  stop_sequences?: string[]
  temperature?: number
  seed?: number
  frequency_penalty?: number
  presence_penalty?: number
  k?: number
  p?: number
  logprobs?: boolean
  thinking?: WireThinking
  priority?: number
}

/** The finish reasons of v2 chat. */
export type WireFinishReason = 'COMPLETE' | 'STOP_SEQUENCE' | 'MAX_TOKENS' | 'TOOL_CALL' | 'ERROR' | 'TIMEOUT'

export interface WireUsage {
  billed_units?: {
    input_tokens?: number
    output_tokens?: number
    search_units?: number
    classifications?: number
  }
  tokens?: {
    input_tokens?: number
    output_tokens?: number
    /** Sent by reasoning models, and not in Cohere's documents. */
    reasoning_tokens?: number
    /** Sent for images, and not in Cohere's documents. */
    image_tokens?: number
  }
  cached_tokens?: number
}

export interface WireLogprobs {
  text?: string
  token_ids: number[]
  logprobs?: number[]
}

/** The answer to a request without `stream`. */
export interface WireResponse {
  id: string
  finish_reason: WireFinishReason
  message: {
    role: 'assistant'
    content?: WireContent[]
    tool_plan?: string
    tool_calls?: WireToolCall[]
    citations?: WireCitation[]
  }
  usage?: WireUsage
  logprobs?: WireLogprobs[]
  error?: string
  error_type?: string
}

export interface MessageStartEvent {
  type: 'message-start'
  id?: string
  delta: {
    message: {
      role: 'assistant'
      content?: WireContent[]
      tool_plan?: string
      tool_calls?: WireToolCall[]
      citations?: WireCitation[]
    }
  }
}

export interface ContentStartEvent {
  type: 'content-start'
  index?: number
  delta: { message: { content: { type: 'text' | 'thinking'; text?: string; thinking?: string } } }
}

export interface ContentDeltaEvent {
  type: 'content-delta'
  index?: number
  delta: { message: { content: { text?: string; thinking?: string } } }
  logprobs?: WireLogprobs
}

export interface ContentEndEvent {
  type: 'content-end'
  index?: number
}

export interface ToolPlanDeltaEvent {
  type: 'tool-plan-delta'
  delta: { message: { tool_plan: string } }
}

export interface ToolCallStartEvent {
  type: 'tool-call-start'
  index?: number
  delta: { message: { tool_calls: WireToolCall } }
}

export interface ToolCallDeltaEvent {
  type: 'tool-call-delta'
  index?: number
  delta: { message: { tool_calls: { function: { arguments: string } } } }
}

export interface ToolCallEndEvent {
  type: 'tool-call-end'
  index?: number
}

export interface CitationStartEvent {
  type: 'citation-start'
  index?: number
  delta: { message: { citations: WireCitation } }
}

export interface CitationEndEvent {
  type: 'citation-end'
  index?: number
}

export interface MessageEndEvent {
  type: 'message-end'
  delta: {
    finish_reason: WireFinishReason
    usage?: WireUsage
    /** What failed, where `finish_reason` is `ERROR`. */
    error?: string
    /** Sent with `error`, and not in Cohere's documents; for example `INVALID_TOOL_GENERATION`. */
    error_type?: string
  }
}

export interface DebugEvent {
  type: 'debug'
  prompt?: string
}

/**
 * An event of the chat stream. Cohere may add kinds: those arrive too, with a `type` that is not listed here, so a
 * `switch` over it wants a `default`.
 */
export type CohereStreamEvent =
  | MessageStartEvent
  | ContentStartEvent
  | ContentDeltaEvent
  | ContentEndEvent
  | ToolPlanDeltaEvent
  | ToolCallStartEvent
  | ToolCallDeltaEvent
  | ToolCallEndEvent
  | CitationStartEvent
  | CitationEndEvent
  | MessageEndEvent
  | DebugEvent
