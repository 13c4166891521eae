import {
  type ToolChoice,
  type ToolDefinition,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import type { OpenAIDialect } from '../dialects/dialect.ts'
import { encodeTool, reshaperFor } from '../tool-definition.ts'
import type { OpenAIResponsesParams } from './params.ts'
import type {
  WireResponsesCustomTool,
  WireResponsesFunctionTool,
  WireResponsesTool,
  WireResponsesToolChoice,
  WireWebSearchTool,
} from './wire-tool.ts'

/** What encoding tools takes. */
export interface ToolOptions extends Pick<
  OpenAIResponsesParams,
  'customTools' | 'webSearch' | 'builtInTools' | 'builtInToolChoice'
> {
  readonly tools: readonly ToolDefinition[] | undefined
  readonly toolChoice: ToolChoice | undefined
  readonly strict: boolean | undefined
  readonly dialect: OpenAIDialect
  readonly toolNames: ToolNames
  readonly unsupported: UnsupportedFeatures
}

/** Tools and the choice among them in the form of the Responses API. */
export async function encodeTools(options: ToolOptions): Promise<{
  tools?: WireResponsesTool[]
  tool_choice?: WireResponsesToolChoice
}> {
  const {
    tools = [],
    customTools = [],
    webSearch,
    builtInTools = [],
    toolChoice,
    builtInToolChoice,
    unsupported,
  } = options
  const reshape = await reshaperFor(options)
  const offered: WireResponsesTool[] = [
    ...tools.map((tool) => encodeFunction(tool, { ...options, reshape })),
    ...customTools.map((tool) => encodeCustomTool(tool, options)),
    ...(webSearch ? [encodeWebSearch(webSearch)] : []),
    ...builtInTools,
  ]
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

function encodeFunction(tool: ToolDefinition, options: Parameters<typeof encodeTool>[1]): WireResponsesFunctionTool {
  const { strict = false, ...described } = encodeTool(tool, options).function
  // Left out, `strict` would be tried.
  return { type: 'function', ...described, parameters: described.parameters ?? null, strict }
}

function encodeCustomTool(
  { name, description, grammar }: NonNullable<ToolOptions['customTools']>[number],
  { toolNames }: ToolOptions,
): WireResponsesCustomTool {
  const format = grammar && { type: 'grammar' as const, ...grammar }
  return withoutUndefined({ type: 'custom' as const, name: toolNames.encode(name), description, format })
}

function encodeWebSearch({
  searchContextSize,
  userLocation,
}: NonNullable<ToolOptions['webSearch']>): WireWebSearchTool {
  return withoutUndefined({
    type: 'web_search' as const,
    search_context_size: searchContextSize,
    user_location: userLocation && withoutUndefined({ type: 'approximate' as const, ...userLocation }),
  })
}

function encodeChoice(
  choice: ToolChoice | undefined,
  offered: readonly WireResponsesTool[],
  { toolNames, unsupported }: ToolOptions,
): WireResponsesToolChoice | undefined {
  if (typeof choice !== 'object') return choice
  const name = toolNames.encode(choice.name)
  const tool = offered.find((each) => 'name' in each && each.name === name)
  if (tool?.type === 'custom' || tool?.type === 'function') return { type: tool.type, name }
  const problem = `there is no tool ${JSON.stringify(choice.name)} among the tools`
  unsupported.add({ field: 'toolChoice', problem, instead: 'the model may choose among all of them' })
  return undefined
}
