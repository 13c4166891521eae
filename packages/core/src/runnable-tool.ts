import type { Tool } from './define-tool.ts'
import type { ToolDefinition } from './tool.ts'

/** Whether a tool can be run, and is not just described. */
export function isRunnable(tool: ToolDefinition): tool is Tool {
  return 'run' in tool && typeof tool.run === 'function'
}
