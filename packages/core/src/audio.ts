import type { ProviderFields } from './provider-fields.ts'

/** Sound: for the model to listen to, or spoken by it. */
export interface AudioPart {
  readonly type: 'audio'
  readonly data: Uint8Array
  /** For example `audio/wav`, `audio/mpeg` or, for samples without a header, `audio/pcm`. */
  readonly mediaType: string
  /** What is said in it, where the model that spoke told. */
  readonly transcript?: string
  readonly providerFields?: ProviderFields
}
