import {
  type ChatStreamEndEventFinishReason,
  cohere,
  type CohereProvider,
  type CohereTypes,
  type CohereV1CallResponse,
  type CohereV1CallResponseChunk,
  type CohereV1Provider,
  type CohereV1Stream,
  type CohereV1Types,
  type CohereTool,
  createCohere,
} from '@interlingua/cohere'
import { defineCall, type Model, type StreamOf } from '@interlingua/core'
import { describe, expectTypeOf, test } from 'vitest'

const model = createCohere({ api: 'v1' })('command-a-03-2025')

describe('the provider', () => {
  test('is of v2 unless v1 is asked for', () => {
    expectTypeOf(createCohere()).toEqualTypeOf<CohereProvider>()
    expectTypeOf(createCohere({ api: 'v2' })).toEqualTypeOf<CohereProvider>()
    expectTypeOf(createCohere({ api: 'v1', apiKey: 'key' })).toEqualTypeOf<CohereV1Provider>()
    expectTypeOf(cohere('command-a-03-2025')).toEqualTypeOf<Model<CohereTypes>>()
    // @ts-expect-error there is no such version
    createCohere({ api: 'v3' })
  })

  test('makes models of v1, which are models of any provider', () => {
    expectTypeOf(model).toEqualTypeOf<Model<CohereV1Types>>()
    expectTypeOf(model).toExtend<Model>()
  })
})

describe('a call', () => {
  const recommendBook = defineCall({ model, prompt: (genre: string) => `Recommend a ${genre} book` })

  test('has the types of v1', async () => {
    expectTypeOf(recommendBook).returns.resolves.toEqualTypeOf<CohereV1CallResponse>()
    expectTypeOf(recommendBook.stream('fantasy')).toEqualTypeOf<StreamOf<CohereV1Types>>()
    expectTypeOf<CohereV1Stream>().toExtend<StreamOf<CohereV1Types>>()
    for await (const [chunk, tool] of recommendBook.stream('fantasy')) {
      expectTypeOf(chunk).toEqualTypeOf<CohereV1CallResponseChunk>()
      expectTypeOf(tool).toEqualTypeOf<CohereTool | undefined>()
      const { event } = chunk
      if (event.event_type === 'text-generation') expectTypeOf(event.text).toEqualTypeOf<string>()
      if (event.event_type === 'stream-end') {
        expectTypeOf(event.finish_reason).toEqualTypeOf<ChatStreamEndEventFinishReason>()
      }
    }
  })

  test('names the finish reasons of v1, those of the stream among them', () => {
    type Raw = CohereV1CallResponse['finishReason']['raw']
    expectTypeOf<ChatStreamEndEventFinishReason>().toExtend<Raw>()
    expectTypeOf<ChatStreamEndEventFinishReason>().toEqualTypeOf<
      'COMPLETE' | 'ERROR_LIMIT' | 'MAX_TOKENS' | 'ERROR' | 'ERROR_TOXIC'
    >()
    expectTypeOf<'TOOL_CALL'>().not.toExtend<Raw>()
  })

  test('takes the parameters of v1', () => {
    void model.call('Hi', { connectors: [{ id: 'web-search' }], promptTruncation: 'AUTO', safetyMode: 'NONE' })
    // @ts-expect-error that is of v2
    void model.call('Hi', { thinking: { type: 'disabled' } })
    // @ts-expect-error that is of v1
    void cohere('command-a-03-2025').call('Hi', { connectors: [{ id: 'web-search' }] })
  })
})
