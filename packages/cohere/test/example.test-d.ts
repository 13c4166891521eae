import {
  cohere,
  type CohereCallResponse,
  type CohereCallResponseChunk,
  type CohereFinishReason,
  type CohereStream,
  type CohereTool,
  type CohereTypes,
  createCohere,
} from '@interlingua/cohere'
import { defineCall, type Message, type Model, type ProviderTypes, type StreamOf } from '@interlingua/core'
import { describe, expectTypeOf, test } from 'vitest'

const model = cohere('command-a-03-2025')
const recommendBook = defineCall({ model, prompt: (genre: string) => `Recommend a ${genre} book` })

describe('the example needs no annotations', () => {
  test('stream', () => {
    const stream = recommendBook.stream('fantasy')
    expectTypeOf(stream).toEqualTypeOf<StreamOf<CohereTypes>>()
    expectTypeOf(stream).toExtend<CohereStream>()
    expectTypeOf<CohereStream>().toExtend<typeof stream>()
    expectTypeOf(stream.response()).resolves.toEqualTypeOf<CohereCallResponse>()
    expectTypeOf(stream.partial).toEqualTypeOf<CohereCallResponse>()
  })

  test('chunks and tools', async () => {
    for await (const [chunk, tool] of recommendBook.stream('fantasy')) {
      expectTypeOf(chunk).toEqualTypeOf<CohereCallResponseChunk>()
      expectTypeOf(tool).toEqualTypeOf<CohereTool | undefined>()
      expectTypeOf(chunk.content).toEqualTypeOf<string>()
      const { event } = chunk
      if (event.type === 'message-end') expectTypeOf(event.delta.error_type).toEqualTypeOf<string | undefined>()
    }
  })

  test('response', async () => {
    const response = await recommendBook('fantasy')
    expectTypeOf(response).toEqualTypeOf<CohereCallResponse>()
    expectTypeOf(response.finishReason).toEqualTypeOf<CohereFinishReason>()
    expectTypeOf(response.finishReason.raw).toEqualTypeOf<
      'COMPLETE' | 'STOP_SEQUENCE' | 'MAX_TOKENS' | 'TOOL_CALL' | 'ERROR' | 'TIMEOUT' | undefined
    >()
    expectTypeOf(response.cost?.nanoUsd).toEqualTypeOf<number | undefined>()
    expectTypeOf(response.message).toExtend<Message>()
  })

  test('the arguments of a call are those of its prompt', () => {
    expectTypeOf(recommendBook).parameters.toEqualTypeOf<[genre: string]>()
    // @ts-expect-error a genre is wanted
    void recommendBook()
    // @ts-expect-error and it is a text
    recommendBook.stream(7)
  })
})

describe('models', () => {
  test('a model of any provider is a neutral model', () => {
    expectTypeOf(model).toEqualTypeOf<Model<CohereTypes>>()
    expectTypeOf(model).toExtend<Model>()
    const neutral: Model = model
    const ask = defineCall({ model: neutral, prompt: () => 'Hi' })
    expectTypeOf(ask.stream()).toEqualTypeOf<StreamOf<ProviderTypes>>()
    // @ts-expect-error the neutral model knows no parameters of Cohere's
    void neutral.call('Hi', { safetyMode: 'STRICT' })
  })

  test('the messages of an answer fit into the next prompt', async () => {
    const response = await model.call('Hi')
    void model.call([...response.messages, response.message, { role: 'user', content: 'Why?' }])
    // @ts-expect-error no such role
    void model.call([{ role: 'robot', content: 'Hi' }])
  })

  test('misspelled and misplaced options are errors', () => {
    void model.call('Hi', { temperature: 0.2, thinking: { type: 'disabled' }, signal: AbortSignal.timeout(1) })
    // @ts-expect-error it is maxTokens
    void model.call('Hi', { max_tokens: 5 })
    // @ts-expect-error one of three modes
    void model.call('Hi', { safetyMode: 'NONE' })
    // @ts-expect-error it is apiKey
    createCohere({ key: 'x' })
  })
})
