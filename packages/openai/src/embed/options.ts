import type { RequestOptions } from '@interlingua/core'

/** The ids of OpenAI's embedding models. Any other id is sent as it is. */
export type OpenAIEmbeddingModelId =
  | 'text-embedding-3-large'
  | 'text-embedding-3-small'
  | 'text-embedding-ada-002'
  | (string & {})

/** How inputs are embedded. */
export interface OpenAIEmbedOptions<Encoding extends 'float' | 'base64' = 'float' | 'base64'> extends RequestOptions {
  /** How many numbers a vector has. Default: as many as the model gives. */
  readonly dimensions?: number | undefined
  /** Numbers, or 32-bit floats in Base64, which are shorter on the wire. Default: `float`. */
  readonly encodingFormat?: Encoding | undefined
  /** A name that stands for the user, by which misuse is found. */
  readonly user?: string | undefined
  /** The most inputs of one request, 1 to 2048. Default: 2048. */
  readonly batchSize?: number | undefined
  /** The most requests at the same time. Default: 4. */
  readonly maxConcurrency?: number | undefined
  /** Fields to put into the body as they are. They come last. */
  readonly extraBody?: Readonly<Record<string, unknown>> | undefined
}
