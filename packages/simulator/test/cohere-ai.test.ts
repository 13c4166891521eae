import { Cohere, CohereClientV2, CohereError } from 'cohere-ai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Listening } from '../src/index.ts'
import { ask, jsonOf, post, reasonOf } from './client.ts'

const simulator = createSimulator()
let server: Listening

beforeAll(async () => {
  server = await simulator.listen()
})
afterAll(() => server.close())

function client(token = 'test'): CohereClientV2 {
  return new CohereClientV2({ token, environment: server.url })
}

const question: Cohere.ChatMessageV2 = { role: 'user', content: 'Recommend a fantasy book' }

async function read(
  request: Cohere.V2ChatStreamRequest,
): Promise<{ types: string[]; thinking: string; text: string; end: unknown }> {
  const result = { types: new Array<string>(), thinking: '', text: '', end: undefined as unknown }
  for await (const event of await client().chatStream(request)) {
    result.types.push(event.type)
    if (event.type === 'content-delta') {
      result.text += event.delta?.message?.content?.text ?? ''
      result.thinking += event.delta?.message?.content?.thinking ?? ''
    }
    if (event.type === 'message-end') result.end = event.delta
  }
  return result
}

test.each(['command-a-03-2025', 'command-a-reasoning-08-2025'])(
  'it streams %s, and reads what a call gives',
  async (model) => {
    const whole = await client().chat({ model, messages: [question] })
    const streamed = await read({ model, messages: [question] })
    const parts = whole.message.content ?? []
    expect(streamed.text).toBe(parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join(''))
    expect(streamed.thinking).toBe(parts.flatMap((part) => (part.type === 'thinking' ? part.thinking : [])).join(''))
    expect(streamed.text).not.toBe('')
    expect(streamed.types.at(0)).toBe('message-start')
    expect(streamed.types.at(-1)).toBe('message-end')
    expect(streamed.end).toEqual({ finishReason: 'COMPLETE', usage: whole.usage })
    expect(whole.finishReason).toBe('COMPLETE')
  },
)

test('it reads the same text and usage as the wire has', async () => {
  const whole = await client().chat({ model: 'command-a-03-2025', messages: [question] })
  const wire = await jsonOf(await post(fetch, ask('Recommend a fantasy book'), { url: server.url }))
  const [part] = whole.message.content ?? []
  expect(part).toEqual(wire.message.content?.[0])
  expect(whole.usage).toMatchObject({
    billedUnits: {
      inputTokens: wire.usage.billed_units?.input_tokens,
      outputTokens: wire.usage.billed_units?.output_tokens,
    },
    tokens: { inputTokens: wire.usage.tokens?.input_tokens, outputTokens: wire.usage.tokens?.output_tokens },
    cachedTokens: wire.usage.cached_tokens,
  })
})

test('every parameter of the SDK is accepted', async () => {
  const { finishReason } = await client().chat({
    model: 'command-a-03-2025',
    messages: [{ role: 'system', content: 'Be brief.' }, question],
    tools: [
      { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object', properties: {} } } },
    ],
    strictTools: false,
    documents: ['a', { id: 'b', data: { text: 'c' } }],
    citationOptions: { mode: 'FAST' },
    responseFormat: { type: 'text' },
    safetyMode: 'CONTEXTUAL',
    maxTokens: 100,
    stopSequences: ['zebra'],
    temperature: 0.3,
    seed: 1,
    frequencyPenalty: 0.1,
    presencePenalty: 0,
    k: 1,
    p: 0.5,
    logprobs: false,
    toolChoice: 'NONE',
    thinking: { type: 'enabled', tokenBudget: 10 },
    priority: 1,
  })
  expect(finishReason).toBe('COMPLETE')
  expect(simulator.requests.at(-1)?.headers).toMatchObject({ authorization: 'Bearer [redacted]' })
})

test.each([
  [400, Cohere.BadRequestError, { temperature: 2 }, 'test'],
  [401, Cohere.UnauthorizedError, {}, 'invalid'],
  [404, Cohere.NotFoundError, { model: 'command-r' }, 'test'],
  [404, Cohere.NotFoundError, { model: 'nonexistent' }, 'test'],
  [422, Cohere.UnprocessableEntityError, { nonexistent: true }, 'test'],
] as const)('it gets its error for %i', async (status, type, more, token) => {
  const request = { model: 'command-a-03-2025', messages: [question], ...more }
  for (const send of [() => client(token).chat(request), () => client(token).chatStream(request)]) {
    const error = await reasonOf(send())
    expect(error).toBeInstanceOf(type)
    if (!(error instanceof CohereError)) throw new Error('not an error of the SDK')
    expect(error.statusCode).toBe(status)
    expect(error.body).toMatchObject({ id: expect.any(String), message: expect.any(String) })
  }
})

test('leaving its stream closes the socket', async () => {
  const slow = createSimulator({ pace: { firstTokenMs: 3_600_000 } })
  await using listening = await slow.listen()
  const stream = await new CohereClientV2({ token: 'test', environment: listening.url }).chatStream({
    model: 'command-a-03-2025',
    messages: [question],
  })
  for await (const _ of stream) break
  expect(await slow.requests[0]?.finished).toBe('cancelled')
})
