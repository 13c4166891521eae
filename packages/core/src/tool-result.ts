import type { ToolCall } from './tool.ts'
import type { ToolMessage } from './message.ts'

/** What came of a tool call. */
export interface ToolResult {
  readonly toolCall: ToolCall
  /** What the model is told. */
  readonly message: ToolMessage
  /** What the tool returned; `undefined` where it failed. */
  readonly value: unknown
  /** Why there is no value; what the tool threw is its `cause`. */
  readonly error?: ToolFailure
  readonly durationMs: number
}

/** Why a tool call gave no value. The model is told `message`. */
export interface ToolFailure {
  /**
   * - `unknown_tool`, `invalid_json`, `invalid_arguments`: the model's mistakes, see `ToolCallError`; the tool was not run
   * - `thrown`: the tool threw `cause`, or its result cannot be written as JSON
   * - `timeout`: the tool did not end in time
   */
  readonly code: 'unknown_tool' | 'invalid_json' | 'invalid_arguments' | 'thrown' | 'timeout'
  readonly message: string
  readonly cause?: unknown
}
