import type { CallMetadata } from './call-record.ts'
import type { ToolChoice, ToolDefinition } from './tool.ts'
import type { RequestOptions } from './request.ts'
import type { OnUnsupported } from './unsupported.ts'

/** What a single call may be given beside the model's parameters. */
export interface CallConfig extends RequestOptions {
  /** Tools that the model may ask to be run. */
  readonly tools?: readonly ToolDefinition[] | undefined
  /** Whether the model may, must or must not ask for tools, or for which one it must. Default: `auto`. */
  readonly toolChoice?: ToolChoice | undefined
  /**
   * Whether a stream hands over each tool call while its arguments grow, and not only when they are complete: `tool.delta`
   * is then what the chunk added, and `tool.args` what can be read so far. Default: `false`.
   */
  readonly partialTools?: boolean | undefined
  /**
   * What to do with what the provider cannot do: `warn` does the nearest thing and says so in `response.warnings`, `error`
   * throws an error of code `unsupported`, `ignore` does the nearest thing and says nothing. Default: `warn`.
   */
  readonly onUnsupported?: OnUnsupported | undefined
  /** What the call is known by, such as `{ tags: ['checkout'] }`. It is in the record of the call, and never sent. */
  readonly metadata?: CallMetadata | undefined
}
