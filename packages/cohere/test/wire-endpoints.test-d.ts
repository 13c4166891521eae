import type { Cohere } from 'cohere-ai'
import { describe, expectTypeOf, test } from 'vitest'
import type {
  WireDetokenizeRequest,
  WireDetokenizeResponse,
  WireEmbedRequest,
  WireEmbedResponse,
  WireMeta,
  WireModel,
  WireModelList,
  WireRerankRequest,
  WireRerankResponse,
  WireTokenizeRequest,
  WireTokenizeResponse,
} from '../src/index.ts'
import type { Beyond, Leaves } from './leaves.ts'

// What Cohere's own SDK says of the endpoints beside chat: the same as here, so that an update of the SDK that changes the
// wire, or a change here, breaks the build.

test('what answers tell about themselves', () => {
  expectTypeOf<Leaves<WireMeta>>().toEqualTypeOf<Leaves<Cohere.ApiMeta>>()
})

describe('embed', () => {
  test('the request', () => {
    expectTypeOf<Leaves<WireEmbedRequest>>().toEqualTypeOf<Leaves<Cohere.V2EmbedRequest>>()
  })

  test('the response', () => {
    expectTypeOf<Leaves<WireEmbedResponse>>().toEqualTypeOf<Leaves<Cohere.EmbedByTypeResponse>>()
  })
})

describe('rerank', () => {
  test('the request', () => {
    expectTypeOf<Leaves<WireRerankRequest>>().toEqualTypeOf<Leaves<Cohere.V2RerankRequest>>()
  })

  test('the response', () => {
    expectTypeOf<Leaves<WireRerankResponse>>().toEqualTypeOf<Leaves<Cohere.V2RerankResponse>>()
  })
})

describe('the tokenizer', () => {
  test('there', () => {
    expectTypeOf<Leaves<WireTokenizeRequest>>().toEqualTypeOf<Leaves<Cohere.TokenizeRequest>>()
    expectTypeOf<Leaves<WireTokenizeResponse>>().toEqualTypeOf<Leaves<Cohere.TokenizeResponse>>()
  })

  test('and back', () => {
    expectTypeOf<Leaves<WireDetokenizeRequest>>().toEqualTypeOf<Leaves<Cohere.DetokenizeRequest>>()
    expectTypeOf<Leaves<WireDetokenizeResponse>>().toEqualTypeOf<Leaves<Cohere.DetokenizeResponse>>()
  })
})

describe('models: with any endpoint, since Cohere may add some', () => {
  type Endpoint = 'chat' | 'embed' | 'classify' | 'summarize' | 'rerank' | 'rate' | 'generate'

  test('one', () => {
    expectTypeOf<Cohere.CompatibleEndpoint>().toEqualTypeOf<Endpoint>()
    expectTypeOf<Beyond<Cohere.GetModelResponse, WireModel>>().toEqualTypeOf<
      `.endpoints[]: ${Endpoint}` | `.default_endpoints[]: ${Endpoint}`
    >()
    expectTypeOf<Beyond<WireModel, Cohere.GetModelResponse>>().toEqualTypeOf<
      '.endpoints[]: string' | '.default_endpoints[]: string'
    >()
  })

  test('a list', () => {
    expectTypeOf<Leaves<Omit<WireModelList, 'models'>>>().toEqualTypeOf<
      Leaves<Omit<Cohere.ListModelsResponse, 'models'>>
    >()
    expectTypeOf<Cohere.ListModelsResponse['models'][number]>().toEqualTypeOf<Cohere.GetModelResponse>()
  })

  test('the query', () => {
    expectTypeOf<Leaves<Cohere.ModelsListRequest>>().toEqualTypeOf<
      '.page_size: number' | '.page_token: string' | '.default_only: boolean' | `.endpoint: ${Endpoint}`
    >()
  })
})
