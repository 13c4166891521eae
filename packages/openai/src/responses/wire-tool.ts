import type { JsonSchema } from '@interlingua/core'

/**
 * Tools as they stand in a request of OpenAI's Responses API: functions, and those that OpenAI runs or defines itself.
 *
 * @see https://platform.openai.com/docs/guides/tools
 */

/** Who may call a tool: the model, or a program that it writes. */
type AllowedCallers = ('direct' | 'programmatic')[] | null

export interface WireResponsesFunctionTool {
  type: 'function'
  name: string
  description?: string | null
  parameters: JsonSchema | null
  strict: boolean | null
  allowed_callers?: AllowedCallers
  async?: boolean
  defer_loading?: boolean
  output_schema?: JsonSchema | null
}

/** A tool that takes a text of any form, or of a grammar, in place of JSON. */
export interface WireResponsesCustomTool {
  type: 'custom'
  name: string
  description?: string
  format?: { type: 'text' } | { type: 'grammar'; definition: string; syntax: 'lark' | 'regex' }
  allowed_callers?: AllowedCallers
  async?: boolean
  defer_loading?: boolean
}

export interface WireComparisonFilter {
  type: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin'
  key: string
  value: string | number | boolean | (string | number)[]
}

export interface WireCompoundFilter {
  type: 'and' | 'or'
  filters: unknown[]
}

export interface WireFileSearchTool {
  type: 'file_search'
  vector_store_ids: string[]
  filters?: WireComparisonFilter | WireCompoundFilter | null
  max_num_results?: number
  ranking_options?: {
    hybrid_search?: { embedding_weight: number; text_weight: number }
    ranker?: 'auto' | 'default-2024-11-15'
    score_threshold?: number
  }
}

export interface WireUserLocation {
  type?: 'approximate'
  city?: string | null
  country?: string | null
  region?: string | null
  timezone?: string | null
}

export interface WireWebSearchTool {
  type: 'web_search' | 'web_search_2025_08_26'
  external_web_access?: boolean
  filters?: { allowed_domains?: string[] | null } | null
  search_context_size?: 'low' | 'medium' | 'high'
  user_location?: WireUserLocation | null
}

export interface WireWebSearchPreviewTool {
  type: 'web_search_preview' | 'web_search_preview_2025_03_11'
  search_content_types?: ('text' | 'image')[]
  search_context_size?: 'low' | 'medium' | 'high'
  user_location?: (WireUserLocation & { type: 'approximate' }) | null
}

export interface WireComputerTool {
  type: 'computer'
}

export interface WireComputerPreviewTool {
  type: 'computer_use_preview'
  display_height: number
  display_width: number
  environment: 'windows' | 'mac' | 'linux' | 'ubuntu' | 'browser'
}

interface WireMcpToolFilter {
  read_only?: boolean
  tool_names?: string[]
}

/** A server of tools that OpenAI calls: https://platform.openai.com/docs/guides/tools-connectors-mcp. */
export interface WireMcpTool {
  type: 'mcp'
  server_label: string
  server_url?: string
  server_description?: string
  allowed_callers?: AllowedCallers
  allowed_tools?: string[] | WireMcpToolFilter | null
  authorization?: string
  connector_id?:
    | 'connector_dropbox'
    | 'connector_gmail'
    | 'connector_googlecalendar'
    | 'connector_googledrive'
    | 'connector_microsoftteams'
    | 'connector_outlookcalendar'
    | 'connector_outlookemail'
    | 'connector_sharepoint'
  defer_loading?: boolean
  headers?: Record<string, string> | null
  require_approval?: { always?: WireMcpToolFilter; never?: WireMcpToolFilter } | 'always' | 'never' | null
  tunnel_id?: string
}

export type WireNetworkPolicy =
  | { type: 'disabled' }
  | {
      type: 'allowlist'
      allowed_domains: string[]
      domain_secrets?: { domain: string; name: string; value: string }[]
    }

type MemoryLimit = '1g' | '4g' | '16g' | '64g' | null

