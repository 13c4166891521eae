import type {
  WireInputContent,
  WireOutputText,
  WireReasoningText,
  WireRefusal,
  WireSummaryText,
} from './wire-content.ts'
import type {
  WireApplyPatchCall,
  WireApplyPatchCallOutput,
  WireComputerCall,
  WireComputerCallOutput,
  WireLocalShellCall,
  WireLocalShellCallOutput,
  WireShellCall,
  WireShellCallOutput,
} from './wire-computer.ts'
import type { WireCaller, WireItemStatus } from './wire-item-status.ts'
import type { WireResponsesTool } from './wire-tool.ts'

/**
 * The items that an answer of OpenAI's Responses API consists of, as they stand on the wire.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/object
 */

export interface WireOutputMessage {
  type: 'message'
  id: string
  role: 'assistant'
  status: WireItemStatus
  content: (WireOutputText | WireRefusal)[]
  phase?: 'commentary' | 'final_answer' | null
}

export interface WireReasoningItem {
  type: 'reasoning'
  id: string
  summary: WireSummaryText[]
  content?: WireReasoningText[]
  encrypted_content?: string | null
  status?: WireItemStatus
}

export interface WireFunctionCallItem {
  type: 'function_call'
  call_id: string
  name: string
  arguments: string
  id?: string
  status?: WireItemStatus
  async?: boolean
  caller?: WireCaller | null
  namespace?: string
}

export interface WireFunctionCallOutputItem {
  type: 'function_call_output'
  id: string
  output: string | WireInputContent[]
  status: WireItemStatus
  call_id?: string
  caller?: WireCaller | null
  created_by?: string
  name?: string
  namespace?: string
}

export interface WireCustomToolCall {
  type: 'custom_tool_call'
  call_id: string
  name: string
  input: string
  id?: string
  async?: boolean
  caller?: WireCaller | null
  namespace?: string
}

export interface WireCustomToolCallOutputItem {
  type: 'custom_tool_call_output'
  id: string
  call_id: string
  output: string | WireInputContent[]
  status: WireItemStatus
  caller?: WireCaller | null
  created_by?: string
}

export interface WireWebSearchCall {
  type: 'web_search_call'
  id: string
  status: WireItemStatus | 'searching' | 'failed'
  action:
    | { type: 'search'; query?: string; queries?: string[]; sources?: { type: 'url'; url: string }[] }
    | { type: 'open_page'; url?: string | null }
    | { type: 'find_in_page'; pattern: string; url: string }
}

export interface WireFileSearchCall {
  type: 'file_search_call'
  id: string
  status: WireItemStatus | 'searching' | 'failed'
  queries: string[]
  results?:
    | {
        attributes?: Record<string, string | number | boolean> | null
        file_id?: string
        filename?: string
        score?: number
        text?: string
      }[]
    | null
}

export interface WireCodeInterpreterCall {
  type: 'code_interpreter_call'
  id: string
  status: WireItemStatus | 'interpreting' | 'failed'
  code: string | null
  container_id: string
  outputs: ({ type: 'logs'; logs: string } | { type: 'image'; url: string })[] | null
}

export interface WireImageGenerationCall {
  type: 'image_generation_call'
  id: string
  status: 'in_progress' | 'completed' | 'generating' | 'failed'
  /** The image, as Base64. */
  result: string | null
  action?: 'generate' | 'edit' | 'auto' | null
  background?: 'transparent' | 'opaque' | 'auto' | null
  error?: {
    code: string | null
    message: string
    param: string | null
    type: string
    moderation_details?: { categories: string[]; moderation_stage: 'input' | 'output' | 'unknown' }
  }
  output_format?: 'png' | 'webp' | 'jpeg' | 'gif' | 'svg' | null
  quality?: 'low' | 'medium' | 'high' | 'xhigh' | 'max' | 'auto' | null
  revised_prompt?: string | null
  size?: string | null
  svg_usage?: {
    input_tokens: number
    model: string
    output_tokens: number
    reasoning_tokens: number
    total_tokens: number
  }
}

export interface WireMcpCall {
  type: 'mcp_call'
  id: string
  name: string
  server_label: string
  arguments: string
  approval_request_id?: string | null
  error?:
    | { type: 'mcp_protocol_error' | 'http_error'; code: number; message: string }
    | { type: 'mcp_tool_execution_error'; content: unknown }
    | null
  output?: string | null
  status?: WireItemStatus | 'calling' | 'failed'
}

export interface WireMcpListTools {
  type: 'mcp_list_tools'
  id: string
  server_label: string
  tools: { name: string; input_schema: unknown; annotations?: unknown; description?: string | null }[]
  error?: string | null
}

export interface WireMcpApprovalRequest {
  type: 'mcp_approval_request'
  id: string
  name: string
  server_label: string
  arguments: string
}

export interface WireMcpApprovalResponse {
  type: 'mcp_approval_response'
  id: string
  approval_request_id: string
  approve: boolean
  reason?: string | null
}

/** A conversation that was made shorter: it stands for what came before it. */
export interface WireCompaction {
  type: 'compaction'
  id: string
  encrypted_content: string
  created_by?: string
}

export interface WireToolSearchCall {
  type: 'tool_search_call'
  id: string
  call_id: string | null
  arguments: unknown
  execution: 'server' | 'client'
  status: WireItemStatus
  created_by?: string
}

export interface WireToolSearchOutput {
  type: 'tool_search_output'
  id: string
  call_id: string | null
  execution: 'server' | 'client'
  status: WireItemStatus
  tools: WireResponsesTool[]
  created_by?: string
}

export interface WireAdditionalTools {
  type: 'additional_tools'
  id: string
  role: 'unknown' | 'user' | 'assistant' | 'system' | 'critic' | 'discriminator' | 'developer' | 'tool'
  tools: WireResponsesTool[]
}

/** A program that the model wrote to call tools. */
export interface WireProgram {
  type: 'program'
  id: string
  call_id: string
  code: string
  fingerprint: string
}

export interface WireProgramOutput {
  type: 'program_output'
  id: string
  call_id: string
  result: string
  status: 'completed' | 'incomplete'
}

/** An item of an answer. OpenAI may add kinds: those arrive too, so a `switch` over `type` wants a `default`. */
export type WireOutputItem =
  | WireOutputMessage
  | WireReasoningItem
  | WireFunctionCallItem
  | WireFunctionCallOutputItem
  | WireCustomToolCall
  | WireCustomToolCallOutputItem
  | WireWebSearchCall
  | WireFileSearchCall
  | WireCodeInterpreterCall
  | WireImageGenerationCall
  | WireMcpCall
  | WireMcpListTools
  | WireMcpApprovalRequest
  | WireMcpApprovalResponse
  | WireComputerCall
  | WireComputerCallOutput
  | WireShellCall
  | WireShellCallOutput
  | WireLocalShellCall
  | WireLocalShellCallOutput
  | WireApplyPatchCall
  | WireApplyPatchCallOutput
  | WireCompaction
  | WireToolSearchCall
  | WireToolSearchOutput
  | WireAdditionalTools
  | WireProgram
  | WireProgramOutput
