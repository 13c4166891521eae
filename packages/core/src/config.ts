/** What a single call may be given beside its parameters. Nothing here is sent as part of the body. */
export interface CallConfig {
  /** Stops the call: the connection is closed at once, and the call ends with an error of code `aborted`. */
  readonly signal?: AbortSignal
  /** HTTP headers to add to the request; they replace the provider's of the same name. */
  readonly headers?: Readonly<Record<string, string>>
}
