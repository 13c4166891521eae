import type { EmbeddingResponse } from '@interlingua/core'
import type { CohereEmbeddingType, CohereEmbeddingTypes } from './options.ts'
import type { WireEmbedResponse } from './wire.ts'

/** A vector of each type. Packed bits (`binary`, `ubinary`) are an eighth as long as the others. */
export interface CohereVectors {
  readonly float: readonly number[]
  /** -128 to 127. */
  readonly int8: readonly number[]
  /** 0 to 255. */
  readonly uint8: readonly number[]
  /** Eight dimensions in each number, from -128 to 127. */
  readonly binary: readonly number[]
  /** Eight dimensions in each number, from 0 to 255. */
  readonly ubinary: readonly number[]
  /** The bytes of the floats. */
  readonly base64: string
}

/** The embeddings of each type that was asked for, in the order of the inputs. */
export type CohereEmbeddingsByType<Type extends CohereEmbeddingType> = {
  readonly [Key in Type]: readonly CohereVectors[Key][]
}

/** Cohere's answer to a call of an embedding model. `embeddings` has the type that was asked for, the first of several. */
export interface CohereEmbeddingResponse<
  Types extends CohereEmbeddingTypes = readonly ['float'],
> extends EmbeddingResponse<CohereVectors[Types[0]]> {
  /** The same, for each type that was asked for. */
  readonly byType: CohereEmbeddingsByType<Types[number]>
  readonly raw: readonly WireEmbedResponse[]
}
