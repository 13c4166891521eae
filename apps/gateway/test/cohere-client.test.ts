import { CohereClientV2, CohereError } from 'cohere-ai'
import type { Cohere } from 'cohere-ai'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Started, start } from './start.ts'

let started: Started
let client: CohereClientV2
beforeAll(async () => {
  started = await start()
  client = new CohereClientV2({ token: started.key, environment: started.url, maxRetries: 0 })
  return () => started[Symbol.asyncDispose]()
})

const tools: Cohere.ToolV2[] = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'Tells the weather of a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
]

describe.each(['openai/gpt-4o-mini', 'groq/openai/gpt-oss-20b', 'cohere/command-a-03-2025'])(
  'the client of Cohere, with %s behind the gateway',
  (model) => {
    test('holds a streamed conversation with a tool', async () => {
      const messages: Cohere.ChatMessageV2[] = [{ role: 'user', content: 'What is the weather in Paris?' }]
      const calls: { id: string; name: string; arguments: string }[] = []
      const types: string[] = []
      let finish: string | undefined
      for await (const event of await client.chatStream({ model, messages, tools })) {
        types.push(event.type)
        if (event.type === 'tool-call-start') {
          const { id = '', function: called } = event.delta?.message?.toolCalls ?? {}
          calls.push({ id, name: called?.name ?? '', arguments: called?.arguments ?? '' })
        }
        const last = calls.at(-1)
        if (event.type === 'tool-call-delta' && last) {
          last.arguments += event.delta?.message?.toolCalls?.function?.arguments ?? ''
        }
        if (event.type === 'message-end') finish = event.delta?.finishReason
      }
      expect(types[0]).toBe('message-start')
      expect(types.at(-1)).toBe('message-end')
      expect(finish).toBe('TOOL_CALL')
      const [call] = calls
      expect(call && JSON.parse(call.arguments)).toEqual({ city: 'Paris' })
      if (!call) throw new Error('there is no call.')

      messages.push(
        {
          role: 'assistant',
          toolCalls: [{ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } }],
        },
        { role: 'tool', toolCallId: call.id, content: 'Rain, 12 degrees.' },
      )
      let text = ''
      for await (const event of await client.chatStream({ model, messages, tools })) {
        if (event.type === 'content-delta') text += event.delta?.message?.content?.text ?? ''
        if (event.type === 'message-end') expect(event.delta?.usage?.tokens?.inputTokens).toBeGreaterThan(0)
      }
      expect(text).toContain('12')
    })

    test('gets a whole answer, too', async () => {
      const { message, finishReason, usage } = await client.chat({
        model,
        messages: [{ role: 'user', content: 'Who wrote Dune?' }],
      })
      expect(finishReason).toBe('COMPLETE')
      const part = message.content?.find(({ type }) => type === 'text')
      expect(part?.type === 'text' && part.text).toContain('Frank Herbert')
      expect(usage?.billedUnits?.outputTokens).toBeGreaterThan(0)
    })
  },
)

test('documents reach a model that has none, in the prompt', async () => {
  const { message } = await client.chat({
    model: 'openai/gpt-4o-mini',
    messages: [{ role: 'user', content: 'What do pandas eat?' }],
    documents: [{ id: 'panda', data: { text: 'Giant pandas eat bamboo.' } }],
  })
  expect(message.role).toBe('assistant')
  const { body } = started.simulator.requests.at(-1) ?? {}
  expect(JSON.stringify(body)).toContain('Giant pandas eat bamboo.')
})

test('embeds and reranks', async () => {
  for (const model of ['cohere/embed-v4.0', 'openai/text-embedding-3-small']) {
    const { embeddings } = await client.embed({
      model,
      texts: ['Dune'],
      inputType: 'search_document',
      embeddingTypes: ['float'],
    })
    expect(embeddings.float?.[0]).toHaveLength(1536)
  }
  const { results } = await client.rerank({
    model: 'cohere/rerank-v4.0-pro',
    query: 'deserts',
    documents: ['A matchmaker learns.', 'Sand and deserts.'],
    topN: 1,
  })
  expect(results).toMatchObject([{ index: 1 }])
  await expect(client.rerank({ model: 'openai/gpt-4o-mini', query: 'a', documents: ['b'] })).rejects.toThrow(
    'does not rerank',
  )
})

test('errors are the client’s own', async () => {
  const wrong = new CohereClientV2({ token: 'wrong', environment: started.url, maxRetries: 0 })
  const messages: Cohere.ChatMessageV2[] = [{ role: 'user', content: 'Hi' }]
  await expect(wrong.chat({ model: 'openai/gpt-4o-mini', messages })).rejects.toMatchObject({ statusCode: 401 })
  const failure = client.chat({ model: 'openai/no-such-model', messages })
  await expect(failure).rejects.toThrow(CohereError)
  await expect(failure).rejects.toMatchObject({ statusCode: 404, body: { message: expect.any(String) } })
})
