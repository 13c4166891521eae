/** When a call happened, and how long its phases took. */
export interface Timings {
  /** When the request was sent, in milliseconds since the Unix epoch. */
  readonly startedAt: number
  /** Milliseconds from sending to the response's headers. */
  readonly headersMs?: number
  /** Milliseconds from sending to the first generated text, thinking, plan or tool call; streams only. */
  readonly firstTokenMs?: number
  /** Milliseconds from sending to the end; absent while a stream goes on. */
  readonly totalMs?: number
}

/** When a call ended, in milliseconds since the Unix epoch; `undefined` as long as it has not. */
export function endOf({ startedAt, totalMs }: Timings): number | undefined {
  return totalMs === undefined ? undefined : Math.round(startedAt + totalMs)
}
