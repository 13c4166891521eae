import {
  type ToolChoice,
  type ToolDefinition,
  type ToolNameRule,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import type { WireRequest, WireTool } from './wire.ts'

/** Cohere takes letters, digits and underscores, and no digit at the beginning. */
export const toolNameRule: ToolNameRule = { plain: (name) => name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_') }

/** What encoding tools takes. */
export interface ToolOptions {
  readonly tools?: readonly ToolDefinition[] | undefined
  readonly toolChoice?: ToolChoice | undefined
  readonly strict?: boolean | undefined
}

/**
 * Tools and the choice among them in Cohere's form. Cohere knows no choice of one named tool: that tool is then the only
 * one that is offered, and the model must use it.
 */
export async function encodeTools(
  { tools, toolChoice, strict }: ToolOptions,
  toolNames: ToolNames,
  unsupported: UnsupportedFeatures,
): Promise<Pick<WireRequest, 'tools' | 'tool_choice' | 'strict_tools'>> {
  if (!tools || tools.length === 0) {
    if (toolChoice !== undefined && toolChoice !== 'auto') tellPointlessChoice(unsupported)
    return {}
  }
  const named = typeof toolChoice === 'object' ? toolChoice.name : undefined
  const offered = named === undefined ? tools : tools.filter(({ name }) => name === named)
  if (offered.length === 0) {
    const problem = `there is no tool ${JSON.stringify(named)} among the tools`
    unsupported.add({ field: 'toolChoice', problem, instead: 'the model may choose among all of them' })
    return encodeTools({ tools, strict }, toolNames, unsupported)
  }
  const strictTools = strict ? (await import('./strict-tools.ts')).reshapeTools(offered, unsupported) : undefined
  return withoutUndefined({
    tools: (strictTools ?? offered).map((tool) => encodeTool(tool, toolNames)),
    tool_choice: encodeChoice(named === undefined ? toolChoice : 'required'),
    strict_tools: strictTools && true,
  })
}

/** Tells of a tool choice that has no tools to choose among. */
export function tellPointlessChoice(unsupported: UnsupportedFeatures): void {
  unsupported.add({ field: 'toolChoice', problem: 'there are no tools to choose among', instead: 'it is left out' })
}

function encodeChoice(choice: ToolChoice | undefined): 'REQUIRED' | 'NONE' | undefined {
  if (choice === 'required') return 'REQUIRED'
  return choice === 'none' ? 'NONE' : undefined
}

function encodeTool({ name, description, parameters }: ToolDefinition, toolNames: ToolNames): WireTool {
  return { type: 'function', function: withoutUndefined({ name: toolNames.encode(name), description, parameters }) }
}
