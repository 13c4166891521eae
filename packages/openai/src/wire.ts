import type { JsonSchema } from '@interlingua/core'

/**
 * OpenAI's chat completions as they stand on the wire, with what compatible servers add to them.
 *
 * @see https://platform.openai.com/docs/api-reference/chat
 */

export interface WireTextPart {
  type: 'text'
  text: string
}

export interface WireImagePart {
  type: 'image_url'
  image_url: { url: string; detail?: 'auto' | 'low' | 'high' }
}

export interface WireAudioPart {
  type: 'input_audio'
  input_audio: { data: string; format: string }
}

export interface WireFilePart {
  type: 'file'
  file: { file_id?: string; file_data?: string; filename?: string }
}

export interface WireRefusalPart {
  type: 'refusal'
  refusal: string
}

/** Mistral's: the reasoning stands among the content. */
export interface WireThinkingPart {
  type: 'thinking'
  thinking: WireTextPart[]
}

export interface WireFunctionCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

export interface WireCustomCall {
  id: string
  type: 'custom'
  custom: { name: string; input: string }
}

export type WireToolCall = WireFunctionCall | WireCustomCall

export interface WireSystemMessage {
  role: 'system' | 'developer'
  content: string | WireTextPart[]
  name?: string
}

export interface WireUserMessage {
  role: 'user'
  content: string | (WireTextPart | WireImagePart | WireAudioPart | WireFilePart)[]
  name?: string
}

export interface WireAssistantMessage {
  role: 'assistant'
  content?: string | (WireTextPart | WireRefusalPart | WireThinkingPart)[] | null
  refusal?: string | null
  name?: string
  audio?: { id: string } | null
  tool_calls?: WireToolCall[]
  /** DeepSeek's, llama.cpp's and others'. */
  reasoning_content?: string
  /** Groq's, OpenRouter's, vLLM's and others'. */
  reasoning?: string
}

export interface WireToolMessage {
  role: 'tool'
  tool_call_id: string
  content: string | WireTextPart[]
}

export type WireMessage = WireSystemMessage | WireUserMessage | WireAssistantMessage | WireToolMessage

export interface WireFunctionTool {
  type: 'function'
  function: { name: string; description?: string; parameters?: JsonSchema; strict?: boolean }
}

export interface WireCustomTool {
  type: 'custom'
  custom: {
    name: string
    description?: string
    format?: { type: 'text' } | { type: 'grammar'; grammar: { syntax: 'lark' | 'regex'; definition: string } }
  }
}

export type WireTool = WireFunctionTool | WireCustomTool

export type WireToolChoice =
  | 'auto'
  | 'none'
  | 'required'
  | 'any'
  | { type: 'function'; function: { name: string } }
  | { type: 'custom'; custom: { name: string } }

export type WireResponseFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | {
      type: 'json_schema'
      json_schema: { name: string; description?: string; schema?: JsonSchema; strict?: boolean }
    }

export interface WireRequest {
  model: string
  messages: WireMessage[]
  stream: boolean
  stream_options?: { include_usage?: boolean; include_obfuscation?: boolean }
  tools?: WireTool[]
  tool_choice?: WireToolChoice
  parallel_tool_calls?: boolean
  response_format?: WireResponseFormat
  temperature?: number
  top_p?: number
  top_k?: number
  max_completion_tokens?: number
  max_tokens?: number
  frequency_penalty?: number
  presence_penalty?: number
  seed?: number
  stop?: string[]
  n?: number
  logprobs?: boolean
  top_logprobs?: number
  logit_bias?: Record<string, number>
  user?: string
  safety_identifier?: string
  prompt_cache_key?: string
  prompt_cache_retention?: string
  prompt_cache_options?: Record<string, unknown>
  service_tier?: string
  store?: boolean
  metadata?: Record<string, string>
  modalities?: ('text' | 'audio')[]
  audio?: { voice: string | { id: string }; format: string }
  prediction?: { type: 'content'; content: string | WireTextPart[] }
  moderation?: Record<string, unknown>
  reasoning_effort?: string
  verbosity?: string
  web_search_options?: Record<string, unknown>
}

/** The finish reasons of chat completions, and those that compatible servers add. */
export type WireFinishReason =
  | 'stop'
  | 'length'
  | 'tool_calls'
  | 'content_filter'
  | 'function_call'
  | 'model_length'
  | 'error'
  | 'insufficient_system_resource'

export interface WireUsage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
  prompt_tokens_details?: {
    cached_tokens?: number
    cache_write_tokens?: number
    audio_tokens?: number
    image_tokens?: number
    text_tokens?: number
  }
  completion_tokens_details?: {
    reasoning_tokens?: number
    audio_tokens?: number
    text_tokens?: number
    accepted_prediction_tokens?: number
    rejected_prediction_tokens?: number
  }
  /** DeepSeek's. */
  prompt_cache_hit_tokens?: number
  prompt_cache_miss_tokens?: number
  /** OpenRouter's in USD; Perplexity's item by item. */
  cost?: number | { total_cost?: number }
  /** xAI's: 10¹⁰ ticks are one USD. */
  cost_in_usd_ticks?: number
}

export interface WireTokenLogprob {
  token: string
  logprob: number
  bytes?: number[] | null
  top_logprobs?: { token: string; logprob: number; bytes?: number[] | null }[]
}

export interface WireLogprobs {
  content?: WireTokenLogprob[] | null
  refusal?: WireTokenLogprob[] | null
  /** DeepSeek's. */
  reasoning_content?: WireTokenLogprob[] | null
}

export interface WireAnnotation {
  type: 'url_citation'
  url_citation: { start_index: number; end_index: number; url: string; title?: string; content?: string }
}

/** A tool call, or what a chunk adds to one. */
export interface WireToolCallDelta {
  index?: number
  id?: string
  type?: 'function' | 'custom'
  function?: { name?: string; arguments?: string }
  custom?: { name?: string; input?: string }
}

/** What a chunk adds to a message; of an answer that is not streamed, the message. */
export interface WireDelta {
  role?: string
  content?: string | (WireTextPart | WireThinkingPart)[]
  refusal?: string
  tool_calls?: WireToolCallDelta[]
  /** What `tool_calls` replaced. */
  function_call?: { name?: string; arguments?: string }
  audio?: { id?: string; data?: string; transcript?: string; expires_at?: number }
  annotations?: WireAnnotation[]
  reasoning_content?: string
  reasoning?: string
  reasoning_details?: { type?: string; text?: string; summary?: string; index?: number }[]
}

export interface WireChoice {
  index: number
  delta?: WireDelta
  message?: WireDelta
  finish_reason?: WireFinishReason | null
  logprobs?: WireLogprobs | null
  /** OpenRouter's: why this choice failed. */
  error?: unknown
}

/** An event of a stream, and an answer that is not streamed: they differ in whether a choice has a `delta` or a `message`. */
export interface WireChatCompletion {
  id?: string
  object?: 'chat.completion' | 'chat.completion.chunk'
  created?: number
  model?: string
  choices: WireChoice[]
  usage?: WireUsage | null
  service_tier?: string | null
  system_fingerprint?: string | null
  /** Padding, so that the length of an event does not tell the length of a word. */
  obfuscation?: string
  /** What was found where `moderation` asked for it. */
  moderation?: Record<string, unknown> | null
  /** A failure in the middle of an answer. */
  error?: unknown
  /** Groq's. */
  x_groq?: { id?: string; usage?: WireUsage; error?: string }
  /** Perplexity's: the pages that the answer rests on. */
  citations?: string[]
  search_results?: { title?: string; url?: string; date?: string }[]
}
