import type {
  EmbeddingModel,
  EmbeddingResponse,
  RequestOptions,
  RerankModel,
  RerankOptions,
  RerankResponse,
} from '@interlingua/core'
import { describe, expectTypeOf, test } from 'vitest'

interface AcmeOptions extends RequestOptions {
  readonly dimensions?: number
}
interface StrictOptions extends RequestOptions {
  readonly purpose: 'search' | 'compare'
}
declare const embed: (inputs: readonly string[], options?: AcmeOptions) => Promise<EmbeddingResponse>

describe('another provider’s embedding model', () => {
  const acme = { provider: 'acme', id: 'acme-embed', embed }

  test('is a neutral model, with its own options or without', () => {
    expectTypeOf(acme).toExtend<EmbeddingModel<AcmeOptions>>()
    expectTypeOf(acme).toExtend<EmbeddingModel>()
  })

  test('is not, where it requires an option that a caller may not give', () => {
    expectTypeOf<EmbeddingModel<StrictOptions>>().not.toExtend<EmbeddingModel>()
    expectTypeOf<EmbeddingModel>().toExtend<EmbeddingModel<StrictOptions>>()
  })

  test('answers with lists of numbers', () => {
    expectTypeOf<EmbeddingResponse['embeddings']>().toEqualTypeOf<readonly (readonly number[])[]>()
    expectTypeOf<EmbeddingResponse<string>['embeddings']>().toEqualTypeOf<readonly string[]>()
  })
})

test('another provider’s rerank model takes any documents', () => {
  interface AcmeRerankOptions extends RerankOptions {
    readonly truncation?: boolean
  }
  interface AcmeRerankModel extends RerankModel<AcmeRerankOptions> {}
  expectTypeOf<AcmeRerankModel>().toExtend<RerankModel>()
  const rank = (model: RerankModel) => model.rerank('q', [{ title: 'Dune' }], { topN: 1 })
  expectTypeOf(rank).returns.resolves.toEqualTypeOf<RerankResponse<{ title: string }>>()
})
