import type { Model } from '@interlingua/core'
import type { OpenAI } from 'openai'
import { describe, expectTypeOf, test } from 'vitest'
import {
  createOpenAI,
  openai,
  type OpenAICallResponse,
  type OpenAIResponsesTypes,
  type OpenAISdkClient,
  type OpenAITypes,
} from '../src/index.ts'

describe('a provider', () => {
  test('asks OpenAI through the Responses API, and other servers through chat completions', () => {
    expectTypeOf(openai('gpt-5-mini')).toEqualTypeOf<Model<OpenAIResponsesTypes>>()
    expectTypeOf(createOpenAI()('gpt-5-mini')).toEqualTypeOf<Model<OpenAIResponsesTypes>>()
    expectTypeOf(createOpenAI({ api: 'chat' })('gpt-5-mini')).toEqualTypeOf<Model<OpenAITypes>>()
    expectTypeOf(createOpenAI({ dialect: 'groq' })('any')).toEqualTypeOf<Model<OpenAITypes>>()
  })

  test('asks an address of one’s own through chat completions, unless it is said otherwise', () => {
    const baseURL = 'https://llm.example.com/v1'
    expectTypeOf(createOpenAI({ baseURL })('any')).toEqualTypeOf<Model<OpenAITypes>>()
    expectTypeOf(createOpenAI({ baseURL, dialect: 'vllm' })('any')).toEqualTypeOf<Model<OpenAITypes>>()
    expectTypeOf(createOpenAI({ baseURL, api: 'responses' })('any')).toEqualTypeOf<Model<OpenAIResponsesTypes>>()
    expectTypeOf(createOpenAI({ baseURL: undefined })('any')).toEqualTypeOf<Model<OpenAIResponsesTypes>>()
    // @ts-expect-error a parameter of the Responses API
    void createOpenAI({ baseURL })('any').call('Hi', { previousResponseId: 'resp_1' })
    // @ts-expect-error a parameter of chat completions
    void createOpenAI()('any').call('Hi', { n: 2 })
    // @ts-expect-error no such API
    createOpenAI({ baseURL, api: 'assistants' })
    // @ts-expect-error no such server
    createOpenAI({ dialect: 'openia' })
  })

  test('makes models that are models of any provider', () => {
    expectTypeOf(createOpenAI({ dialect: 'groq' })('any')).toExtend<Model>()
  })

  test('takes a client of the SDK', () => {
    expectTypeOf<OpenAI>().toExtend<OpenAISdkClient>()
  })
})

describe('a call', () => {
  const model = createOpenAI({ api: 'chat' })('gpt-5-mini')

  test('gives OpenAI’s response', () => {
    expectTypeOf(model.call('Hi')).resolves.toEqualTypeOf<OpenAICallResponse>()
    expectTypeOf<OpenAICallResponse['serviceTier']>().toEqualTypeOf<string | undefined>()
  })

  test('has typed parameters', () => {
    expectTypeOf(model.call).toBeCallableWith('Hi', { reasoningEffort: 'low', verbosity: 'high', n: 2 })
    // @ts-expect-error no such verbosity
    void model.call('Hi', { verbosity: 'loud' })
    // @ts-expect-error Cohere's
    void model.call('Hi', { documents: ['a'] })
  })

  test('streams chunks with the event as it came', async () => {
    for await (const [chunk, tool] of model.stream('Hi')) {
      expectTypeOf(chunk.event.system_fingerprint).toEqualTypeOf<string | null | undefined>()
      expectTypeOf(chunk.event.choices[0]?.delta?.content).toExtend<unknown>()
      expectTypeOf(tool?.name).toEqualTypeOf<string | undefined>()
    }
  })
})
