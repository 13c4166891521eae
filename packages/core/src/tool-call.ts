import type { ToolCallStart } from './delta.ts'
import type { PartialJson } from './partial-json.ts'
import { mergeProviderFields, type ProviderFields } from './provider-fields.ts'
import { StringBuilder } from './string-builder.ts'
import type { ToolCall } from './tool.ts'
import type { ToolCallReading } from './tool-call-reading.ts'

/** A tool call whose arguments arrive in pieces. */
export class OpenToolCall {
  readonly index: number
  readonly id: string
  /** Why the arguments could not be checked, where that is so. */
  unchecked: string | undefined
  readonly #name: string
  readonly #reading: ToolCallReading
  readonly #format: 'text' | undefined
  readonly #partial: PartialJson | undefined
  readonly #raw = new StringBuilder()
  #closed: ToolCall | undefined
  #fields: ProviderFields | undefined

  constructor(start: Omit<ToolCallStart, 'type'>, reading: ToolCallReading = {}) {
    this.index = start.index
    this.id = start.id
    this.#name = start.name
    this.#reading = reading
    this.#format = start.format
    this.#fields = start.providerFields
    if (!start.format) this.#partial = reading.createParser?.()
  }

  /** Whether no more arguments come. */
  get closed(): boolean {
    return this.#closed !== undefined
  }

  /** Adds a piece of the arguments; `false` where the call has ended already. */
  append(text: string): boolean {
    if (this.closed) return false
    this.#raw.append(text)
    this.#partial?.push(text)
    return true
  }

  /** The call while its arguments grow: what can be read of them so far. */
  soFar(): ToolCall {
    if (this.#closed) return this.#closed
    const args = this.#format ? this.#raw.text : (this.#partial?.value ?? {})
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
    const head = { id: this.id, name: this.#name, raw: this.#raw.text }
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

  #checked(whole: ToolCall): ToolCall {
    const { call, unchecked } = this.#reading.check?.(whole) ?? { call: whole }
    this.unchecked = unchecked
    return call
  }
}
