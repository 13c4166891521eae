import type { EmbeddingModel, EmbeddingResponse } from '@interlingua/core/adapter'
import type { Connection } from '../connection.ts'
import type { OpenAIEmbeddingModelId, OpenAIEmbedOptions } from './options.ts'

/** A model that turns texts into vectors: `openai.embed('text-embedding-3-small')`. */
export interface OpenAIEmbeddingModel extends EmbeddingModel<OpenAIEmbedOptions> {
  /**
   * Embeds texts, in as many requests as there have to be; the first one that fails stops the others, and its error says which
   * inputs it was about.
   *
   * ```ts
   * const { embeddings } = await openai.embed('text-embedding-3-small').embed(['one', 'two'])
   * ```
   *
   * @throws {InterlinguaError} where not all of them could be embedded; `code` tells why.
   * @see https://platform.openai.com/docs/api-reference/embeddings
   */
  readonly embed: OpenAIEmbed
}

/** How an embedding model is called. What the vectors are follows from `encodingFormat`. */
export interface OpenAIEmbed {
  (
    inputs: readonly string[],
    options: OpenAIEmbedOptions<'base64'> & { readonly encodingFormat: 'base64' },
  ): Promise<EmbeddingResponse<string>>
  (inputs: readonly string[], options?: OpenAIEmbedOptions): Promise<EmbeddingResponse>
}

/** Makes an embedding model. */
export function createEmbeddingModel(connection: Connection, id: OpenAIEmbeddingModelId): OpenAIEmbeddingModel {
  const embed = async (inputs: readonly string[], options?: OpenAIEmbedOptions): Promise<EmbeddingResponse> =>
    (await import('./embed.ts')).embed(connection, id, inputs, options)
  // What the vectors are follows from the options, which the compiler cannot follow through the requests.
  return { provider: connection.provider, id, embed: embed as OpenAIEmbed }
}
