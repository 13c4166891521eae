import { expect, test } from 'vitest'
import { type AIMessageChunk, type BaseMessage, HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI } from '@langchain/openai'
import { z } from 'zod'
import { behind, question, report } from './behind.ts'

for (const useResponsesApi of [false, true]) {
  test(`@langchain/openai, ${useResponsesApi ? 'Responses' : 'chat completions'}, with Cohere behind`, async () => {
    await using started = await behind()
    const weather = tool(async () => report, {
      name: 'get_weather',
      description: 'Tells the weather of a city',
      schema: z.object({ city: z.string() }),
    })
    const model = new ChatOpenAI({
      model: 'cohere/command-a-03-2025',
      apiKey: started.key,
      configuration: { baseURL: `${started.url}/v1` },
      maxRetries: 0,
      useResponsesApi,
    }).bindTools([weather])
    const messages: BaseMessage[] = [new HumanMessage(question)]
    const read = async (): Promise<AIMessageChunk> => {
      let whole: AIMessageChunk | undefined
      for await (const chunk of await model.stream(messages)) whole = whole ? whole.concat(chunk) : chunk
      if (!whole) throw new Error('nothing came.')
      return whole
    }
    const first = await read()
    const [call] = first.tool_calls ?? []
    expect(call?.args).toEqual({ city: 'Paris' })
    messages.push(first, new ToolMessage({ tool_call_id: call?.id ?? '', content: report }))
    const second = await read()
    expect(second.text).toMatch(/12/)
    expect(first.usage_metadata).toMatchObject({ total_tokens: expect.any(Number) })
  })
}
