import type { JsonSchema } from '@interlingua/core'
import type { WireMeta } from '../meta.ts'

/**
 * Cohere's v1 chat as it stands on the wire.
 *
 * @see https://docs.cohere.com/v1/reference/chat
 * @see https://docs.cohere.com/v1/reference/chat-stream
 */

export interface WireV1ToolCall {
  name: string
  /** `null` where the model gave none. */
  parameters: Readonly<Record<string, unknown>> | null
}

export interface WireV1ToolResult {
  call: WireV1ToolCall
  outputs: Readonly<Record<string, unknown>>[]
}

export interface WireV1UserMessage {
  role: 'USER'
  message: string
  tool_calls?: WireV1ToolCall[]
}

export interface WireV1SystemMessage {
  role: 'SYSTEM'
  message: string
  tool_calls?: WireV1ToolCall[]
}

export interface WireV1ChatbotMessage {
  role: 'CHATBOT'
  message: string
  tool_calls?: WireV1ToolCall[]
}

export interface WireV1ToolMessage {
  role: 'TOOL'
  tool_results?: WireV1ToolResult[]
}

export type WireV1Message = WireV1UserMessage | WireV1SystemMessage | WireV1ChatbotMessage | WireV1ToolMessage

export interface WireV1ParameterDefinition {
  description?: string
  /** The name of a Python type. */
  type: string
  required?: boolean
}

export interface WireV1Tool {
  name: string
  description: string
  parameter_definitions?: Record<string, WireV1ParameterDefinition>
}

export interface WireV1Connector {
  id: string
  user_access_token?: string
  continue_on_failure?: boolean
  options?: Readonly<Record<string, unknown>>
}

/** A document: its `id`, and fields of text. */
export type WireV1Document = Readonly<Record<string, string>>

export interface WireV1ResponseFormat {
  type: 'text' | 'json_object'
  schema?: JsonSchema
}

export interface WireV1Request {
  model: string
  message: string
  stream: boolean
  preamble?: string
  chat_history?: WireV1Message[]
  conversation_id?: string
  prompt_truncation?: 'OFF' | 'AUTO' | 'AUTO_PRESERVE_ORDER'
  connectors?: WireV1Connector[]
  search_queries_only?: boolean
  documents?: WireV1Document[]
  citation_quality?: 'ENABLED' | 'DISABLED' | 'FAST' | 'ACCURATE' | 'OFF'
  temperature?: number
  max_tokens?: number
  max_input_tokens?: number
  k?: number
  p?: number
  seed?: number
  stop_sequences?: string[]
  frequency_penalty?: number
  presence_penalty?: number
  raw_prompting?: boolean
  tools?: WireV1Tool[]
  tool_results?: WireV1ToolResult[]
  force_single_step?: boolean
  response_format?: WireV1ResponseFormat
  safety_mode?: 'CONTEXTUAL' | 'STRICT' | 'NONE'
}

export interface WireV1SearchQuery {
  text: string
  generation_id: string
}

export interface WireV1SearchResult {
  search_query?: WireV1SearchQuery
  connector: { id: string }
  document_ids: string[]
  error_message?: string
  continue_on_failure?: boolean
}

export interface WireV1Citation {
  start: number
  end: number
  text: string
  document_ids: string[]
  type?: 'TEXT_CONTENT' | 'PLAN'
}

/** The finish reasons that a stream ends with. */
export type ChatStreamEndEventFinishReason = 'COMPLETE' | 'ERROR_LIMIT' | 'MAX_TOKENS' | 'ERROR' | 'ERROR_TOXIC'

/** The finish reasons of v1 chat, streamed or not. */
export type WireV1FinishReason = ChatStreamEndEventFinishReason | 'STOP_SEQUENCE' | 'USER_CANCEL' | 'TIMEOUT'

/** The answer to a request without `stream`; also what the last event of a stream repeats. */
export interface WireV1Response {
  text: string
  generation_id?: string
  response_id?: string
  citations?: WireV1Citation[]
  documents?: WireV1Document[]
  is_search_required?: boolean
  search_queries?: WireV1SearchQuery[]
  search_results?: WireV1SearchResult[]
  finish_reason?: WireV1FinishReason
  tool_calls?: WireV1ToolCall[]
  chat_history?: WireV1Message[]
  meta?: WireMeta
}

export interface StreamStartEvent {
  event_type: 'stream-start'
  is_finished: boolean
  generation_id: string
}

export interface SearchQueriesGenerationEvent {
  event_type: 'search-queries-generation'
  is_finished: boolean
  search_queries: WireV1SearchQuery[]
}

export interface SearchResultsEvent {
  event_type: 'search-results'
  is_finished: boolean
  search_results?: WireV1SearchResult[]
  documents?: WireV1Document[]
}

export interface TextGenerationEvent {
  event_type: 'text-generation'
  is_finished: boolean
  text: string
}

export interface CitationGenerationEvent {
  event_type: 'citation-generation'
  is_finished: boolean
  citations: WireV1Citation[]
}

/** A piece of the plan for the tools, or of a tool call. */
export interface ToolCallsChunkEvent {
  event_type: 'tool-calls-chunk'
  is_finished: boolean
  text?: string
  tool_call_delta?: { index?: number; name?: string; parameters?: string; text?: string }
}

/** The tool calls, complete. */
export interface ToolCallsGenerationEvent {
  event_type: 'tool-calls-generation'
  is_finished: boolean
  text?: string
  tool_calls: WireV1ToolCall[]
}

export interface StreamEndEvent {
  event_type: 'stream-end'
  is_finished: boolean
  finish_reason: ChatStreamEndEventFinishReason
  /** The whole answer once more. */
  response: WireV1Response
}

export interface V1DebugEvent {
  event_type: 'debug'
  is_finished: boolean
  prompt?: string
}

/**
 * An event of the v1 chat stream. Cohere may add kinds: those arrive too, with an `event_type` that is not listed here, so
 * a `switch` over it wants a `default`.
 */
export type CohereV1StreamEvent =
  | StreamStartEvent
  | SearchQueriesGenerationEvent
  | SearchResultsEvent
  | TextGenerationEvent
  | CitationGenerationEvent
  | ToolCallsChunkEvent
  | ToolCallsGenerationEvent
  | StreamEndEvent
  | V1DebugEvent
