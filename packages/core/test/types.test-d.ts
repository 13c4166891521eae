import { type BaseStream, type Call, defineCall, type Model, type ProviderTypes, type StreamOf } from '../src/index.ts'
import { describe, expectTypeOf, test } from 'vitest'

declare const model: Model

interface AcmeTypes extends ProviderTypes {
  Params: { readonly temperature?: number; readonly mood?: 'calm' | 'wild' }
}
declare const acme: Model<AcmeTypes>

describe('defineCall', () => {
  test('takes its arguments from the prompt', () => {
    const recommend = defineCall({ model, prompt: (genre: string, count?: number) => `${count ?? 1} ${genre} books` })
    expectTypeOf(recommend).toEqualTypeOf<Call<[genre: string, count?: number | undefined], ProviderTypes>>()
    expectTypeOf(recommend.stream).parameters.toEqualTypeOf<[genre: string, count?: number | undefined]>()
    // @ts-expect-error: a genre is text
    void recommend(1)
  })

  test('knows the parameters of the model, and no others', () => {
    defineCall({ model: acme, prompt: () => 'hello', mood: 'calm' })
    // @ts-expect-error: no such mood
    defineCall({ model: acme, prompt: () => 'hello', mood: 'cross' })
    // @ts-expect-error: only Acme has moods
    defineCall({ model, prompt: () => 'hello', mood: 'calm' })
  })
})

describe('the bag of types', () => {
  test('stands for the seven parameters of a stream', () => {
    type Spelled<T extends ProviderTypes> = BaseStream<
      T['Response'],
      T['Chunk'],
      T['Message'],
      T['Tool'],
      T['Config'],
      T['Params'],
      T['FinishReason']
    >
    expectTypeOf<StreamOf<AcmeTypes>>().toExtend<Spelled<AcmeTypes>>()
    expectTypeOf<StreamOf<AcmeTypes>['params']>().toEqualTypeOf<AcmeTypes['Params']>()
  })
})
