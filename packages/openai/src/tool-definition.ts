import {
  type JsonSchema,
  type ReshapedSchema,
  type ToolChoice,
  type ToolDefinition,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { describeChanges } from '@interlingua/core/encoding'
import type { OpenAIDialect } from './dialects/dialect.ts'
import type { OpenAICustomTool } from './params.ts'
import type { WireCustomTool, WireFunctionTool, WireRequest, WireToolChoice } from './wire.ts'

/** What encoding tools takes. */
export interface ToolOptions {
  readonly tools?: readonly ToolDefinition[] | undefined
  readonly customTools?: readonly OpenAICustomTool[] | undefined
  readonly toolChoice?: ToolChoice | undefined
  readonly strict?: boolean | undefined
  readonly dialect: OpenAIDialect
  readonly toolNames: ToolNames
  readonly unsupported: UnsupportedFeatures
}

/** Tools and the choice among them in OpenAI's form. */
export async function encodeTools(options: ToolOptions): Promise<Pick<WireRequest, 'tools' | 'tool_choice'>> {
  const { tools = [], customTools = [], toolChoice, unsupported } = options
  if (tools.length + customTools.length === 0) {
    if (toolChoice !== undefined && toolChoice !== 'auto') {
      unsupported.add({ field: 'toolChoice', problem: 'there are no tools to choose among', instead: 'it is left out' })
    }
    return {}
  }
  const { offered, choice } = choose(options)
  const reshape = await reshaperFor(options)
  return withoutUndefined({
    tools: [
      ...offered.map((tool) => encodeTool(tool, { ...options, reshape })),
      ...customTools.map((tool) => encodeCustomTool(tool, options)),
    ],
    tool_choice: choice,
  })
}

/** A server that knows no choice of one tool is offered that one only, and told that it must use it. */
function choose(options: ToolOptions): {
  readonly offered: readonly ToolDefinition[]
  readonly choice?: WireToolChoice
} {
  const { tools = [], customTools = [], toolChoice, dialect, toolNames, unsupported } = options
  const { requiredToolChoice = 'required', takesNamedToolChoice = true } = dialect
  if (typeof toolChoice !== 'object') {
    if (toolChoice === undefined || toolChoice === 'auto') return { offered: tools }
    return { offered: tools, choice: toolChoice === 'required' ? requiredToolChoice : toolChoice }
  }
  const { name } = toolChoice
  const named = toolNames.encode(name)
  if (customTools.some((tool) => tool.name === name))
    return { offered: tools, choice: { type: 'custom', custom: { name: named } } }
  const only = tools.filter((tool) => tool.name === name)
  if (only.length === 0) {
    const problem = `there is no tool ${JSON.stringify(name)} among the tools`
    unsupported.add({ field: 'toolChoice', problem, instead: 'the model may choose among all of them' })
    return { offered: tools }
  }
  if (!takesNamedToolChoice) return { offered: only, choice: requiredToolChoice }
  return { offered: tools, choice: { type: 'function', function: { name: named } } }
}

/** What reshapes the schemas of tools, where the server holds the model to them and takes a part of JSON Schema only. */
export async function reshaperFor({
  strict,
  dialect,
}: Pick<ToolOptions, 'strict' | 'dialect'>): Promise<((schema: JsonSchema) => ReshapedSchema) | undefined> {
  return strict && dialect.hasSchemaSubset ? (await import('./schema.ts')).strictSchema : undefined
}

export function encodeTool(
  tool: ToolDefinition,
  {
    strict = false,
    dialect,
    toolNames,
    unsupported,
    reshape,
  }: ToolOptions & { readonly reshape: ((schema: JsonSchema) => ReshapedSchema) | undefined },
): WireFunctionTool {
  const { name, description, parameters } = tool
  const wire = { name: toolNames.encode(name), description }
  if (!strict) return { type: 'function', function: withoutUndefined({ ...wire, parameters }) }
  if (!reshape) return { type: 'function', function: withoutUndefined({ ...wire, parameters, strict }) }
  const reshaped = reshape(parameters)
  const unfit = reshaped.wrapped === undefined ? reshaped.unfit : 'the parameters are not one object'
  if (unfit !== undefined) {
    const problem = `${dialect.displayName} holds a model to a part of JSON Schema only, which has no word for ${unfit}`
    unsupported.add({ field: `tools.${name}.parameters`, problem, instead: 'the tool is offered without `strict`' })
    return { type: 'function', function: withoutUndefined({ ...wire, parameters }) }
  }
  const loss = describeChanges(reshaped.changes, dialect.displayName)
  if (loss !== undefined) {
    const instead = 'the arguments are checked when they have come'
    unsupported.add({ field: `tools.${name}.parameters`, problem: loss, instead })
  }
  return { type: 'function', function: withoutUndefined({ ...wire, parameters: reshaped.schema, strict }) }
}

function encodeCustomTool(
  { name, description, grammar }: OpenAICustomTool,
  { toolNames }: ToolOptions,
): WireCustomTool {
  const format = grammar && { type: 'grammar' as const, grammar }
  return { type: 'custom', custom: withoutUndefined({ name: toolNames.encode(name), description, format }) }
}
