import type { Message } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { transports } from '../transport.ts'

const weather = {
  name: 'get-weather',
  description: 'Tells the weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}
const question: Message = { role: 'user', content: 'What is the weather in Paris?' }

describe.each(transports)('over the $transport transport', ({ createCohereV1 }) => {
  const start = () => {
    const simulator = createSimulator()
    return { simulator, model: createCohereV1({ apiKey: 'key', fetch: simulator.fetch })('command-r-08-2024') }
  }

  test.each([
    ['plain', {}],
    ['cut by max_tokens', { maxTokens: 5 }],
    ['with documents', { documents: ['Dune is a fantasy book about sand.', { id: 'emma', data: { title: 'Emma' } }] }],
  ])('the fold of a stream equals the unstreamed response: %s', async (_, params) => {
    const { model } = start()
    const called = await model.call('Recommend a fantasy book', params)
    const streamed = await model.stream('Recommend a fantasy book', params).response()
    expect(called.content).not.toBe('')
    const { content, message, citations, documents, usage, cost, finishReason, warnings } = called
    expect(streamed).toMatchObject({ content, message, citations, documents, usage, cost, finishReason, warnings })
    if ('documents' in params) expect(citations.flatMap(({ sources }) => sources)).not.toEqual([])
  })

  test('a tool is called, and its result is cited', async () => {
    const { simulator, model } = start()
    const options = { tools: [weather] }
    const asked = await model.stream([question], options).response()
    expect(asked.toolCalls).toMatchObject([{ id: 'get-weather_0', name: 'get-weather' }])
    expect(asked.finishReason).toEqual({ unified: 'tool_calls', raw: 'COMPLETE' })
    const results = asked.toolCalls.map(({ id }): Message => ({
      role: 'tool',
      toolCallId: id,
      content: 'It rains in Paris.',
    }))
    const told = await model.stream([question, asked.message, ...results], options).response()
    expect(told.content).not.toBe('')
    expect(told.finishReason.unified).toBe('stop')
    expect(simulator.requests.map(({ status }) => status)).toEqual([200, 200])
  })

  test('what Cohere refuses is an error with its own words', async () => {
    const { model } = start()
    // Nothing is asked.
    const unanswerable: Message[] = [{ role: 'user', content: '' }]
    await expect(model.call(unanswerable)).rejects.toMatchObject({ code: 'invalid_request', status: 400 })
  })
})
