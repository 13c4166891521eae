import { defineCall, type Model, type StreamOf } from '@interlingua/core'
import { describe, expectTypeOf, test } from 'vitest'
import {
  cohere,
  type CohereCallResponse,
  type CohereCallResponseChunk,
  type CohereStream,
  type CohereTool,
  type CohereTypes,
} from '../src/index.ts'

const recommendBook = defineCall({
  model: cohere('command-a-03-2025'),
  prompt: (genre: string) => `Recommend a ${genre} book`,
})

describe('a call of Cohere’s', () => {
  test('answers with Cohere’s types', () => {
    expectTypeOf(recommendBook).returns.resolves.toEqualTypeOf<CohereCallResponse>()
    expectTypeOf(recommendBook.stream).returns.toEqualTypeOf<StreamOf<CohereTypes>>()
    expectTypeOf<StreamOf<CohereTypes>>().toExtend<AsyncIterable<[CohereCallResponseChunk, CohereTool | undefined]>>()
    expectTypeOf<CohereStream>().toExtend<StreamOf<CohereTypes>>()
    expectTypeOf<CohereStream['response']>().returns.resolves.toEqualTypeOf<CohereCallResponse>()
  })

  test('names the finish reasons that Cohere has', () => {
    type Raw = CohereCallResponse['finishReason']['raw']
    expectTypeOf<'COMPLETE'>().toExtend<Raw>()
    expectTypeOf<'end_turn'>().not.toExtend<Raw>()
  })
})

describe('a model of Cohere’s', () => {
  test('is a model of any provider', () => {
    expectTypeOf(cohere('command-a-03-2025')).toEqualTypeOf<Model<CohereTypes>>()
    expectTypeOf(cohere('command-a-03-2025')).toExtend<Model>()
  })

  test('takes any id, and Cohere’s own parameters', () => {
    const model = cohere('a-model-of-next-year')
    void model.call('hello', { safetyMode: 'STRICT' })
    // @ts-expect-error: not a mode of Cohere's
    void model.call('hello', { safetyMode: 'LOOSE' })
  })
})
