import { Cancellation } from './cancellation.ts'
import type { Tool } from './define-tool.ts'
import { InterlinguaError } from './error.ts'
import { checkJsonSchema, type SchemaIssue } from './json-schema-check.ts'
import { withoutRefusedNulls } from './json-schema-null.ts'
import type { JsonSchema } from './json-schema.ts'
import { describeIssues } from './json-schema-issue.ts'
import type { RunToolOptions } from './run-tool.ts'
import { isRunnable } from './runnable-tool.ts'
import { toolContent } from './tool-content.ts'
import type { ToolFailure, ToolResult } from './tool-result.ts'
import type { ToolCall, ToolDefinition } from './tool.ts'

const defaultTimeoutMs = 60_000
/** What a timer can hold; a longer deadline is none. */
const longestTimeoutMs = 2_147_483_647

/** Runs a tool. See `runTool`. */
export async function executeTool(
  toolCall: ToolCall,
  tools: readonly ToolDefinition[],
  options: RunToolOptions = {},
): Promise<ToolResult> {
  const start = performance.now()
  const outcome = await outcomeOf(toolCall, tools, options)
  const durationMs = performance.now() - start
  const isFailure = 'failure' in outcome
  const content = isFailure ? outcome.failure.message : outcome.content
  return {
    toolCall,
    message: { role: 'tool', toolCallId: toolCall.id, content, ...(isFailure && { isError: true }) },
    value: isFailure ? undefined : outcome.value,
    ...(isFailure && { error: outcome.failure }),
    durationMs,
  }
}

type Outcome =
  | { readonly value: unknown; readonly content: ToolResult['message']['content'] }
  | { readonly failure: ToolFailure }

async function outcomeOf(
  toolCall: ToolCall,
  tools: readonly ToolDefinition[],
  { context, signal, toolTimeoutMs = defaultTimeoutMs }: RunToolOptions,
): Promise<Outcome> {
  const { name, error } = toolCall
  if (signal?.aborted) throw aborted(signal)
  const tool = tools.find((each) => each.name === name)
  if (!tool) return { failure: unknownTool(toolCall, tools) }
  if (error?.code === 'invalid_json') return { failure: error }
  if (!isRunnable(tool)) {
    throw new InterlinguaError({ code: 'invalid_request', message: `the tool ${name} has no \`run\`.`, field: 'tools' })
  }
  const timeoutMs = tool.timeoutMs ?? toolTimeoutMs
  const cancellation = new Cancellation(signal)
  const late = new DOMException(`The tool ${name} did not end within ${timeoutMs} ms.`, 'TimeoutError')
  const timer =
    timeoutMs <= longestTimeoutMs ? setTimeout(() => cancellation.abort(late), Math.max(timeoutMs, 0)) : undefined
  try {
    return await cancellation.race(checkAndRun(tool, toolCall, context, cancellation.signal), () => {})
  } catch (cause) {
    if (cancellation.signal.reason === late) return { failure: { code: 'timeout', message: late.message, cause: late } }
    if (signal?.aborted) throw aborted(signal)
    const reason = cause instanceof Error ? cause.message : String(cause)
    return { failure: { code: 'thrown', message: `The tool ${name} failed: ${reason}`, cause } }
  } finally {
    clearTimeout(timer)
    cancellation.release()
  }
}

async function checkAndRun(tool: Tool, toolCall: ToolCall, context: unknown, signal: AbortSignal): Promise<Outcome> {
  const { name, parameters } = tool
  const { args, issues } = checkParameters(parameters, toolCall.args)
  const checked = tool.validate ? await tool.validate(args) : issues ? { issues } : { value: args }
  if (checked.issues) {
    const message = `The arguments of ${name} do not fit its schema: ${describeIssues(checked.issues)}.`
    return { failure: { code: 'invalid_arguments', message } }
  }
  // What has passed the schema is of the type that it tells; the type of the context is the caller's word.
  const value: unknown = await tool.run(checked.value as never, context as never, { toolCall, signal })
  try {
    return { value, content: toolContent(value) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const message = `The tool ${name} gave a result that cannot be written as JSON: ${reason}`
    return { failure: { code: 'thrown', message, cause } }
  }
}

/** The same as is done to a call when it is read, since a call may also be made by hand. */
function checkParameters(
  parameters: JsonSchema,
  args: unknown,
): { readonly args: unknown; readonly issues: readonly SchemaIssue[] | undefined } {
  try {
    const given = withoutRefusedNulls(parameters, args)
    const issues = checkJsonSchema(parameters, given)
    return { args: given, issues: issues.length > 0 ? issues : undefined }
  } catch {
    // A schema that cannot be followed here (a reference to elsewhere) says nothing against the arguments.
    return { args, issues: undefined }
  }
}

function unknownTool({ name, error }: ToolCall, tools: readonly ToolDefinition[]): ToolFailure {
  if (error?.code === 'unknown_tool') return { code: error.code, message: error.message }
  const list = tools.map((tool) => tool.name).join(', ')
  return {
    code: 'unknown_tool',
    message: `There is no tool ${name}. ${list ? `The tools are: ${list}.` : 'There are none.'}`,
  }
}

function aborted(signal: AbortSignal): InterlinguaError {
  const message = 'the tools were stopped before all of them had ended.'
  return new InterlinguaError({ code: 'aborted', message, cause: signal.reason })
}
