import type { ProviderFields } from './provider-fields.ts'

/** A file for the model to read, such as a PDF. */
export type FilePart = FileDataPart | FileUrlPart | FileIdPart

/** A file as bytes. */
export interface FileDataPart {
  readonly type: 'file'
  readonly data: Uint8Array
  /** For example `application/pdf`. */
  readonly mediaType: string
  /** What it is called, for example `report.pdf`. */
  readonly name?: string
  readonly providerFields?: ProviderFields
}

/** A file at an address. It is the provider that fetches it. */
export interface FileUrlPart {
  readonly type: 'file'
  readonly url: string
  readonly name?: string
  readonly providerFields?: ProviderFields
}

/** A file that was uploaded to the provider before. */
export interface FileIdPart {
  readonly type: 'file'
  /** The provider's id of it. */
  readonly id: string
  /** For example `image/png`, for a provider that has to be told what is an image. */
  readonly mediaType?: string
  readonly providerFields?: ProviderFields
}
