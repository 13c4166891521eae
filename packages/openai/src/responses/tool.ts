import { type ToolChoice, type ToolDefinition, type UnsupportedFeatures, withoutUndefined } from '@interlingua/core'
import type { OpenAIResponsesParams } from './params.ts'
import { strictSchema } from './strict.ts'
import type { WireResponsesFunctionTool, WireResponsesTool, WireResponsesToolChoice } from './wire-tool.ts'

/** What encoding tools takes. */
export interface ToolOptions extends Pick<OpenAIResponsesParams, 'builtInTools' | 'builtInToolChoice' | 'strictTools'> {
  readonly tools: readonly ToolDefinition[] | undefined
  readonly toolChoice: ToolChoice | undefined
  readonly unsupported: UnsupportedFeatures
  /** The name of a tool as it is sent. */
  readonly toolName: (name: string) => string
}

/** Tools and the choice among them in OpenAI's form. A tool that goes by the name of a custom one is offered as that. */
export function encodeTools(options: ToolOptions): {
  tools?: WireResponsesTool[]
  tool_choice?: WireResponsesToolChoice
} {
  const { tools = [], builtInTools = [], toolChoice, builtInToolChoice, unsupported } = options
  const custom = new Set(builtInTools.flatMap((tool) => (tool.type === 'custom' ? [tool.name] : [])))
  const functions = tools.filter(({ name }) => !custom.has(options.toolName(name)) && !custom.has(name))
  const offered = [...functions.map((tool) => encodeTool(tool, options)), ...builtInTools]
  if (offered.length === 0) {
    if (builtInToolChoice !== undefined || (toolChoice !== undefined && toolChoice !== 'auto')) {
      const problem = 'there are no tools to choose among'
      unsupported.add({ field: 'toolChoice', problem, instead: 'it is left out' })
    }
    return {}
  }
  return withoutUndefined({
    tools: offered,
    tool_choice: builtInToolChoice ?? encodeChoice(toolChoice, offered, options),
  })
}

function encodeTool(tool: ToolDefinition, { strictTools, toolName, unsupported }: ToolOptions): WireResponsesFunctionTool {
  const { name, description, parameters } = tool
  const strict = strictTools ? strictSchema(parameters, `tools.${name}.parameters`, unsupported) : undefined
  return withoutUndefined({
    type: 'function' as const,
    name: toolName(name),
    description,
    parameters: strict?.schema ?? parameters,
    // Left out, it would be tried.
    strict: strict !== undefined,
  })
}

function encodeChoice(
  choice: ToolChoice | undefined,
  offered: readonly WireResponsesTool[],
  { toolName, unsupported }: ToolOptions,
): WireResponsesToolChoice | undefined {
  if (typeof choice !== 'object') return choice
  const name = toolName(choice.name)
  const tool = offered.find((each) => 'name' in each && (each.name === name || each.name === choice.name))
  if (tool?.type === 'custom') return { type: 'custom', name: tool.name }
  if (tool?.type === 'function') return { type: 'function', name }
  const problem = `there is no tool ${JSON.stringify(choice.name)} among the tools`
  unsupported.add({ field: 'toolChoice', problem, instead: 'the model may choose among all of them' })
  return undefined
}
