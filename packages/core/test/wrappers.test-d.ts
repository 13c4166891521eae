import {
  type BaseCallResponse,
  type CallParams,
  fallback,
  type HandOffChunk,
  type Message,
  middleware,
  type Model,
  override,
  type ProviderTypes,
  retry,
} from '../src/index.ts'
import { contextModel, withModel } from '../src/context.ts'
import { describe, expectTypeOf, test } from 'vitest'

declare class AcmeResponse extends BaseCallResponse {
  readonly acme: string
}
interface AcmeTypes extends ProviderTypes {
  Response: AcmeResponse
  Params: { readonly temperature?: number; readonly mood?: 'calm' | 'wild' }
}
declare class BestResponse extends BaseCallResponse {
  readonly best: number
}
interface BestTypes extends ProviderTypes {
  Response: BestResponse
  Params: { readonly temperature?: number; readonly pace?: number }
}
declare const acme: Model<AcmeTypes>
declare const best: Model<BestTypes>

describe('a wrapped model keeps its types', () => {
  test('retry, override and middleware', () => {
    expectTypeOf(retry(acme)).toEqualTypeOf<Model<AcmeTypes>>()
    expectTypeOf(override(acme, { mood: 'calm' })).toEqualTypeOf<Model<AcmeTypes>>()
    expectTypeOf(middleware(acme, {})).toEqualTypeOf<Model<AcmeTypes>>()
    // @ts-expect-error: no such mood
    override(acme, { mood: 'cross' })
    middleware(acme, { response: (response) => expectTypeOf(response).toEqualTypeOf<AcmeResponse>() && undefined })
    // @ts-expect-error: an error hook gives an error or a response
    middleware(acme, { error: () => ({ reply: '' }) })
  })

  test('fallback among models of one provider takes what they take', () => {
    const model = fallback([acme, retry(acme)])
    expectTypeOf(model.call).returns.resolves.toEqualTypeOf<AcmeResponse>()
    void model.call('Hi', { mood: 'wild' })
    // @ts-expect-error: no such mood
    void model.call('Hi', { mood: 'cross' })
  })

  test('fallback among providers takes neutral terms, and gives the response of either', () => {
    const model = fallback([acme, best])
    expectTypeOf(model.call).returns.resolves.toEqualTypeOf<AcmeResponse | BestResponse>()
    void model.call('Hi', { temperature: 0 })
    // @ts-expect-error: only Acme has moods
    void model.call('Hi', { mood: 'wild' })
    type Types = typeof model extends Model<infer T> ? T : never
    expectTypeOf<Types['Params']>().toEqualTypeOf<CallParams>()
    expectTypeOf<Types['Message']>().toEqualTypeOf<Message>()
    expectTypeOf<HandOffChunk>().toExtend<Types['Chunk']>()
    expectTypeOf(model).toExtend<Model>()
  })

  test('fallback needs a model', () => {
    // @ts-expect-error: there is none
    fallback([])
  })

  test('a context model is neutral', () => {
    expectTypeOf(contextModel(acme)).toEqualTypeOf<Model>()
    expectTypeOf(withModel(acme, async () => 1)).resolves.toEqualTypeOf<number>()
  })
})
