import type { JsonSchema, ToolChoice, ToolDefinition, Warning } from '@interlingua/core'
import { withoutUndefined } from '@interlingua/core'
import { isJsonObject, type JsonObject, objectsOf, textOf } from '../../json-object.ts'
import { badRequest } from '../../refusal.ts'

const noParameters: JsonSchema = { type: 'object', properties: {} }

/** Tools in neutral words. Whether their schemas are held to is said of all of them together. */
export function decodeTools(tools: unknown, warnings: Warning[]): JsonObject {
  if (tools === undefined || tools === null) return {}
  if (!Array.isArray(tools)) throw badRequest("Invalid type for 'tools': expected an array.", 'tools')
  const functions: ToolDefinition[] = []
  const custom: JsonObject[] = []
  const strict: boolean[] = []
  for (const [index, tool] of objectsOf(tools).entries()) {
    // The Responses API has no object inside.
    const inner = tool['type'] === 'custom' ? tool['custom'] : tool['function']
    const described = isJsonObject(inner) ? inner : tool
    const name = textOf(described['name'])
    if (name === undefined) throw badRequest(`Missing required parameter: 'tools[${index}].function.name'.`, 'tools')
    if (tool['type'] === 'custom') custom.push(decodeCustom(name, described))
    else {
      functions.push(decodeFunction(name, described))
      strict.push(described['strict'] === true)
    }
  }
  const areStrict = strict.length > 0 && strict.every(Boolean)
  if (!areStrict && strict.some(Boolean)) {
    const message = 'tools: some are strict and some are not, and a provider is told one thing for all; none is strict.'
    warnings.push({ code: 'unsupported', field: 'tools', message })
  }
  return withoutUndefined({
    tools: functions.length > 0 ? functions : undefined,
    customTools: custom.length > 0 ? custom : undefined,
    strictTools: areStrict || undefined,
  })
}

function decodeFunction(name: string, { description, parameters }: JsonObject): ToolDefinition {
  return withoutUndefined({
    name,
    description: textOf(description),
    parameters: isJsonObject(parameters) ? parameters : noParameters,
  })
}

function decodeCustom(name: string, { description, format }: JsonObject): JsonObject {
  const nested = isJsonObject(format) && format['type'] === 'grammar' ? (format['grammar'] ?? format) : undefined
  const grammar = isJsonObject(nested) ? { syntax: nested['syntax'], definition: nested['definition'] } : undefined
  return withoutUndefined({ name, description: textOf(description), grammar })
}

/** A choice of tools in neutral words. */
export function decodeToolChoice(choice: unknown): { readonly toolChoice?: ToolChoice } {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { toolChoice: choice }
  if (!isJsonObject(choice)) return {}
  const inner = choice['function'] ?? choice['custom']
  const name = textOf(isJsonObject(inner) ? inner['name'] : choice['name'])
  if (name !== undefined) return { toolChoice: { name } }
  const { mode } = isJsonObject(choice['allowed_tools']) ? choice['allowed_tools'] : choice
  return mode === 'required' ? { toolChoice: 'required' } : {}
}
