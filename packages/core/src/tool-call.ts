import type { ToolCallStart } from './delta.ts'
import { checkJsonSchema } from './json-schema-check.ts'
import { PartialJson } from './partial-json.ts'
import { withoutRefusedNulls } from './json-schema-null.ts'
import { mergeProviderFields, type ProviderFields } from './provider-fields.ts'
import { describeIssues } from './schema.ts'
import type { ToolCall, ToolCallError, ToolDefinition } from './tool.ts'

/** A tool call whose arguments arrive in pieces. */
export class OpenToolCall {
  readonly index: number
  readonly id: string
  /** Why the arguments could not be checked, where that is so. */
  unchecked: string | undefined
  readonly #name: string
  readonly #format: 'text' | undefined
  readonly #tools: readonly ToolDefinition[]
  readonly #partial: PartialJson | undefined
  #raw = ''
  #closed: ToolCall | undefined
  #fields: ProviderFields | undefined

  constructor(
    start: Omit<ToolCallStart, 'type'>,
    options: { readonly tools?: readonly ToolDefinition[] | undefined; readonly partialTools?: boolean | undefined },
  ) {
    this.index = start.index
    this.id = start.id
    this.#name = start.name
    this.#tools = options.tools ?? []
    this.#format = start.format
    this.#fields = start.providerFields
    if (options.partialTools && !start.format) this.#partial = new PartialJson()
  }

  /** Whether no more arguments come. */
  get closed(): boolean {
    return this.#closed !== undefined
  }

  /** Adds a piece of the arguments; `false` where the call has ended already. */
  append(text: string): boolean {
    if (this.closed) return false
    this.#raw += text
    this.#partial?.push(text)
    return true
  }

  /** The call while its arguments grow: what can be read of them so far. */
  soFar(): ToolCall {
    if (this.#closed) return this.#closed
    const args = this.#format ? this.#raw : (this.#partial?.value ?? {})
    return { ...this.#head(), args }
  }

  /** No more arguments come: they are read and checked, once. */
  close(fields?: ProviderFields): void {
    if (fields) this.#fields = mergeProviderFields(this.#fields, fields)
    this.#closed ??= this.#read()
  }

  /** The call with its arguments as a whole, whether or not they were closed. */
  whole(): ToolCall {
    return this.#closed ?? this.#read()
  }

  #head(): Omit<ToolCall, 'args'> {
    const head = { id: this.id, name: this.#name, raw: this.#raw }
    if (!this.#format && !this.#fields) return head
    return {
      ...head,
      ...(this.#format && { format: this.#format }),
      ...(this.#fields && { providerFields: this.#fields }),
    }
  }

  #read(): ToolCall {
    const call = this.#head()
    // A text of any form fits. The tool is the provider's kind of tool, which is not among those that were offered as ours.
    if (this.#format) return { ...call, args: call.raw }
    // A call without arguments arrives as no text at all, or as `null`: both mean that there are none.
    if (call.raw.trim() === '') return this.#checked({ ...call, args: {} })
    let args: unknown
    try {
      args = JSON.parse(call.raw)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `The arguments of ${call.name} are not JSON: ${reason}`
      return { ...call, args: undefined, error: { code: 'invalid_json', message } }
    }
    return this.#checked({ ...call, args: args ?? {} })
  }

  #checked(call: ToolCall): ToolCall {
    if (this.#tools.length === 0) return call
    try {
      return this.#against(call)
    } catch (error) {
      // A schema that cannot be followed here (a reference to elsewhere) says nothing against the arguments.
      const reason = error instanceof Error ? error.message : String(error)
      this.unchecked = `the arguments of ${call.name} could not be checked: ${reason}`
      return call
    }
  }

  #against(call: ToolCall): ToolCall {
    const tool = this.#tools.find(({ name }) => name === call.name)
    if (tool === undefined) {
      const message = `There is no tool ${call.name}. The tools are: ${this.#tools.map(({ name }) => name).join(', ')}.`
      return { ...call, error: { code: 'unknown_tool', message } }
    }
    // Strict modes know no optional parameters, and write null in their place.
    const args = withoutRefusedNulls(tool.parameters, call.args)
    const issues = checkJsonSchema(tool.parameters, args)
    if (issues.length === 0) return { ...call, args }
    const error: ToolCallError = {
      code: 'invalid_arguments',
      message: `The arguments of ${call.name} do not fit its schema: ${describeIssues(issues)}.`,
      issues,
    }
    return { ...call, error }
  }
}
