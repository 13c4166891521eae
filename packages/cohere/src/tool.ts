import {
  BaseTool,
  describeChanges,
  isObject,
  type ReshapedSchema,
  type ToolChoice,
  type ToolDefinition,
  type ToolNameRule,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core'
import { reshapeSchema } from './schema.ts'
import type { WireRequest, WireTool } from './wire.ts'

/** A tool call of a Cohere stream. */
export class CohereTool extends BaseTool {}

/** Cohere takes letters, digits and underscores, and no digit at the beginning. */
export const toolNameRule: ToolNameRule = { plain: (name) => name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_') }

/** The most fields that `strict_tools` allows, over all tools: https://docs.cohere.com/docs/structured-outputs. */
const mostStrictFields = 200

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
export function encodeTools(
  { tools, toolChoice, strict }: ToolOptions,
  toolNames: ToolNames,
  unsupported: UnsupportedFeatures,
): Pick<WireRequest, 'tools' | 'tool_choice' | 'strict_tools'> {
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
  const strictTools = strict ? reshapeTools(offered, unsupported) : undefined
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

/**
 * The tools as `strict_tools` takes them: of a schema Cohere understands then what it understands of a response format.
 * `undefined`, and told, where it would refuse them.
 */
function reshapeTools(
  tools: readonly ToolDefinition[],
  unsupported: UnsupportedFeatures,
): readonly ToolDefinition[] | undefined {
  const reshaped = tools.map((tool) => ({ tool, ...reshapeSchema(tool.parameters) }))
  const fields = reshaped.reduce((sum, { schema }) => sum + countFields(schema), 0)
  const problem =
    reshaped.map((each) => looseness(each.tool.name, each)).find((found) => found !== undefined) ??
    (fields > mostStrictFields
      ? `Cohere accepts ${mostStrictFields} fields over all tools, and these are ${fields}`
      : undefined)
  if (problem !== undefined) {
    unsupported.add({ field: 'strictTools', problem, instead: 'the tools are offered without `strict_tools`' })
    return undefined
  }
  return reshaped.map(({ tool, schema, changes }) => {
    const loss = describeChanges(changes, 'Cohere')
    if (loss !== undefined) {
      const instead = 'the arguments are checked when they have come'
      unsupported.add({ field: `tools.${tool.name}.parameters`, problem: loss, instead })
    }
    const { name, description } = tool
    return withoutUndefined({ name, description, parameters: schema })
  })
}

/** Why a tool cannot be strict, by its schema as Cohere would have it. */
function looseness(name: string, { schema, wrapped, placeholder }: ReshapedSchema): string | undefined {
  // What the model writes for a property that only the wire has would be among the arguments, and in a history.
  if (placeholder !== undefined)
    return `Cohere wants a property in each object, and the parameters of ${name} have one without any`
  if (wrapped !== undefined)
    return `Cohere wants the parameters to be one object, and those of ${name} are alternatives`
  const { required } = schema
  if (Array.isArray(required) && required.length > 0) return undefined
  return `Cohere wants at least one required parameter of each tool, and ${name} has none`
}

/** The properties of a reshaped schema, with those of the schemas in it. */
function countFields(schema: unknown): number {
  if (!isObject(schema)) return 0
  const { properties = {}, $defs = {}, anyOf = [], items, additionalProperties } = schema
  const nested = [properties, $defs, anyOf].flatMap((each) => Object.values(Object(each)))
  return [...nested, items, additionalProperties].reduce<number>(
    (sum, each) => sum + countFields(each),
    Object.keys(Object(properties)).length,
  )
}
