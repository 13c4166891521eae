import { checkJsonSchema } from './json-schema-check.ts'
import { withoutRefusedNulls } from './json-schema-null.ts'
import { describeIssues } from './json-schema-issue.ts'
import type { ToolCall, ToolCallError, ToolDefinition } from './tool.ts'

/** A call as it is after its check, and why it could not be checked, where that is so. */
export interface CheckedToolCall {
  readonly call: ToolCall
  readonly unchecked?: string
}

/** Checks a whole call against the tools that were offered. */
export function checkToolCall(call: ToolCall, tools: readonly ToolDefinition[]): CheckedToolCall {
  try {
    return { call: against(tools, call) }
  } catch (error) {
    // A schema that cannot be followed here (a reference to elsewhere) says nothing against the arguments.
    const reason = error instanceof Error ? error.message : String(error)
    return { call, unchecked: `the arguments of ${call.name} could not be checked: ${reason}` }
  }
}

function against(tools: readonly ToolDefinition[], call: ToolCall): ToolCall {
  const tool = tools.find(({ name }) => name === call.name)
  if (tool === undefined) {
    const message = `There is no tool ${call.name}. The tools are: ${tools.map(({ name }) => name).join(', ')}.`
    return { ...call, error: { code: 'unknown_tool', message } }
  }
  // Strict modes know no optional parameters, and write null in their place.
  const args = withoutRefusedNulls(tool.parameters, call.args)
  const issues = checkJsonSchema(tool.parameters, args)
  if (issues.length === 0) return { ...call, args }
  const error: ToolCallError = {
    code: 'invalid_arguments',
    message: `The arguments of ${call.name} do not fit its schema: ${describeIssues(issues)}.`,
    issues,
  }
  return { ...call, error }
}
