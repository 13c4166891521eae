import type { ProviderTypes } from './types.ts'
import type { Warning } from './warning.ts'

/** The request that a call would send. */
export interface Explanation<T extends ProviderTypes = ProviderTypes> {
  readonly provider: string
  readonly model: string
  readonly method: 'GET' | 'POST'
  readonly url: string
  /** The headers, with lower-case names. What is secret is shown as `[REDACTED]`. */
  readonly headers: Readonly<Record<string, string>>
  /** What becomes the JSON body: exactly what would be sent. */
  readonly body: object
  /** The conversation that the body was made of. */
  readonly messages: readonly T['Message'][]
  /** What could not be put into the request as it was asked for, and where no key is set. */
  readonly warnings: readonly Warning[]
}

/** Which request is to be explained. */
export interface ExplainOptions {
  /** Whether the answer would be asked for as a stream. Default: `false`. */
  readonly stream?: boolean
}
