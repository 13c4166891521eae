import type { Connection } from './connection.ts'
import type { CohereEmbeddingModelId } from './embed/options.ts'
import { type CohereEmbeddingModel, createEmbeddingModel } from './embed/model.ts'
import type { CohereRerankModelId } from './rerank/options.ts'
import { type CohereModels, createModels } from './models.ts'
import { type CohereRerankModel, createRerankModel } from './rerank/model.ts'
import type { CohereText, CohereTokenizeOptions, CohereTokens } from './tokenize.ts'

/** What a Cohere provider has beside chat. */
export interface CohereEndpoints {
  /** Makes a model that turns texts and images into vectors: `cohere.embed('embed-v4.0')`. */
  embed(model: CohereEmbeddingModelId): CohereEmbeddingModel
  /** Makes a model that orders documents by how well they answer a query: `cohere.rerank('rerank-v4.0-pro')`. */
  rerank(model: CohereRerankModelId): CohereRerankModel
  /**
   * Converts a text of 1 to 65,536 characters to tokens.
   *
   * @throws {InterlinguaError} where there is no answer; `code` tells why.
   * @see https://docs.cohere.com/reference/tokenize
   */
  tokenize(text: string, options: CohereTokenizeOptions): Promise<CohereTokens>
  /**
   * Converts tokens to the text that they stand for.
   *
   * @throws {InterlinguaError} where there is no answer; `code` tells why.
   * @see https://docs.cohere.com/reference/detokenize
   */
  detokenize(tokens: readonly number[], options: CohereTokenizeOptions): Promise<CohereText>
  /** Lists and describes Cohere's models. */
  readonly models: CohereModels
}

/** Makes what a provider has beside chat. Each endpoint is loaded when it is first asked. */
export function createEndpoints(connection: Connection): CohereEndpoints {
  return {
    embed: (model) => createEmbeddingModel(connection, model),
    rerank: (model) => createRerankModel(connection, model),
    tokenize: async (text, options) => (await import('./tokenize.ts')).tokenize(connection, text, options),
    detokenize: async (tokens, options) => (await import('./tokenize.ts')).detokenize(connection, tokens, options),
    models: createModels(connection),
  }
}
