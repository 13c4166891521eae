import { withOriginOf } from './call-record.ts'
import { InterlinguaError } from './error.ts'
import type { OutputForm } from './output-form.ts'
import type { OutputMode, OutputSupport } from './output-mode.ts'
import type { Message, SystemMessage } from './message.ts'
import type { Prompt, PromptContent } from './prompt.ts'
import type { ToolChoice, ToolDefinition } from './tool.ts'
import type { CallOptions, ProviderTypes } from './types.ts'
import { UnsupportedFeatures } from './unsupported.ts'
import type { Warning } from './warning.ts'

/** How one call is to ask for its output. */
export interface OutputPlan {
  readonly options: CallOptions<ProviderTypes>
  /** What the system message says of the form. */
  readonly instructions?: string
  /** The tool whose arguments are the output. */
  readonly tool?: string
  /** Reads an answer in terms of the schema. */
  readonly restore?: (value: unknown) => unknown
  readonly warnings: readonly Warning[]
}

/** Decides how to ask for an output: in the provider's own way, where that goes together with the rest of the call. */
export function planOutput(
  form: OutputForm,
  options: CallOptions<ProviderTypes>,
  wish: { readonly mode?: OutputMode; readonly name?: string; readonly support?: OutputSupport },
): OutputPlan {
  const { support = {}, name = 'output' } = wish
  const unsupported = new UnsupportedFeatures(options.onUnsupported)
  const mode = chooseMode(support, options, wish.mode, unsupported)
  const { warnings } = unsupported
  if (mode === 'tool') return { ...withTool(form, options, name), warnings }
  if (mode === 'prompted' || !support.native) return { options, instructions: instruct(form), warnings }
  const { params, restore } = support.native
  return {
    options: { ...options, ...params(form.jsonSchema, name) },
    ...(restore && { restore: (value) => restore(form.jsonSchema, value) }),
    warnings,
  }
}

function chooseMode(
  { native, otherwise = 'tool' }: OutputSupport,
  options: CallOptions<ProviderTypes>,
  wanted: OutputMode | undefined,
  unsupported: UnsupportedFeatures,
): OutputMode {
  if (wanted !== undefined && wanted !== 'native') return wanted
  if (!native) {
    if (wanted) {
      const problem = 'the provider has no way of its own to hold a model to a schema'
      unsupported.add({ field: 'output.mode', problem, instead: `the mode is ${otherwise}` })
    }
    return otherwise
  }
  const present = new Map<string, unknown>(Object.entries(options))
  for (const [field, mode] of Object.entries(native.not ?? {})) {
    const value = present.get(field)
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue
    const problem = `the provider holds a model to a schema only without ${field}`
    unsupported.add({ field: 'output.mode', problem, instead: `the mode is ${mode}` })
    return mode
  }
  return 'native'
}

/** With tools of the caller's, the model may use those first. */
function withTool(
  { jsonSchema }: OutputForm,
  options: CallOptions<ProviderTypes>,
  name: string,
): Pick<OutputPlan, 'options' | 'tool'> {
  const { tools = [], toolChoice } = options
  if (tools.some((tool) => tool.name === name)) {
    const message = `output.name: there is a tool ${JSON.stringify(name)} already. Give the output another name.`
    throw new InterlinguaError({ code: 'invalid_request', message, field: 'output.name' })
  }
  const { description } = jsonSchema
  const about = 'Gives the answer. Call it once, when the answer is known.'
  const tool: ToolDefinition = {
    name,
    description: typeof description === 'string' ? `${about} ${description}` : about,
    parameters: jsonSchema,
  }
  const only = tools.length === 0 || toolChoice === 'none'
  const choice: ToolChoice = only ? { name } : typeof toolChoice === 'object' ? toolChoice : 'required'
  return { options: { ...options, tools: [...tools, tool], toolChoice: choice }, tool: name }
}

function instruct({ jsonSchema }: OutputForm): string {
  return `Answer with a JSON object that conforms to this JSON Schema, and with nothing else: ${JSON.stringify(jsonSchema)}`
}

/** A prompt whose system message says one thing more. */
export function withInstructions(prompt: Prompt, instructions: string | undefined): Prompt {
  if (instructions === undefined) return prompt
  // A function is left only of a prompt that failed: see `dynamicModel`.
  return typeof prompt === 'function' ? prompt : withOriginOf(prompt, instructed(prompt, instructions))
}

function instructed(content: PromptContent, instructions: string): PromptContent {
  // What is empty stays so, and is refused.
  if (content.length === 0 || (typeof content === 'string' && content.trim() === '')) return content
  const messages: readonly Message[] = typeof content === 'string' ? [{ role: 'user', content }] : content
  const [first, ...rest] = messages
  // A conversation that goes on has been told already.
  if (first?.role === 'system' && JSON.stringify(first.content).includes(JSON.stringify(instructions).slice(1, -1))) {
    return messages
  }
  if (first?.role !== 'system') return [{ role: 'system', content: instructions }, ...messages]
  return [extended(first, instructions), ...rest]
}

function extended({ role, content }: SystemMessage, text: string): SystemMessage {
  if (typeof content === 'string') return { role, content: `${content}\n\n${text}` }
  return { role, content: [...content, { type: 'text', text }] }
}
