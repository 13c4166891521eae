import type { CheckedToolCall } from './tool-call-check.ts'
import type { PartialJson } from './partial-json.ts'
import type { ToolCall, ToolDefinition } from './tool.ts'

/** How tool calls are read, beyond reading whole arguments as JSON. */
export interface ToolCallReading {
  /** Checks a whole call. Default: it is not checked. */
  readonly check?: ((call: ToolCall) => CheckedToolCall) | undefined
  /** Reads arguments while they grow. Default: they show when they are whole. */
  readonly createParser?: (() => PartialJson) | undefined
}

/**
 * How the tool calls of a call are read. What that takes is loaded only for calls that need it: without tools there is
 * nothing to check, and few want to see arguments grow.
 */
export async function readingOf(options: {
  readonly tools?: readonly ToolDefinition[] | undefined
  readonly partialTools?: boolean | undefined
}): Promise<ToolCallReading> {
  const { tools = [], partialTools } = options
  const [checking, parsing] = await Promise.all([
    tools.length > 0 ? import('./tool-call-check.ts') : undefined,
    partialTools ? import('./partial-json.ts') : undefined,
  ])
  return {
    check: checking && ((call) => checking.checkToolCall(call, tools)),
    createParser: parsing && (() => new parsing.PartialJson()),
  }
}
