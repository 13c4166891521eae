import type { ImagePart, OnUnsupported, RequestOptions, TextPart } from '@interlingua/core'
import type { WireEmbeddingType, WireEmbedInputType } from './wire.ts'

/**
 * The ids of Cohere's embedding models. Any other id is sent as it is.
 *
 * @see https://docs.cohere.com/docs/cohere-embed
 */
export type CohereEmbeddingModelId =
  | 'embed-v4.0'
  | 'embed-english-v3.0'
  | 'embed-english-light-v3.0'
  | 'embed-multilingual-v3.0'
  | 'embed-multilingual-light-v3.0'
  | (string & {})

/** What becomes one vector: a text, an image, or a sequence of both. Cohere wants images as bytes or as a `data:` URL. */
export type CohereEmbedInput = string | ImagePart | { readonly content: readonly (TextPart | ImagePart)[] }

/** How the numbers of a vector are encoded. */
export type CohereEmbeddingType = WireEmbeddingType

/** A list of the types of vectors that are asked for. */
export type CohereEmbeddingTypes = readonly CohereEmbeddingType[]

/**
 * What a call of a Cohere embedding model may be given.
 *
 * @see https://docs.cohere.com/reference/embed
 */
export interface CohereEmbedOptions<Types extends CohereEmbeddingTypes = readonly ['float']> extends RequestOptions {
  /**
   * What the vectors are for: texts to be found are `search_document`, and what looks for them `search_query`. Embed v3
   * wants `image` for images.
   */
  readonly inputType: WireEmbedInputType
  /** How the vectors are encoded; `response.embeddings` has the first of these. Default: `['float']`. */
  readonly embeddingTypes?: Types | undefined
  /** The length of the vectors; Embed v4 only. Default: 1536. */
  readonly outputDimension?: 256 | 512 | 1024 | 1536 | undefined
  /** What to cut off an input that is too long; `NONE` refuses it. Default: `END`. */
  readonly truncate?: 'NONE' | 'START' | 'END' | undefined
  /** The most tokens of each input to embed; the rest is cut off as `truncate` says. */
  readonly maxTokens?: number | undefined
  /** 0 (first) to 999: which requests wait when Cohere is busy. Default 0. */
  readonly priority?: number | undefined
  /** The most inputs in one request, 1 to 96. Embed v3 takes only 1 image. Default: 96. */
  readonly batchSize?: number | undefined
  /** The most requests at a time, where one does not hold all inputs. Default: 4. */
  readonly maxConcurrency?: number | undefined
  /** What to do with what Cohere cannot do, such as the `detail` of an image. Default: `warn`. */
  readonly onUnsupported?: OnUnsupported | undefined
}
