import { createOpenAI } from '@ai-sdk/openai'
import { useSimulator } from '@interlingua/simulator/vitest'
import { embedMany, generateText, jsonSchema, Output, streamText, tool } from 'ai'
import { describe, expect, test } from 'vitest'

const simulator = useSimulator()
const provider = (): ReturnType<typeof createOpenAI> => createOpenAI({ apiKey: 'any', baseURL: `${simulator.url}/v1` })

const weather = tool({
  description: 'Tells the weather in a city',
  inputSchema: jsonSchema<{ city: string }>({
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  }),
  execute: ({ city }) => Promise.resolve({ city, sky: 'clear' }),
})

describe.each(['chat', 'responses'] as const)('%s', (api) => {
  const model = (id = 'gpt-4o-mini') => provider()[api](id)

  test('a text', async () => {
    const { text, finishReason, usage } = await generateText({ model: model(), prompt: 'Who wrote Dune?' })
    expect(text).toContain('Frank Herbert')
    expect(finishReason).toBe('stop')
    expect(usage.outputTokens).toBeGreaterThan(5)
  })

  test('a streamed text is the same text', async () => {
    const { textStream, finishReason } = streamText({ model: model(), prompt: 'Who wrote Dune?' })
    const pieces = await Array.fromAsync(textStream)
    expect(pieces.length).toBeGreaterThan(5)
    expect(pieces.join('')).toBe((await generateText({ model: model(), prompt: 'Who wrote Dune?' })).text)
    expect(await finishReason).toBe('stop')
  })

  test('a tool is called, and what it says is told', async () => {
    for (const streamed of [false, true]) {
      const options = {
        model: model(),
        prompt: 'What is the weather in Paris?',
        tools: { weather },
        stopWhen: ({ steps }: { steps: unknown[] }) => steps.length === 2,
      }
      const { steps, text } = streamed ? streamText(options) : await generateText(options)
      const [first] = await steps
      expect(first?.toolCalls[0]).toMatchObject({ toolName: 'weather', input: { city: 'Paris' } })
      expect(await text).toContain('clear')
    }
  })

  test('JSON by a schema', async () => {
    const schema = jsonSchema<{ email: string; when: string }>({
      type: 'object',
      properties: { email: { type: 'string', format: 'email' }, when: { type: 'string', format: 'date' } },
      required: ['email', 'when'],
      additionalProperties: false,
    })
    const { output } = await generateText({
      model: model(),
      output: Output.object({ schema }),
      prompt: 'Write to ann@example.com on 3 May 2026.',
    })
    expect(output).toEqual({ email: 'ann@example.com', when: '2026-05-03' })
  })

  test('an error is told with its status and its words', async () => {
    const asked = generateText({ model: model('gpt-nonsense'), prompt: 'Hi', maxRetries: 0 })
    await expect(asked).rejects.toMatchObject({
      statusCode: api === 'chat' ? 404 : 400,
      message: expect.stringContaining('does not exist'),
    })
  })
})

test('thinking has a summary where one is asked for', async () => {
  const { reasoningText } = await generateText({
    model: provider().responses('gpt-5-mini'),
    prompt: 'Who wrote Dune?',
    providerOptions: { openai: { reasoningSummary: 'auto' } },
  })
  expect(reasoningText).toContain('Dune')
})

test('a conversation goes on from a stored response', async () => {
  const first = await generateText({ model: provider().responses('gpt-4o-mini'), prompt: 'Recommend a fantasy book' })
  const id = first.providerMetadata?.['openai']?.['responseId'] ?? null
  const next = await generateText({
    model: provider().responses('gpt-4o-mini'),
    prompt: 'Another one',
    providerOptions: { openai: { previousResponseId: id } },
  })
  expect(next.text).not.toBe(first.text)
  expect(next.text).toMatch(/ by /)
})

test('embeddings', async () => {
  const { embeddings } = await embedMany({
    model: provider().embedding('text-embedding-3-small'),
    values: ['cats and dogs', 'dogs and cats', 'the price of steel'],
  })
  const near = (one: number, other: number): number =>
    (embeddings[one] ?? []).reduce((sum, value, at) => sum + value * (embeddings[other]?.[at] ?? 0), 0)
  expect(near(0, 1)).toBeGreaterThan(near(0, 2))
})
