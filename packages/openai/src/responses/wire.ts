import type { JsonSchema } from '@interlingua/core'
import type { WireInputContent } from './wire-content.ts'
import type { WireInputItem } from './wire-input.ts'
import type { WireOutputItem } from './wire-item.ts'
import type { WireResponsesTool, WireResponsesToolChoice } from './wire-tool.ts'

/**
 * OpenAI's Responses API as it stands on the wire: a request, and the whole answer to it.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */

export type WireReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max'

export interface WireReasoning {
  effort?: WireReasoningEffort | null
  summary?: 'auto' | 'concise' | 'detailed' | null
  /** The older name of `summary`. */
  generate_summary?: 'auto' | 'concise' | 'detailed' | null
  /** Which reasoning of earlier turns the model sees. */
  context?: 'auto' | 'current_turn' | 'all_turns' | null
  mode?: 'standard' | 'pro' | (string & {})
}

export type WireTextFormat =
  | { type: 'text' }
  | { type: 'json_object' }
  | { type: 'json_schema'; name: string; schema: JsonSchema; description?: string; strict?: boolean | null }

export interface WireTextConfig {
  format?: WireTextFormat
  verbosity?: 'low' | 'medium' | 'high' | null
}

/** A prompt that is kept at OpenAI. */
export interface WirePrompt {
  id: string
  version?: string | null
  variables?: Record<string, string | WireInputContent> | null
}

export type WireServiceTier = 'auto' | 'default' | 'flex' | 'scale' | 'priority' | 'fast' | 'ultrafast'

/** What an answer may bring beyond what it brings anyway. */
export type WireIncludable =
  | 'file_search_call.results'
  | 'web_search_call.results'
  | 'web_search_call.action.sources'
  | 'message.input_image.image_url'
  | 'computer_call_output.output.image_url'
  | 'code_interpreter_call.outputs'
  | 'reasoning.encrypted_content'
  | 'message.output_text.logprobs'

export interface WireModerationRequest {
  model: string
  policy?: { input?: { mode: 'score' | 'block' } | null; output?: { mode: 'score' | 'block' } | null } | null
}

export interface WirePromptCacheOptions {
  comparison_response_id?: string | null
  mode?: 'implicit' | 'explicit'
  prewarm?: boolean
  ttl?: '30m' | '12h'
}

export interface WireResponsesRequest {
  model: string
  input?: string | WireInputItem[]
  stream?: boolean
  access_programs?: { cyber?: 'standard' | 'daybreak_blue' | 'daybreak_red' }
  background?: boolean
  context_management?: { type: string; compact_threshold?: number | null }[]
  conversation?: string | { id: string }
  image?: { context_compression?: 'auto' | 'enabled' | 'disabled' }
  include?: WireIncludable[]
  instructions?: string
  max_output_tokens?: number
  max_tool_calls?: number
  metadata?: Record<string, string>
  moderation?: WireModerationRequest
  parallel_tool_calls?: boolean
  previous_response_id?: string
  prompt?: WirePrompt
  prompt_cache_key?: string
  prompt_cache_options?: WirePromptCacheOptions
  prompt_cache_retention?: 'in_memory' | '24h'
  reasoning?: WireReasoning
  safety_identifier?: string
  service_tier?: WireServiceTier
  store?: boolean
  stream_options?: { include_obfuscation?: boolean }
  temperature?: number
  text?: WireTextConfig
  tool_choice?: WireResponsesToolChoice
  tools?: WireResponsesTool[]
  top_logprobs?: number
  top_p?: number
  truncation?: 'auto' | 'disabled'
  user?: string
}

export interface WireResponsesUsage {
  input_tokens: number
  input_tokens_details: {
    cached_tokens: number
    cache_write_tokens: number
    cache_write_tokens_details?: { ttl_12h_tokens: number; ttl_30m_tokens: number }
  }
  output_tokens: number
  output_tokens_details: { reasoning_tokens: number }
  total_tokens: number
}

