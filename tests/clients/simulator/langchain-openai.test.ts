import { useSimulator } from '@interlingua/simulator/vitest'
import { HumanMessage, ToolMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const simulator = useSimulator()
const settings = () => ({ apiKey: 'any', maxRetries: 0, configuration: { baseURL: `${simulator.url}/v1` } })

const weather = tool(({ city }) => `clear in ${city}`, {
  name: 'weather',
  description: 'Tells the weather in a city',
  schema: z.object({ city: z.string() }),
})

describe.each([false, true])('with useResponsesApi: %s', (useResponsesApi) => {
  const model = (id = 'gpt-4o-mini') => new ChatOpenAI({ ...settings(), model: id, useResponsesApi })

  test('a text', async () => {
    const answer = await model().invoke('Who wrote Dune?')
    expect(answer.text).toContain('Frank Herbert')
    expect(answer).toMatchObject({
      usage_metadata: { input_tokens: expect.any(Number), output_tokens: expect.any(Number) },
    })
  })

  test('a streamed text is the same text', async () => {
    const pieces = await Array.fromAsync(await model().stream('Who wrote Dune?'), ({ text }) => text)
    expect(pieces.filter(Boolean).length).toBeGreaterThan(5)
    expect(pieces.join('')).toBe((await model().invoke('Who wrote Dune?')).text)
  })

  test('a tool is called, and what it says is told', async () => {
    const bound = model().bindTools([weather])
    const question = new HumanMessage('What is the weather in Paris?')
    const asked = await bound.invoke([question])
    const [call] = asked.tool_calls ?? []
    expect(call).toMatchObject({ name: 'weather', args: { city: 'Paris' } })
    const told = new ToolMessage({ content: 'clear in Paris', tool_call_id: call?.id ?? '' })
    expect((await bound.invoke([question, asked, told])).text).toContain('clear in Paris')
  })

  test('JSON by a schema', async () => {
    const schema = z.object({ email: z.email(), when: z.iso.date() })
    const structured = model().withStructuredOutput(schema, { name: 'letter', method: 'jsonSchema' })
    expect(await structured.invoke('Write to ann@example.com on 3 May 2026.')).toEqual({
      email: 'ann@example.com',
      when: '2026-05-03',
    })
  })

  test('an error is told with its status', async () => {
    await expect(model('gpt-nonsense').invoke('Hi')).rejects.toMatchObject({ status: useResponsesApi ? 400 : 404 })
  })
})

test('embeddings', async () => {
  const embeddings = new OpenAIEmbeddings({ ...settings(), model: 'text-embedding-3-small' })
  const [one = [], other = [], third = []] = await embeddings.embedDocuments([
    'cats and dogs',
    'dogs and cats',
    'the price of steel',
  ])
  const near = (vector: number[]): number => one.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0)
  expect(near(other)).toBeGreaterThan(near(third))
  expect(await embeddings.embedQuery('cats and dogs')).toEqual(one)
})
