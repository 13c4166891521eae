import type { EndpointName } from './front/protocol.ts'

/** What is kept of a request. There is nothing in it of what was said. */
export interface RequestRecord {
  readonly id: string
  /** When it came, in milliseconds since the Unix epoch. */
  readonly startedAt: number
  readonly durationMs: number
  readonly firstTokenMs?: number | undefined
  readonly caller: string
  readonly endpoint: EndpointName
  readonly stream: boolean
  /** The model by the caller's name for it, and the one that answered. */
  readonly model: string
  readonly provider?: string | undefined
  readonly providerModel?: string | undefined
  /** The HTTP status; of a stream that failed in the middle, what it would have been. */
  readonly status: number
  readonly error?: string | undefined
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  readonly cachedTokens?: number | undefined
  readonly reasoningTokens?: number | undefined
  /** Absent where the price, or what was used, is unknown. */
  readonly costNanoUsd?: number | undefined
  /** How many warnings the caller was given. */
  readonly warnings: number
}
