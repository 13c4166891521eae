import type { WireCaller, WireItemStatus } from './wire-item-status.ts'
import type { WireContainerReference, WireLocalEnvironment } from './wire-tool.ts'

/**
 * The items by which a model uses a computer: its screen, its shell, its files. They are answered by the caller, or by OpenAI
 * where it runs the computer.
 */

/** What a model asks a computer to do, as it stands on the wire: https://platform.openai.com/docs/guides/tools-computer-use. */
export type WireComputerAction =
  | {
      type: 'click'
      button: 'left' | 'right' | 'wheel' | 'back' | 'forward'
      x: number
      y: number
      keys?: string[] | null
    }
  | { type: 'double_click'; x: number; y: number; keys: string[] | null }
  | { type: 'drag'; path: { x: number; y: number }[]; keys?: string[] | null }
  | { type: 'keypress'; keys: string[] }
  | { type: 'move'; x: number; y: number; keys?: string[] | null }
  | { type: 'screenshot' }
  | { type: 'scroll'; scroll_x: number; scroll_y: number; x: number; y: number; keys?: string[] | null }
  | { type: 'type'; text: string }
  | { type: 'wait' }

interface WireSafetyCheck {
  id: string
  code?: string | null
  message?: string | null
}

export interface WireComputerCall {
  type: 'computer_call'
  id: string
  call_id: string
  status: WireItemStatus
  pending_safety_checks: WireSafetyCheck[]
  action?: WireComputerAction
  actions?: WireComputerAction[]
}

export interface WireComputerCallOutput {
  type: 'computer_call_output'
  id: string
  call_id: string
  output: { type: 'computer_screenshot'; file_id?: string; image_url?: string }
  status: WireItemStatus | 'failed'
  acknowledged_safety_checks?: WireSafetyCheck[]
  created_by?: string
}

export interface WireShellCall {
  type: 'shell_call'
  id: string
  call_id: string
  status: WireItemStatus
  action: { commands: string[]; max_output_length: number | null; timeout_ms: number | null }
  environment: Pick<WireLocalEnvironment, 'type'> | WireContainerReference | null
  caller?: WireCaller | null
  created_by?: string
}

export interface WireShellOutput {
  outcome: { type: 'timeout' } | { type: 'exit'; exit_code: number }
  stdout: string
  stderr: string
  created_by?: string
}

export interface WireShellCallOutput {
  type: 'shell_call_output'
  id: string
  call_id: string
  status: WireItemStatus
  output: WireShellOutput[]
  max_output_length: number | null
  caller?: WireCaller | null
  created_by?: string
}

export interface WireLocalShellCall {
  type: 'local_shell_call'
  id: string
  call_id: string
  status: WireItemStatus
  action: {
    type: 'exec'
    command: string[]
    env: Record<string, string>
    timeout_ms?: number | null
    user?: string | null
    working_directory?: string | null
  }
}

export interface WireLocalShellCallOutput {
  type: 'local_shell_call_output'
  id: string
  output: string
  status?: WireItemStatus | null
}

export interface WireApplyPatchCall {
  type: 'apply_patch_call'
  id: string
  call_id: string
  status: 'in_progress' | 'completed'
  operation: { type: 'create_file' | 'update_file'; path: string; diff: string } | { type: 'delete_file'; path: string }
  caller?: WireCaller | null
  created_by?: string
}

export interface WireApplyPatchCallOutput {
  type: 'apply_patch_call_output'
  id: string
  call_id: string
  status: 'completed' | 'failed'
  output?: string | null
  caller?: WireCaller | null
  created_by?: string
}
