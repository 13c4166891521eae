/** A call of a tool that a model asked for. */
export interface ToolCall {
  /** The provider's id of this call; a tool result names it. */
  readonly id: string
  readonly name: string
  /** The parsed arguments; `{}` where the model gave none, `undefined` where `raw` is not JSON (see `error`). */
  readonly args: unknown
  /** The arguments exactly as the model wrote them. */
  readonly raw: string
  /** Why `raw` could not be parsed. */
  readonly error?: string
}

/** A tool as it comes out of a stream beside the chunk that completed it. */
export class BaseTool implements ToolCall {
  readonly id: string
  readonly name: string
  readonly args: unknown
  readonly raw: string
  declare readonly error?: string

  constructor(call: ToolCall) {
    this.id = call.id
    this.name = call.name
    this.args = call.args
    this.raw = call.raw
    if (call.error !== undefined) this.error = call.error
  }
}