/** How far a response has come. */
export type WireResponseStatus = 'completed' | 'failed' | 'in_progress' | 'cancelled' | 'queued' | 'incomplete'

export type WireIncompleteReason = 'max_output_tokens' | 'max_messages' | 'content_filter' | 'steered'

export interface WireResponseError {
  code: string
  message: string
  misalignment?: {
    detailed_explanation?: string
    error_type?: string
    review_target?: string | null
    steer?: { message: string }
  }
  param?: string | null
  type?: string | null
}

export type WireModerationOutcome =
  | {
      type: 'moderation_result'
      flagged: boolean
      model: string
      categories: Record<string, boolean>
      category_applied_input_types: Record<string, ('text' | 'image')[]>
      category_scores: Record<string, number>
    }
  | { type: 'error'; code: string; message: string }

export type WirePromptCacheDiagnostics =
  | {
      type: 'cache_miss'
      cache_missed_tokens: number
      reason:
        | 'model_changed'
        | 'prompt_cache_key_changed'
        | 'tools_changed'
        | 'text_format_changed'
        | 'reasoning_effort_changed'
        | 'verbosity_changed'
        | 'context_compacted'
        | 'input_changed'
        | 'service_tier_changed'
      comparison_reusable_tokens?: number
    }
  | { type: 'cache_hit' | 'comparison_response_not_found' | 'unavailable' }

interface WireImageTokens {
  image_tokens: number
  text_tokens: number
}

/** What OpenAI's tools consumed, beside the model. */
export interface WireToolUsage {
  image_gen: {
    input_tokens: number
    input_tokens_details: WireImageTokens
    output_tokens: number
    output_tokens_details?: WireImageTokens
    total_tokens: number
    cached_tokens?: number
    cached_tokens_details?: { cached_image_tokens: number; cached_text_tokens: number }
  }
  web_search: { num_requests: number }
}

/** The answer to a request without `stream`; events of a stream repeat it. */
export interface WireResponsesResponse {
  id: string
  object: 'response'
  created_at: number
  model: string
  status?: WireResponseStatus
  output: WireOutputItem[]
  usage?: WireResponsesUsage
  error: WireResponseError | null
  incomplete_details: { reason?: WireIncompleteReason } | null
  access_programs?: { cyber: 'standard' | 'daybreak_blue' | 'daybreak_red' } | null
  background?: boolean | null
  completed_at?: number | null
  conversation?: { id: string } | null
  image?: { context_compression: 'enabled' | 'disabled' }
  input_transformations?: {
    type: 'reasoning'
    id: string
    action: 'removed'
    reason: 'organization_mismatch' | 'end_user_mismatch' | 'model_mismatch' | 'prefix_mismatch' | 'turn_boundary'
  }[]
  instructions: string | WireInputItem[] | null
  max_output_tokens?: number | null
  max_tool_calls?: number | null
  metadata: Record<string, string> | null
  moderation?: { input: WireModerationOutcome; output: WireModerationOutcome } | null
  parallel_tool_calls: boolean
  previous_response_id?: string | null
  prompt?: WirePrompt | null
  prompt_cache_diagnostics?: WirePromptCacheDiagnostics
  prompt_cache_key?: string | null
  prompt_cache_options?: { mode: 'implicit' | 'explicit'; ttl: '30m' | '12h'; comparison_response_id?: string | null }
  prompt_cache_retention?: 'in_memory' | '24h' | null
  reasoning?: WireReasoning | null
  safety_identifier?: string | null
  service_tier?: WireServiceTier | null
  temperature: number | null
  text?: WireTextConfig
  tool_choice: WireResponsesToolChoice
  tool_usage?: WireToolUsage
  tools: WireResponsesTool[]
  top_logprobs?: number | null
  top_p: number | null
  truncation?: 'auto' | 'disabled' | null
  user?: string
}
