import { createCohere } from '@ai-sdk/cohere'
import { useSimulator } from '@interlingua/simulator/vitest'
import { embedMany, generateText, jsonSchema, Output, rerank, streamText, tool } from 'ai'
import { expect, test } from 'vitest'

const simulator = useSimulator()
const provider = (): ReturnType<typeof createCohere> => createCohere({ apiKey: 'any', baseURL: `${simulator.url}/v2` })
const model = 'command-a-03-2025'

const weather = tool({
  description: 'Tells the weather in a city',
  inputSchema: jsonSchema<{ city: string }>({
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  }),
  execute: ({ city }) => Promise.resolve({ city, sky: 'clear' }),
})

test('a text', async () => {
  const { text, finishReason, usage } = await generateText({ model: provider()(model), prompt: 'Who wrote Dune?' })
  expect(text).toContain('Frank Herbert')
  expect(finishReason).toBe('stop')
  expect(usage.outputTokens).toBeGreaterThan(5)
})

test('a streamed text is the same text', async () => {
  const { textStream, finishReason } = streamText({ model: provider()(model), prompt: 'Who wrote Dune?' })
  const pieces = await Array.fromAsync(textStream)
  expect(pieces.length).toBeGreaterThan(5)
  const { text } = await generateText({ model: provider()(model), prompt: 'Who wrote Dune?' })
  expect(pieces.join('')).toBe(text)
  expect(await finishReason).toBe('stop')
})

test('thinking comes before the text', async () => {
  const thinking = { cohere: { thinking: { type: 'enabled' as const } } }
  const { reasoningText, text } = await generateText({
    model: provider()('command-a-reasoning-08-2025'),
    prompt: 'Who wrote Dune?',
    providerOptions: thinking,
  })
  expect(reasoningText).toContain('Dune')
  expect(text).toContain('Frank Herbert')
})

const question = { prompt: 'What is the weather in Paris?', tools: { weather } }

test('a tool is called', async () => {
  const { toolCalls } = await generateText({ model: provider()(model), ...question })
  expect(toolCalls[0]).toMatchObject({ toolName: 'weather', input: { city: 'Paris' } })
})

// Only streamed: in an answer that is not streamed the client refuses citations of tools, which Cohere's recorded answers
// have as ours do.
test('what a tool has said is told', async () => {
  const { steps, text } = streamText({
    model: provider()(model),
    ...question,
    stopWhen: ({ steps: all }) => all.length === 2,
  })
  expect((await steps)[0]?.toolCalls[0]).toMatchObject({ toolName: 'weather', input: { city: 'Paris' } })
  expect(await text).toContain('clear')
})

test('JSON by a schema', async () => {
  const schema = jsonSchema<{ email: string; when: string }>({
    type: 'object',
    properties: { email: { type: 'string' }, when: { type: 'string', format: 'date' } },
    required: ['email', 'when'],
  })
  const { output } = await generateText({
    model: provider()(model),
    output: Output.object({ schema }),
    prompt: 'Write to ann@example.com on 3 May 2026.',
  })
  expect(output).toEqual({ email: 'ann@example.com', when: '2026-05-03' })
})

test('documents are cited', async () => {
  const file = { type: 'file' as const, mediaType: 'text/plain', filename: 'harbor.txt' }
  const { text, sources } = await generateText({
    model: provider()(model),
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Where is the ferry repaired?' },
          { ...file, data: new TextEncoder().encode('The ferry is repaired at Dock Seven. Lunch is at noon.') },
        ],
      },
    ],
  })
  expect(text).toContain('Dock Seven')
  expect(sources[0]?.providerMetadata?.['cohere']).toMatchObject({ text: expect.stringContaining('Dock Seven') })
})

test('embeddings', async () => {
  const { embeddings } = await embedMany({
    model: provider().embeddingModel('embed-v4.0'),
    values: ['cats and dogs', 'dogs and cats', 'the price of steel'],
    providerOptions: { cohere: { inputType: 'search_document' } },
  })
  const near = (one: number, other: number): number =>
    (embeddings[one] ?? []).reduce((sum, value, at) => sum + value * (embeddings[other]?.[at] ?? 0), 0)
  expect(near(0, 1)).toBeGreaterThan(near(0, 2))
})

test('reranking', async () => {
  const { ranking } = await rerank({
    model: provider().reranking('rerank-v3.5'),
    documents: ['The sea is wide.', 'Steel costs more this year.'],
    query: 'price of steel',
  })
  expect(ranking[0]?.document).toBe('Steel costs more this year.')
})

test('an error is told with its status and its words', async () => {
  const asked = generateText({ model: provider()('command-nonsense'), prompt: 'Hi', maxRetries: 0 })
  await expect(asked).rejects.toMatchObject({
    statusCode: 404,
    message: expect.stringContaining("model 'command-nonsense' not found"),
  })
})
