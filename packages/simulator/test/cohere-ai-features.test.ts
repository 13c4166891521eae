import { CohereClient, CohereClientV2, CohereError, type Cohere } from 'cohere-ai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cohereErrors, createSimulator, type Listening } from '../src/index.ts'
import { reasonOf } from './client.ts'

// The vendor's own client as an independent reader of everything but plain text.

const simulator = createSimulator()
let server: Listening

beforeAll(async () => {
  server = await simulator.listen()
})
afterAll(() => server.close())

function v2(): CohereClientV2 {
  return new CohereClientV2({ token: 'test', environment: server.url })
}

function v1(): CohereClient {
  return new CohereClient({ token: 'test', environment: server.url })
}

const model = 'command-a-03-2025'
const user = (content: string): Cohere.ChatMessageV2 => ({ role: 'user', content })
const weather: Cohere.ToolV2 = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather in a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}

interface Read {
  text: string
  plan: string
  calls: { id?: string | undefined; name?: string | undefined; arguments: string }[]
  citations: unknown[]
  logprobs: unknown[]
  end: unknown
}

async function read(request: Cohere.V2ChatStreamRequest): Promise<Read> {
  const result: Read = { text: '', plan: '', calls: [], citations: [], logprobs: [], end: undefined }
  for await (const event of await v2().chatStream(request)) {
    if (event.type === 'content-delta') {
      result.text += event.delta?.message?.content?.text ?? ''
      if (event.logprobs) result.logprobs.push(event.logprobs)
    }
    if (event.type === 'tool-plan-delta') result.plan += event.delta?.message?.toolPlan ?? ''
    if (event.type === 'tool-call-start') {
      const call = event.delta?.message?.toolCalls
      result.calls.push({ id: call?.id, name: call?.function?.name, arguments: call?.function?.arguments ?? '' })
    }
    const last = result.calls.at(-1)
    if (event.type === 'tool-call-delta' && last)
      last.arguments += event.delta?.message?.toolCalls?.function?.arguments ?? ''
    if (event.type === 'citation-start') result.citations.push(event.delta?.message?.citations)
    if (event.type === 'message-end') result.end = event.delta
  }
  return result
}

describe('CohereClientV2', () => {
  test('reads parallel tool calls, and their results go back', async () => {
    const request = { model, tools: [weather], messages: [user('Weather in Paris and Rome?')] }
    const whole = await v2().chat(request)
    const streamed = await read(request)
    expect(whole.finishReason).toBe('TOOL_CALL')
    expect(streamed.plan).toBe(whole.message.toolPlan)
    const calls = whole.message.toolCalls ?? []
    expect(streamed.calls).toEqual(calls.map(({ id, function: called }) => ({ id, ...called })))
    expect(calls.map((call) => call.function?.arguments)).toEqual(['{"city":"Paris"}', '{"city":"Rome"}'])
    expect(streamed.end).toEqual({ finishReason: 'TOOL_CALL', usage: whole.usage })

    const results = calls.map(({ id }, at): Cohere.ChatMessageV2 => ({
      role: 'tool',
      toolCallId: id,
      content: [{ type: 'document', document: { data: { degrees: 20 + at } } }],
    }))
    const next = { ...request, messages: [...request.messages, whole.message, ...results] }
    const answer = await v2().chat(next)
    expect(answer.message.citations?.map(({ text, sources }) => [text, sources?.[0]])).toEqual(
      calls.map(({ id }, at) => [String(20 + at), { type: 'tool', id: `${id}:0`, toolOutput: { degrees: 20 + at } }]),
    )
    expect((await read(next)).citations).toEqual(answer.message.citations)
  })

  test('reads thinking beside calls', async () => {
    const request = { model: 'command-a-reasoning-08-2025', tools: [weather], messages: [user('Weather in Oslo?')] }
    const { message } = await v2().chat(request)
    expect(message.content?.map(({ type }) => type)).toEqual(['thinking'])
    expect(message.toolPlan).toBe(undefined)
    expect((await read(request)).calls).toHaveLength(1)
  })

  test.each(['FAST', 'ACCURATE', 'OFF'] as const)('reads citations of documents: %s', async (mode) => {
    const request = {
      model,
      documents: ['The sky is green.', { id: 'own', data: { text: 'The sea is red.' } }],
      citationOptions: { mode },
      messages: [user('What color is the sky?')],
    }
    const whole = await v2().chat(request)
    const streamed = await read(request)
    expect(streamed.text).toBe('The sky is green.')
    expect(streamed.citations).toEqual(whole.message.citations ?? [])
    expect(streamed.citations).toHaveLength(mode === 'OFF' ? 0 : 1)
    if (mode === 'OFF') return
    expect(whole.message.citations?.[0]?.sources).toEqual([
      { type: 'document', id: 'doc:0', document: { id: 'doc:0', text: 'The sky is green.' } },
    ])
  })

  test('reads JSON that was asked for, and log probabilities', async () => {
    const jsonSchema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
    const request = {
      model,
      logprobs: true,
      responseFormat: { type: 'json_object' as const, jsonSchema },
      messages: [user('Generate a JSON: recommend a fantasy book')],
    }
    const whole = await v2().chat(request)
    const streamed = await read(request)
    const [part] = whole.message.content ?? []
    expect(part).toEqual({ type: 'text', text: streamed.text })
    expect(JSON.parse(streamed.text)).toEqual({ title: expect.any(String) })
    expect(streamed.logprobs).toEqual(whole.logprobs)
    expect(whole.logprobs?.[0]).toEqual({
      text: expect.any(String),
      tokenIds: expect.any(Array),
      logprobs: expect.any(Array),
    })
  })

  test('reads an answer to an image', async () => {
    const content: Cohere.Content[] = [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', imageUrl: { url: 'https://example.com/a.png', detail: 'low' } },
    ]
    const { usage } = await v2().chat({ model: 'command-a-vision-07-2025', messages: [{ role: 'user', content }] })
    expect(usage?.tokens).toMatchObject({ image_tokens: 259 })
  })

  test('reads vectors and ranks', async () => {
    const embedded = await v2().embed({
      model: 'embed-v4.0',
      inputType: 'search_document',
      texts: ['hello', 'world'],
      embeddingTypes: ['float', 'base64'],
      outputDimension: 256,
    })
    expect(embedded.embeddings.float?.map(({ length }) => length)).toEqual([256, 256])
    expect(embedded.embeddings.base64).toHaveLength(2)
    expect(embedded.meta?.billedUnits?.inputTokens).toBe(2)
    const ranked = await v2().rerank({ model: 'rerank-v3.5', query: 'sea', documents: ['the sky', 'the sea'], topN: 1 })
    expect(ranked.results).toEqual([{ index: 1, relevanceScore: expect.any(Number) }])
    expect(ranked.meta?.billedUnits?.searchUnits).toBe(1)
  })

  test.each([
    ['paymentRequired', 402],
    ['forbidden', 403],
    ['trialPerMinute', 429],
    ['blockedToken', 498],
    ['cancelled', 499],
    ['internal', 500],
    ['notImplemented', 501],
  ] as const)('gets its error for %s', async (name, status) => {
    const { fetch } = createSimulator({ scripts: [cohereErrors[name]] })
    const failing = new CohereClientV2({
      token: 'test',
      environment: 'https://simulated.example',
      fetch,
      maxRetries: 0,
    })
    const error = await reasonOf(failing.chat({ model, messages: [user('hello')] }))
    if (!(error instanceof CohereError)) throw new Error('not an error of the SDK', { cause: error })
    expect(error.statusCode).toBe(status)
    expect(error.body).toMatchObject({ message: expect.any(String) })
  })
})

