import {
  BaseTool,
  type ToolChoice,
  type ToolDefinition,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core'
import { describeChanges } from './schema-changes.ts'
import { reshapeSchema } from './schema.ts'
import type { ToolNames } from './tool-name.ts'
import type { WireRequest, WireTool } from './wire.ts'

/** A tool call of a Cohere stream. */
export class CohereTool extends BaseTool {}

/** The most fields that `strict_tools` allows, over all tools: https://docs.cohere.com/docs/structured-outputs. */
const mostStrictFields = 200

/**
 * Tools and the choice among them in Cohere's form. Cohere knows no choice of one named tool: that tool is then the only
 * one that is offered, and the model must use it.
 */
export function encodeTools(
  { tools, toolChoice, strict }: { tools?: readonly ToolDefinition[]; toolChoice?: ToolChoice; strict?: boolean },
  toolNames: ToolNames,
  unsupported: UnsupportedFeatures,
): Pick<WireRequest, 'tools' | 'tool_choice' | 'strict_tools'> {
  if (!tools || tools.length === 0) return {}
  const named = typeof toolChoice === 'object' ? toolChoice.name : undefined
  const offered = named === undefined ? tools : tools.filter(({ name }) => name === named)
  if (offered.length === 0) {
    const problem = `there is no tool ${JSON.stringify(named)} among the tools`
    unsupported.add({ field: 'toolChoice', problem, instead: 'the model may choose among all of them' })
    return encodeTools({ tools, ...(strict && { strict }) }, toolNames, unsupported)
  }
  const isStrict = strict && canBeStrict(offered, unsupported)
  return withoutUndefined({
    tools: offered.map((tool) => encodeTool(isStrict ? strictTool(tool, unsupported) : tool, toolNames)),
    tool_choice: encodeChoice(named === undefined ? toolChoice : 'required'),
    strict_tools: isStrict || undefined,
  })
}

function encodeChoice(choice: ToolChoice | undefined): 'REQUIRED' | 'NONE' | undefined {
  if (choice === 'required') return 'REQUIRED'
  return choice === 'none' ? 'NONE' : undefined
}

function encodeTool({ name, description, parameters }: ToolDefinition, toolNames: ToolNames): WireTool {
  return { type: 'function', function: withoutUndefined({ name: toolNames.encode(name), description, parameters }) }
}

/** With `strict_tools` Cohere understands of a schema what it understands of a response format. */
function strictTool(tool: ToolDefinition, unsupported: UnsupportedFeatures): ToolDefinition {
  const { schema, changes } = reshapeSchema(tool.parameters)
  const problem = describeChanges(changes)
  if (problem) {
    unsupported.add({
      field: `tools.${tool.name}.parameters`,
      problem,
      instead: 'the arguments are checked when they have come',
    })
  }
  return { ...tool, parameters: schema }
}

function canBeStrict(tools: readonly ToolDefinition[], unsupported: UnsupportedFeatures): boolean {
  const instead = 'the tools are offered without `strict_tools`'
  const loose = tools.find(
    ({ parameters }) => !Array.isArray(parameters['required']) || parameters['required'].length === 0,
  )
  if (loose) {
    const problem = `Cohere wants at least one required parameter of each tool, and ${loose.name} has none`
    unsupported.add({ field: 'strictTools', problem, instead })
    return false
  }
  const fields = tools.reduce((sum, { parameters }) => sum + Object.keys(parameters['properties'] ?? {}).length, 0)
  if (fields <= mostStrictFields) return true
  const problem = `Cohere accepts ${mostStrictFields} fields over all tools, and these are ${fields}`
  unsupported.add({ field: 'strictTools', problem, instead })
  return false
}
