import type { RerankModel } from '@interlingua/core'
import type { CohereRerankModelId, CohereRerankOptions } from './options.ts'
import type { CohereRerankResponse } from './response.ts'
import type { Connection } from '../connection.ts'

/** A model of Cohere's that orders documents: `cohere.rerank('rerank-v4.0-pro')`. */
export interface CohereRerankModel extends RerankModel {
  /**
   * Orders documents by how well they answer a query, in one request; Cohere advises to send at most 1,000. Texts are sent
   * as they are, and anything else as YAML.
   *
   * ```ts
   * const books = [{ title: 'Dune', plot: '…' }, { title: 'Emma', plot: '…' }]
   * const { results } = await cohere.rerank('rerank-v4.0-pro').rerank('sand', books, { topN: 1 })
   * console.log(results[0]?.document.title, results[0]?.score)
   * ```
   *
   * @throws {InterlinguaError} where there is no answer; `code` tells why.
   * @see https://docs.cohere.com/reference/rerank
   */
  rerank<Document>(
    query: string,
    documents: readonly Document[],
    options?: CohereRerankOptions<Document>,
  ): Promise<CohereRerankResponse<Document>>
}

/** Makes a rerank model. */
export function createRerankModel(connection: Connection, id: CohereRerankModelId): CohereRerankModel {
  return {
    provider: connection.provider,
    id,
    rerank: async (query, documents, options = {}) => {
      const { rerank } = await import('./rerank.ts')
      return rerank(connection, id, { query, documents, options })
    },
  }
}
