import type { EmbeddingModel } from '@interlingua/core'
import type { CohereEmbedInput, CohereEmbedOptions, CohereEmbeddingModelId, CohereEmbeddingTypes } from './options.ts'
import type { CohereEmbeddingResponse } from './response.ts'
import type { Connection } from '../connection.ts'

/** A model of Cohere's that turns texts and images into vectors: `cohere.embed('embed-v4.0')`. */
export interface CohereEmbeddingModel extends EmbeddingModel<CohereEmbedOptions> {
  /**
   * Embeds inputs. More than 96, or more images than fit, are sent as several requests; the first one that fails stops the
   * others, and its error says which inputs it was about.
   *
   * ```ts
   * const { embeddings } = await cohere.embed('embed-v4.0').embed(['one', 'two'], { inputType: 'search_document' })
   * ```
   *
   * @throws {InterlinguaError} where not all of them could be embedded; `code` tells why.
   * @see https://docs.cohere.com/reference/embed
   */
  readonly embed: CohereEmbed
}

/** How a Cohere embedding model is called. The types of the vectors follow from `embeddingTypes`. */
export interface CohereEmbed {
  <const Types extends CohereEmbeddingTypes = readonly ['float']>(
    inputs: readonly CohereEmbedInput[],
    options: CohereEmbedOptions<Types>,
  ): Promise<CohereEmbeddingResponse<Types>>
  // The compiler takes the last signature where it has to find the options of a model.
  (inputs: readonly CohereEmbedInput[], options: CohereEmbedOptions): Promise<CohereEmbeddingResponse>
}

/** Makes an embedding model. */
export function createEmbeddingModel(connection: Connection, id: CohereEmbeddingModelId): CohereEmbeddingModel {
  return {
    provider: connection.provider,
    id,
    async embed<const Types extends CohereEmbeddingTypes>(
      inputs: readonly CohereEmbedInput[],
      options: CohereEmbedOptions<Types>,
    ): Promise<CohereEmbeddingResponse<Types>> {
      const { embed } = await import('./embed.ts')
      return embed(connection, id, inputs, options)
    },
  }
}
