import type { WireMeta } from '../meta.ts'

/**
 * Cohere's v2 embed as it stands on the wire.
 *
 * @see https://docs.cohere.com/reference/embed
 */
export interface WireEmbedRequest {
  model: string
  input_type: WireEmbedInputType
  embedding_types: WireEmbeddingType[]
  /** At most 96. One of `texts`, `images` and `inputs` is sent. */
  texts?: string[]
  /** `data:` URLs, 20 MB together; for Embed v3 one at a time. */
  images?: string[]
  /** At most 96. */
  inputs?: WireEmbedInput[]
  output_dimension?: number
  max_tokens?: number
  truncate?: 'NONE' | 'START' | 'END'
  priority?: number
}

export type WireEmbedInputType = 'search_document' | 'search_query' | 'classification' | 'clustering' | 'image'

export type WireEmbeddingType = 'float' | 'int8' | 'uint8' | 'binary' | 'ubinary' | 'base64'

export interface WireEmbedInput {
  content: WireEmbedContent[]
}

export type WireEmbedContent = { type: 'text'; text: string } | { type: 'image_url'; image_url: { url: string } }

export interface WireEmbedResponse {
  id: string
  /** A list for each type that was asked for, with an item for each input. */
  embeddings: WireEmbeddings
  /** The texts as the model read them: Embed v3 English has them in lower case. */
  texts?: string[]
  images?: WireEmbedImage[]
  response_type?: 'embeddings_floats' | 'embeddings_by_type'
  meta?: WireMeta
}

export interface WireEmbeddings {
  float?: number[][]
  int8?: number[][]
  uint8?: number[][]
  binary?: number[][]
  ubinary?: number[][]
  base64?: string[]
}

export interface WireEmbedImage {
  width: number
  height: number
  format: string
  bit_depth: number
}
