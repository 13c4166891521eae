import {
  isObject,
  type ReshapedSchema,
  type ToolDefinition,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { describeChanges } from '@interlingua/core/encoding'
import { reshapeSchema } from './schema.ts'

/** The most fields that `strict_tools` allows, over all tools: https://docs.cohere.com/docs/structured-outputs. */
const mostStrictFields = 200

/**
 * The tools as `strict_tools` takes them: of a schema Cohere understands then what it understands of a response format.
 * `undefined`, and told, where it would refuse them.
 */
export function reshapeTools(
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
