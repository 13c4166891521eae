import type { ToolCall, ToolDefinition } from './tool.ts'
import type { ToolResult } from './tool-result.ts'

/** How a tool is run. */
export interface RunToolOptions<Context = unknown> {
  /** What tools get as their second argument. */
  readonly context?: Context
  /** Stops what is running. */
  readonly signal?: AbortSignal
  /** How long each tool may take; `Infinity` for as long as it wants. Default: a minute. */
  readonly toolTimeoutMs?: number
}

/**
 * Runs the tool that a model asked for. Whatever goes wrong in it is a result too, in words for the model: a tool that there
 * is not, arguments that do not fit, an error, a deadline.
 *
 * Where arguments do not fit the JSON Schema, but the tool's own schema accepts them (since it converts them), the tool runs.
 *
 * @throws {InterlinguaError} of code `aborted` where `signal` aborts, and of code `invalid_request` where the tool has no
 * `run`.
 */
export async function runTool(
  toolCall: ToolCall,
  tools: readonly ToolDefinition[],
  options: RunToolOptions = {},
): Promise<ToolResult> {
  const { executeTool } = await import('./tool-execution.ts')
  return executeTool(toolCall, tools, options)
}
