import { defineCall, type Model, type StreamOf } from '@interlingua/core'
import {
  createOpenAI,
  openai,
  type OpenAIBuiltInTool,
  type OpenAIOptions,
  type OpenAIProvider,
  type OpenAIResponsesCallResponse,
  type OpenAIResponsesCallResponseChunk,
  type OpenAIResponsesProvider,
  type OpenAIResponsesStream,
  type OpenAIResponsesTypes,
  type OpenAITool,
  type WireOutputItem,
} from '@interlingua/openai'
import type OpenAI from 'openai'
import { describe, expectTypeOf, test } from 'vitest'

describe('the provider', () => {
  test('asks OpenAI through the Responses API, and another server through chat completions, unless told otherwise', () => {
    expectTypeOf(openai).toEqualTypeOf<OpenAIResponsesProvider>()
    expectTypeOf(createOpenAI()).toEqualTypeOf<OpenAIResponsesProvider>()
    expectTypeOf(createOpenAI({ apiKey: 'key' })).toEqualTypeOf<OpenAIResponsesProvider>()
    expectTypeOf(createOpenAI({ dialect: 'groq' })).toEqualTypeOf<OpenAIProvider>()
    expectTypeOf(createOpenAI({ api: 'chat' })).toEqualTypeOf<OpenAIProvider>()
    expectTypeOf(createOpenAI({ api: 'responses', dialect: 'xai' })).toEqualTypeOf<OpenAIResponsesProvider>()
    expectTypeOf(createOpenAI({} as OpenAIOptions)).toEqualTypeOf<OpenAIProvider | OpenAIResponsesProvider>()
    // @ts-expect-error there is no such API
    createOpenAI({ api: 'assistants' })
  })

  test('makes models of the Responses API, which are models of any provider', () => {
    expectTypeOf(openai('gpt-5-mini')).toEqualTypeOf<Model<OpenAIResponsesTypes>>()
    expectTypeOf(openai('gpt-5-mini')).toExtend<Model>()
  })
})

describe('a call', () => {
  const recommendBook = defineCall({
    model: openai('gpt-5-mini'),
    prompt: (genre: string) => `Recommend a ${genre} book`,
  })

  test('has the types of the Responses API', async () => {
    expectTypeOf(recommendBook).returns.resolves.toEqualTypeOf<OpenAIResponsesCallResponse>()
    expectTypeOf(recommendBook.stream('fantasy')).toEqualTypeOf<StreamOf<OpenAIResponsesTypes>>()
    expectTypeOf<OpenAIResponsesStream>().toExtend<StreamOf<OpenAIResponsesTypes>>()
    for await (const [chunk, tool] of recommendBook.stream('fantasy')) {
      expectTypeOf(chunk).toEqualTypeOf<OpenAIResponsesCallResponseChunk>()
      expectTypeOf(tool).toEqualTypeOf<OpenAITool | undefined>()
      const { event } = chunk
      if (event.type === 'response.output_text.delta') expectTypeOf(event.delta).toEqualTypeOf<string>()
      if (event.type === 'response.web_search_call.searching') expectTypeOf(event.item_id).toEqualTypeOf<string>()
    }
  })

  test('has items that are told apart by their type', async () => {
    const { items, finishReason } = await recommendBook('fantasy')
    expectTypeOf(items).toEqualTypeOf<readonly WireOutputItem[]>()
    for (const item of items) {
      if (item.type === 'code_interpreter_call') expectTypeOf(item.code).toEqualTypeOf<string | null>()
      if (item.type === 'mcp_call') expectTypeOf(item.server_label).toEqualTypeOf<string>()
    }
    expectTypeOf(finishReason.raw).toEqualTypeOf<
      | 'completed'
      | 'failed'
      | 'cancelled'
      | 'incomplete'
      | 'max_output_tokens'
      | 'max_messages'
      | 'content_filter'
      | 'steered'
      | undefined
    >()
  })

  test('takes the parameters of the Responses API, and no others', () => {
    const model = openai('gpt-5-mini')
    void model.call('Hi', { reasoning: { effort: 'low', summary: 'auto' }, store: false, verbosity: 'low' })
    void model.call('Hi', { builtInTools: [{ type: 'web_search' }], builtInToolChoice: { type: 'file_search' } })
    // @ts-expect-error that is no effort
    void model.call('Hi', { reasoning: { effort: 'enormous' } })
    // @ts-expect-error a search in files wants to know where
    void model.call('Hi', { builtInTools: [{ type: 'file_search' }] })
    // @ts-expect-error this is a parameter of chat completions
    void model.call('Hi', { logitBias: {} })
  })

  test("takes tools that are typed by OpenAI's SDK", () => {
    const tool: OpenAI.Responses.WebSearchTool = { type: 'web_search' }
    expectTypeOf(tool).toExtend<OpenAIBuiltInTool>()
  })
})
