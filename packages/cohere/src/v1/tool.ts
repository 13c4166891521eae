import {
  isObject,
  type JsonSchema,
  type ToolChoice,
  type ToolDefinition,
  type ToolNames,
  type UnsupportedFeatures,
  withoutUndefined,
} from '@interlingua/core/adapter'
import { tellPointlessChoice } from '../tool-definition.ts'
import type { WireV1ParameterDefinition, WireV1Request, WireV1Tool } from './wire.ts'

/** What encoding tools takes. */
export interface ToolOptions {
  readonly tools: readonly ToolDefinition[] | undefined
  readonly toolChoice: ToolChoice | undefined
  readonly toolNames: ToolNames
  readonly unsupported: UnsupportedFeatures
  /** Whether the request brings results of tools, which it must not without tools. */
  readonly hasResults: boolean
}

/** Tools in v1's form. v1 leaves the choice to the model: all that can be done is to offer fewer tools. */
export function encodeTools(options: ToolOptions): Pick<WireV1Request, 'tools'> {
  const { tools = [], toolChoice = 'auto', toolNames, unsupported, hasResults } = options
  if (tools.length === 0 && toolChoice !== 'auto') tellPointlessChoice(unsupported)
  if (tools.length === 0 || (toolChoice === 'none' && !hasResults)) return {}
  const named = typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : []
  const offered = named.length > 0 ? named : tools
  if (toolChoice !== 'auto') {
    const problem =
      toolChoice === 'none'
        ? "Cohere's v1 chat takes results of tools only together with tools"
        : "Cohere's v1 chat cannot make the model use a tool"
    const instead = named.length > 0 ? 'the model may choose whether to use this one' : 'the model may choose'
    unsupported.add({ field: 'toolChoice', problem, instead })
  }
  return { tools: offered.map((tool) => encodeTool(tool, toolNames, unsupported)) }
}

function encodeTool(tool: ToolDefinition, toolNames: ToolNames, unsupported: UnsupportedFeatures): WireV1Tool {
  const { name, description = '', parameters } = tool
  const { properties, required } = parameters
  const names = new Set(Array.isArray(required) ? required : [])
  const definitions: Record<string, WireV1ParameterDefinition> = {}
  const inWords: string[] = []
  for (const [key, schema] of Object.entries(isObject(properties) ? properties : {})) {
    const type = pythonType(schema)
    if (type === undefined || !isObject(schema)) inWords.push(key)
    definitions[key] = withoutUndefined({
      description: type === undefined ? describe(schema, parameters) : descriptionOf(schema),
      type: type ?? nearestType(schema),
      required: names.has(key),
    })
  }
  const isFlat = parameters['type'] === 'object' && combinations.every((keyword) => !(keyword in parameters))
  if (inWords.length > 0 || !isFlat) {
    const what = isFlat ? `a JSON Schema (${inWords.join(', ')})` : 'a combined JSON Schema'
    const problem = `Cohere's v1 chat knows parameters by type and description, and not by ${what}`
    unsupported.add({ field: `tools.${name}.parameters`, problem, instead: 'the description has the schema' })
  }
  return {
    name: toolNames.encode(name),
    description: isFlat ? description : join(description, parameters),
    ...(Object.keys(definitions).length > 0 && { parameter_definitions: definitions }),
  }
}

const combinations = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if']

/** What a type and a description can say of a schema. */
const sayable = new Set(['type', 'title', 'description', 'items'])

const pythonTypes = new Map<unknown, string>([
  ['string', 'str'],
  ['integer', 'int'],
  ['number', 'float'],
  ['boolean', 'bool'],
])

/** The Python type that says all that a schema says; `undefined` where none does. */
function pythonType(schema: unknown): string | undefined {
  if (!isObject(schema) || Object.keys(schema).some((keyword) => !sayable.has(keyword))) return undefined
  if (schema['type'] !== 'array') return pythonTypes.get(schema['type'])
  if (schema['items'] === undefined) return 'List'
  const item = pythonType(schema['items'])
  return item === undefined || descriptionOf(schema['items']) !== undefined ? undefined : `List[${item}]`
}

function nearestType(schema: unknown): string {
  const type = isObject(schema) ? schema['type'] : undefined
  if (type === 'array') return 'List'
  return pythonTypes.get(type) ?? (type === 'object' ? 'Dict' : 'Any')
}

function descriptionOf(schema: unknown): string | undefined {
  return isObject(schema) && typeof schema['description'] === 'string' ? schema['description'] : undefined
}

/** A schema in words: its description, and the rest of it as it stands, with the definitions that it may refer to. */
function describe(schema: unknown, { $defs }: JsonSchema): string {
  const { description: _, ...rest } = isObject(schema) ? schema : {}
  const refers = $defs !== undefined && JSON.stringify(rest).includes('"$ref"')
  return join(descriptionOf(schema), { ...rest, ...(refers && { $defs }) })
}

function join(description: string | undefined, schema: object): string {
  return `${description ? `${description} ` : ''}JSON Schema: ${JSON.stringify(schema)}`
}
