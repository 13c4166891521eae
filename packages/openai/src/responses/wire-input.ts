import type { WireInputContent, WireRefusal } from './wire-content.ts'
import type {
  WireApplyPatchCall,
  WireApplyPatchCallOutput,
  WireComputerCallOutput,
  WireLocalShellCallOutput,
  WireShellCall,
  WireShellCallOutput,
  WireShellOutput,
} from './wire-computer.ts'
import type {
  WireAdditionalTools,
  WireCompaction,
  WireCustomToolCallOutputItem,
  WireFunctionCallOutputItem,
  WireMcpApprovalResponse,
  WireOutputItem,
  WireToolSearchCall,
  WireToolSearchOutput,
} from './wire-item.ts'
import type { WireCaller, WireItemStatus } from './wire-item-status.ts'
import type { WireContainerReference, WireLocalEnvironment } from './wire-tool.ts'
import type { WireTextFormat } from './wire.ts'

/**
 * What a request of OpenAI's Responses API has as its input, as it stands on the wire: messages, what tools gave back, and
 * the items of earlier answers.
 */

export interface WireInputMessage {
  type?: 'message'
  role: 'user' | 'assistant' | 'system' | 'developer'
  content: string | WireInputContent[]
  phase?: 'commentary' | 'final_answer' | null
  status?: WireItemStatus
}

/** What the assistant said, where it is not replayed: the SDK's types want an id here, and the server does not. */
export interface WireSaidMessage {
  type?: 'message'
  role: 'assistant'
  content: ({ type: 'output_text'; text: string } | WireRefusal)[]
}

export interface WireFunctionCallOutput {
  type: 'function_call_output'
  call_id?: string | null
  output: string | WireInputContent[]
  id?: string | null
  caller?: WireCaller | null
  name?: string | null
  namespace?: string | null
  status?: WireItemStatus | null
}

export interface WireCustomToolCallOutput {
  type: 'custom_tool_call_output'
  call_id: string
  output: string | WireInputContent[]
  id?: string
  caller?: WireCaller | null
}

export interface WireItemReference {
  type?: 'item_reference' | null
  id: string
}

/** An item as it may stand in a request, where what only answers have can be left out. */
type Sent<Item, Optional extends keyof Item> = Omit<Item, Optional | 'created_by'> & {
  [Key in Exclude<Optional, 'created_by'>]?: Item[Key] | null
}

type WireReplayedItem = Exclude<
  WireOutputItem,
  | WireFunctionCallOutputItem
  | WireCustomToolCallOutputItem
  | WireComputerCallOutput
  | WireShellCall
  | WireShellCallOutput
  | WireLocalShellCallOutput
  | WireApplyPatchCall
  | WireApplyPatchCallOutput
  | WireMcpApprovalResponse
  | WireCompaction
  | WireToolSearchCall
  | WireToolSearchOutput
  | WireAdditionalTools
>

export type WireInputItem =
  | WireInputMessage
  | WireSaidMessage
  | WireReplayedItem
  | WireFunctionCallOutput
  | WireCustomToolCallOutput
  | (Omit<Sent<WireComputerCallOutput, 'id' | 'acknowledged_safety_checks'>, 'status'> & {
      status?: WireItemStatus | null
    })
  | (Omit<Sent<WireShellCall, 'id' | 'status'>, 'action' | 'environment'> & {
      action: { commands: string[]; max_output_length?: number | null; timeout_ms?: number | null }
      environment?: WireLocalEnvironment | WireContainerReference | null
    })
  | (Omit<Sent<WireShellCallOutput, 'id' | 'status' | 'max_output_length'>, 'output'> & {
      output: Omit<WireShellOutput, 'created_by'>[]
    })
  | WireLocalShellCallOutput
  | Sent<WireApplyPatchCall, 'id'>
  | Sent<WireApplyPatchCallOutput, 'id'>
  | Sent<WireMcpApprovalResponse, 'id'>
  | Sent<WireCompaction, 'id'>
  | Sent<WireToolSearchCall, 'id' | 'call_id' | 'execution' | 'status'>
  | Sent<WireToolSearchOutput, 'id' | 'call_id' | 'execution' | 'status'>
  | (Omit<Sent<WireAdditionalTools, 'id'>, 'role'> & { role: 'developer' })
  | {
      type: 'configuration_update'
      id?: string | null
      reasoning?: {
        effort?: 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max' | null
      }
      text?: { format: Extract<WireTextFormat, { type: 'text' | 'json_schema' }> }
    }
  | { type: 'compaction_trigger'; id?: string | null }
  | WireItemReference
