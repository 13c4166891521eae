/** Something that the caller should know and that did not stop the call. */
export interface Warning {
  /**
   * - `provider`: the provider's own notice, for example of a deprecated model
   * - `unsupported`: something that was asked for could not be sent as it was
   * - `malformed`: the provider sent something that contradicts itself
   * - `failed_attempt`: an attempt, or another model, failed before this answer came
   * - `authentication`: no API key is set; only of a request that is explained and not sent
   */
  readonly code: 'provider' | 'unsupported' | 'malformed' | 'failed_attempt' | 'authentication'
  readonly message: string
  /** What the warning is about, where it is about one field. */
  readonly field?: string
}