export interface WireCodeInterpreterTool {
  type: 'code_interpreter'
  container:
    | string
    | { type: 'auto'; file_ids?: string[]; memory_limit?: MemoryLimit; network_policy?: WireNetworkPolicy }
  allowed_callers?: AllowedCallers
}

export interface WireProgrammaticToolCallingTool {
  type: 'programmatic_tool_calling'
}

export interface WireImageGenerationTool {
  type: 'image_generation'
  action?: 'generate' | 'edit' | 'auto'
  background?: 'transparent' | 'opaque' | 'auto'
  complexity?: 'low' | 'medium' | 'high'
  frame_count?: number
  frame_duration_ms?: number
  input_fidelity?: 'high' | 'low' | null
  input_image_mask?: { file_id?: string; image_url?: string }
  model?: string
  moderation?: 'auto' | 'low'
  output_compression?: number
  output_format?: 'png' | 'webp' | 'jpeg' | 'gif' | 'svg'
  partial_images?: number
  quality?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | 'auto'
  size?: string
  svg?: {
    model?: string
    reasoning?: { effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max' } | null
  }
}

export interface WireLocalShellTool {
  type: 'local_shell'
}

export interface WireLocalEnvironment {
  type: 'local'
  skills?: { description: string; name: string; path: string }[]
}

export interface WireContainerReference {
  type: 'container_reference'
  container_id: string
}

export interface WireAutoContainer {
  type: 'container_auto'
  file_ids?: string[]
  memory_limit?: MemoryLimit
  network_policy?: WireNetworkPolicy
  skills?: (
    | { type: 'skill_reference'; skill_id: string; version?: string }
    | {
        type: 'inline'
        description: string
        name: string
        source: { type: 'base64'; data: string; media_type: 'application/zip' }
      }
  )[]
}

export interface WireShellTool {
  type: 'shell'
  environment?: WireAutoContainer | WireLocalEnvironment | WireContainerReference | null
  allowed_callers?: AllowedCallers
}

export interface WireApplyPatchTool {
  type: 'apply_patch'
  allowed_callers?: AllowedCallers
}

/** Tools under a common name. */
export interface WireNamespaceTool {
  type: 'namespace'
  name: string
  description: string
  tools: (
    | (Omit<WireResponsesFunctionTool, 'parameters' | 'strict'> & { parameters?: unknown; strict?: boolean | null })
    | WireResponsesCustomTool
  )[]
}

/** Lets the model search for tools that were given with `defer_loading`. */
export interface WireToolSearchTool {
  type: 'tool_search'
  description?: string | null
  execution?: 'server' | 'client'
  parameters?: unknown
}

/** Tools that are no functions: OpenAI runs them, or says how they are called. */
export type WireBuiltInTool =
  | WireResponsesCustomTool
  | WireFileSearchTool
  | WireWebSearchTool
  | WireWebSearchPreviewTool
  | WireComputerTool
  | WireComputerPreviewTool
  | WireMcpTool
  | WireCodeInterpreterTool
  | WireProgrammaticToolCallingTool
  | WireImageGenerationTool
  | WireLocalShellTool
  | WireShellTool
  | WireApplyPatchTool
  | WireNamespaceTool
  | WireToolSearchTool

export type WireResponsesTool = WireResponsesFunctionTool | WireBuiltInTool

/** A choice of one tool, or of several, that is none of the three words. */
export type WireSpecificToolChoice =
  | { type: 'function'; name: string }
  | { type: 'custom'; name: string }
  | { type: 'mcp'; server_label: string; name?: string | null }
  | { type: 'allowed_tools'; mode: 'auto' | 'required'; tools: Record<string, unknown>[] }
  | { type: 'shell' | 'apply_patch' | 'programmatic_tool_calling' }
  | {
      type:
        | 'file_search'
        | 'web_search_preview'
        | 'computer'
        | 'computer_use_preview'
        | 'computer_use'
        | 'web_search_preview_2025_03_11'
        | 'image_generation'
        | 'code_interpreter'
        | 'mcp'
    }

export type WireResponsesToolChoice = 'none' | 'auto' | 'required' | WireSpecificToolChoice