describe('CohereClient, which speaks v1', () => {
  test('reads text, streamed and not', async () => {
    const request = { message: 'Recommend a fantasy book', model }
    const whole = await v1().chat(request)
    let text = ''
    let end: Cohere.NonStreamedChatResponse | undefined
    for await (const event of await v1().chatStream(request)) {
      if (event.eventType === 'text-generation') text += event.text
      if (event.eventType === 'stream-end') end = event.response
    }
    expect(text).toBe(whole.text)
    expect(end?.meta).toEqual(whole.meta)
    expect(whole.chatHistory?.at(-1)).toMatchObject({ role: 'CHATBOT', message: whole.text })
  })

  test('reads documents, citations and tool calls', async () => {
    const documents = [{ id: 'a', text: 'The sky is green.' }]
    const types: string[] = []
    for await (const event of await v1().chatStream({ message: 'What color is the sky?', documents })) {
      if (types.at(-1) !== event.eventType) types.push(event.eventType)
      if (event.eventType === 'citation-generation') expect(event.citations[0]?.documentIds).toEqual(['a'])
    }
    expect(types).toEqual(['stream-start', 'search-results', 'text-generation', 'citation-generation', 'stream-end'])
    const tools = [
      {
        name: 'get_weather',
        description: 'The weather',
        parameterDefinitions: { city: { type: 'str', description: 'where', required: true } },
      },
    ]
    const { toolCalls } = await v1().chat({ message: 'Weather in Paris?', tools })
    expect(toolCalls).toEqual([{ name: 'get_weather', parameters: { city: 'Paris' } }])
    const answered = await v1().chat({
      message: '',
      chatHistory: [{ role: 'USER', message: 'Weather in Paris?' }],
      tools,
      toolResults: [{ call: { name: 'get_weather', parameters: { city: 'Paris' } }, outputs: [{ sky: 'clear' }] }],
    })
    expect(answered.citations?.map(({ text }) => text)).toEqual(['clear'])
  })

  test('reads tokens, models, keys, vectors and ranks', async () => {
    const client = v1()
    const { tokens, tokenStrings } = await client.tokenize({ model, text: 'hello, world' })
    expect(tokenStrings).toEqual(['hello', ',', ' world'])
    expect((await client.detokenize({ model, tokens })).text).toBe('hello, world')
    const { models } = await client.models.list({ endpoint: 'chat', pageSize: 3 })
    expect(models).toHaveLength(3)
    const described = await client.models.get(model)
    expect(described).toMatchObject({ name: model, contextLength: 288_000, samplingDefaults: { temperature: 0.3 } })
    expect(described.features).toContain('tools')
    expect((await client.checkApiKey()).valid).toBe(true)
    const embedded = await client.embed({ texts: ['x'], model: 'embed-english-v3.0', inputType: 'search_query' })
    expect(embedded.responseType).toBe('embeddings_floats')
    const ranked = await client.rerank({
      query: 'sea',
      documents: ['the sky', { text: 'the sea' }],
      returnDocuments: true,
    })
    expect(ranked.results[0]).toMatchObject({ index: 1, document: { text: 'the sea' } })
  })
})
