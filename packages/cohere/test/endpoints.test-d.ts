import { cohere, type CohereEmbedOptions, type CohereFeature, type CohereModelInfo } from '@interlingua/cohere'
import type { EmbeddingModel, RerankModel } from '@interlingua/core'
import { describe, expectTypeOf, test } from 'vitest'

const embedding = cohere.embed('embed-v4.0')
const reranking = cohere.rerank('rerank-v4.0-pro')
const inputType = 'search_query'

describe('embed', () => {
  test('an input type is required, and one of Cohere’s', () => {
    void embedding.embed(['a'], { inputType: 'search_document' })
    // @ts-expect-error the options are missing
    void embedding.embed(['a'])
    // @ts-expect-error the input type is missing
    void embedding.embed(['a'], { outputDimension: 256 })
    // @ts-expect-error no such input type
    void embedding.embed(['a'], { inputType: 'query' })
  })

  test('other options are checked too', () => {
    void embedding.embed(['a'], { inputType, outputDimension: 1024, truncate: 'END', signal: AbortSignal.timeout(1) })
    // @ts-expect-error not a dimension that Cohere has
    void embedding.embed(['a'], { inputType, outputDimension: 768 })
    // @ts-expect-error it is inputType
    void embedding.embed(['a'], { inputType, input_type: 'image' })
    // @ts-expect-error no such type of vectors
    void embedding.embed(['a'], { inputType, embeddingTypes: ['float16'] })
  })

  test('inputs are texts, images, or sequences of both', () => {
    const image = { type: 'image', data: new Uint8Array(), mediaType: 'image/png' } as const
    void embedding.embed(['a', image, { content: [{ type: 'text', text: 'b' }, image] }], { inputType })
    // @ts-expect-error a single text is not a list
    void embedding.embed('a', { inputType })
    // @ts-expect-error an image needs its media type
    void embedding.embed([{ type: 'image', data: new Uint8Array() }], { inputType })
  })

  test('floats, unless asked otherwise', async () => {
    const { embeddings, byType } = await embedding.embed(['a'], { inputType })
    expectTypeOf(embeddings).toEqualTypeOf<readonly (readonly number[])[]>()
    expectTypeOf(byType).toEqualTypeOf<{ readonly float: readonly (readonly number[])[] }>()
  })

  test('the type that was asked for', async () => {
    const { embeddings, byType } = await embedding.embed(['a'], { inputType, embeddingTypes: ['base64'] })
    expectTypeOf(embeddings).toEqualTypeOf<readonly string[]>()
    expectTypeOf<keyof typeof byType>().toEqualTypeOf<'base64'>()
  })

  test('several, the first of them as the embeddings', async () => {
    const { embeddings, byType } = await embedding.embed(['a'], { inputType, embeddingTypes: ['int8', 'base64'] })
    expectTypeOf(embeddings).toEqualTypeOf<readonly (readonly number[])[]>()
    expectTypeOf(byType.int8).toEqualTypeOf<readonly (readonly number[])[]>()
    expectTypeOf(byType.base64).toEqualTypeOf<readonly string[]>()
    // @ts-expect-error not asked for
    void byType.float
  })

  test('it is a neutral model that says what it needs', () => {
    expectTypeOf(embedding).toExtend<EmbeddingModel<CohereEmbedOptions>>()
    // A function over any model can only give options that the model accepts.
    expectTypeOf(embedding).not.toExtend<EmbeddingModel>()
    const vectors = async <Options extends object>(model: EmbeddingModel<Options>, options: Options) =>
      (await model.embed(['a'], options)).embeddings
    expectTypeOf(vectors(embedding, { inputType })).resolves.toEqualTypeOf<readonly (readonly number[])[]>()
    // @ts-expect-error the input type is missing
    void vectors(embedding, {})
  })
})

describe('rerank', () => {
  test('results have the caller’s documents', async () => {
    const texts = await reranking.rerank('q', ['a', 'b'], { topN: 1 })
    expectTypeOf(texts.results[0]?.document).toEqualTypeOf<string | undefined>()
    const books = await reranking.rerank('q', [{ title: 'Dune', year: 1965 }])
    expectTypeOf(books.results[0]?.document).toEqualTypeOf<{ title: string; year: number } | undefined>()
  })

  test('fields are the documents’', () => {
    interface Book {
      readonly title: string
      readonly plot?: string
    }
    const books: readonly Book[] = []
    void reranking.rerank('q', books, { rankFields: ['plot', 'title'] })
    // @ts-expect-error no such field
    void reranking.rerank('q', books, { rankFields: ['author'] })
    // @ts-expect-error texts have no fields
    void reranking.rerank('q', ['a'], { rankFields: ['length'] })
  })

  test('it is a neutral model', () => {
    expectTypeOf(reranking).toExtend<RerankModel>()
  })
})

test('tokenize wants a model', async () => {
  expectTypeOf((await cohere.tokenize('a', { model: 'embed-v4.0' })).tokens).toEqualTypeOf<readonly number[]>()
  expectTypeOf((await cohere.detokenize([1], { model: 'command-a-03-2025' })).text).toEqualTypeOf<string>()
  // @ts-expect-error whose tokenizer?
  void cohere.tokenize('a')
})

test('models', async () => {
  const models = await cohere.models.list({ endpoint: 'chat' })
  for (const model of models) expectTypeOf(model).toEqualTypeOf<CohereModelInfo>()
  const { features, contextLength, raw } = await cohere.models.get('command-a-03-2025')
  expectTypeOf(features).toEqualTypeOf<readonly CohereFeature[] | undefined>()
  expectTypeOf(contextLength).toEqualTypeOf<number | undefined>()
  expectTypeOf(raw['config']).toEqualTypeOf<unknown>()
})
