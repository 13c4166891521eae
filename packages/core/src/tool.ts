import type { JsonSchema } from './json-schema.ts'
import type { SchemaIssue } from './json-schema-check.ts'
import type { ProviderFields } from './provider-fields.ts'

/** A tool as it is described to a model. */
export interface ToolDefinition {
  /** What the model calls it by. */
  readonly name: string
  /** What it does and when to use it: the model decides by this. */
  readonly description?: string
  /** A JSON Schema of its arguments, which are an object. */
  readonly parameters: JsonSchema
}

/** Whether the model may (`auto`), must (`required`) or must not (`none`) ask for tools, or for which one it must. */
export type ToolChoice = 'auto' | 'required' | 'none' | { readonly name: string }

/** A call of a tool that a model asked for. */
export interface ToolCall {
  /** The provider's id of this call; a tool result names it. */
  readonly id: string
  readonly name: string
  /** The parsed arguments; `{}` where the model gave none, `undefined` where `raw` is not JSON (see `error`). */
  readonly args: unknown
  /** The arguments exactly as the model wrote them. */
  readonly raw: string
  /** `text` where the tool takes a text of any form and no JSON: `args` is then that text. */
  readonly format?: 'text'
  /** What is wrong with the call. The stream goes on all the same. */
  readonly error?: ToolCallError
  readonly providerFields?: ProviderFields
}

/** What is wrong with a tool call, in words that the model can be shown to repair it. */
export interface ToolCallError {
  /**
   * - `invalid_json`: the arguments are not JSON; `raw` is what the model wrote
   * - `unknown_tool`: no tool of that name was offered
   * - `invalid_arguments`: the arguments do not fit the tool's schema; `args` is what the model wrote
   */
  readonly code: 'invalid_json' | 'unknown_tool' | 'invalid_arguments'
  readonly message: string
  /** Where the arguments do not fit the schema. */
  readonly issues?: readonly SchemaIssue[]
}

/** A tool call as it comes out of a stream. */
export class BaseTool implements ToolCall {
  declare readonly id: string
  declare readonly name: string
  /** The arguments; while `delta` is set, as much of them as has arrived. */
  declare readonly args: unknown
  declare readonly raw: string
  declare readonly format?: 'text'
  declare readonly error?: ToolCallError
  declare readonly providerFields?: ProviderFields
  /**
   * The piece of the arguments' text that this chunk added, with `partialTools`; `undefined` on the chunk that completed
   * the call.
   */
  declare readonly delta?: string

  constructor(call: ToolCall, delta?: string) {
    Object.assign(this, call, delta !== undefined && { delta })
  }
}
