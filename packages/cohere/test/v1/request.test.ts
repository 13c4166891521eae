import type { CohereV1Params } from '@interlingua/cohere'
import type { Message } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { transports } from '../transport.ts'
import { answer, keepingFetch, sent } from './sent.ts'

test.each(transports)('over the $transport transport: address and headers', async ({ createCohereV1 }) => {
  const { sent: requests, fetch } = keepingFetch(answer)
  const response = await createCohereV1({ apiKey: 'key', fetch })('a-model').call('Hi')
  expect(requests[0]?.url).toBe('https://api.cohere.com/v1/chat')
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toMatchObject({
    authorization: 'Bearer key',
    accept: 'application/json',
    'x-client-name': 'interlingua',
  })
  expect(response.request).toEqual({
    url: 'https://api.cohere.com/v1/chat',
    body: { model: 'a-model', message: 'Hi', stream: false },
  })
})

test('every parameter has its field: https://docs.cohere.com/v1/reference/chat', async () => {
  const params: Required<CohereV1Params> = {
    temperature: 0.5,
    maxTokens: 2_000,
    topP: 0.9,
    topK: 40,
    frequencyPenalty: 0.1,
    presencePenalty: 0,
    seed: 7,
    stop: ['THE END'],
    documents: ['One', { id: 'two', data: { title: 'Two', pages: 2 } }, { data: 'Three' }],
    connectors: [{ id: 'web-search', userAccessToken: 't', continueOnFailure: true, options: { site: 'example.com' } }],
    searchQueriesOnly: true,
    promptTruncation: 'AUTO',
    citationQuality: 'FAST',
    conversationId: 'a-conversation',
    maxInputTokens: 1_000,
    rawPrompting: true,
    forceSingleStep: true,
    responseFormat: { type: 'text' },
    safetyMode: 'NONE',
    extraBody: { something_new: 1 },
  }
  const { body, warnings } = await sent('Hi', {
    ...params,
    documents: params.documents,
    responseFormat: { type: 'text' },
  })
  expect(body).toMatchObject({
    message: 'Hi',
    temperature: 0.5,
    max_tokens: 2_000,
    p: 0.9,
    k: 40,
    frequency_penalty: 0.1,
    presence_penalty: 0,
    seed: 7,
    stop_sequences: ['THE END'],
    documents: [{ text: 'One' }, { id: 'two', title: 'Two', pages: '2' }, { text: 'Three' }],
    connectors: [
      { id: 'web-search', user_access_token: 't', continue_on_failure: true, options: { site: 'example.com' } },
    ],
    search_queries_only: true,
    prompt_truncation: 'AUTO',
    citation_quality: 'FAST',
    conversation_id: 'a-conversation',
    max_input_tokens: 1_000,
    raw_prompting: true,
    force_single_step: true,
    response_format: { type: 'text' },
    safety_mode: 'NONE',
    something_new: 1,
  })
  expect(warnings).toEqual([])
})

test('what v1 does not have is told: https://docs.cohere.com/v1/reference/chat', async () => {
  const v2 = {
    thinking: { type: 'enabled' },
    logprobs: true,
    strictTools: true,
    citationOptions: { mode: 'FAST' },
    priority: 3,
  }
  const { body, warnings } = await sent('Hi', { temperature: 0.5, ...v2 })
  expect(body).toEqual({ message: 'Hi', temperature: 0.5 })
  expect(warnings.map(({ code, field }) => [code, field])).toEqual(
    Object.keys(v2).map((field) => ['unsupported', field]),
  )
})

test('numbers within limits, and a choice with tools', async () => {
  const params = { maxTokens: 0, topK: 1.2, maxInputTokens: Number.NaN, toolChoice: 'required' } as const
  const { body, warnings } = await sent('Hi', params)
  expect(body).toEqual({ message: 'Hi', max_tokens: 1, k: 1 })
  expect(warnings.map(({ field }) => field)).toEqual(['maxTokens', 'topK', 'maxInputTokens', 'toolChoice'])
})

test('documents that are empty, or that cannot be told apart, are refused', async () => {
  await expect(sent('Hi', { documents: [''] })).rejects.toMatchObject({
    code: 'invalid_request',
    field: 'documents[0]',
  })
})

test('a form of the answer', async () => {
  const jsonSchema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
  const format = { type: 'json_object', jsonSchema } as const
  const alone = await sent('A book as JSON', { responseFormat: format })
  expect(alone.body['response_format']).toEqual({ type: 'json_object', schema: jsonSchema })
  const beside = await sent(
    [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'A book' },
    ],
    {
      responseFormat: format,
      documents: ['Dune'],
    },
  )
  expect(beside.body).not.toHaveProperty('response_format')
  expect(beside.body['preamble']).toMatch(/^Be brief\.\n\n.*"title"/)
  expect(beside.warnings).toContainEqual(expect.objectContaining({ code: 'unsupported', field: 'responseFormat' }))
})

describe('a conversation', () => {
  const call = { id: 'weather_0', name: 'weather', args: { city: 'Paris' }, raw: '{ "city": "Paris" }' }
  const wireCall = { name: 'weather', parameters: { city: 'Paris' } }
  const system = { role: 'system', content: 'Be brief.' } as const
  const question = { role: 'user', content: 'Does it rain?' } as const
  const asks = { role: 'assistant', content: [], plan: 'I look.', toolCalls: [call] } as const
  const result = { role: 'tool', toolCallId: 'weather_0', content: 'It rains.' } as const
  const wireResult = { call: wireCall, outputs: [{ output: 'It rains.' }] }

  test('is preamble, history and message', async () => {
    const { body } = await sent([
      system,
      { role: 'system', content: [{ type: 'text', text: 'Be kind.' }] },
      question,
      { role: 'assistant', content: 'Yes.' },
      { role: 'system', content: 'Be formal.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Still?' },
          { type: 'text', text: 'Really?' },
        ],
      },
    ])
    expect(body).toEqual({
      preamble: 'Be brief.\n\nBe kind.',
      chat_history: [
        { role: 'USER', message: 'Does it rain?' },
        { role: 'CHATBOT', message: 'Yes.' },
        { role: 'SYSTEM', message: 'Be formal.' },
      ],
      message: 'Still?\nReally?',
    })
  })

  test('that ends with results of tools has no message', async () => {
    const { body } = await sent([question, asks, result])
    expect(body).toEqual({
      message: '',
      chat_history: [
        { role: 'USER', message: 'Does it rain?' },
        { role: 'CHATBOT', message: 'I look.', tool_calls: [wireCall] },
      ],
      tool_results: [wireResult],
    })
  })

  test('in a single step has the question in the place of the call', async () => {
    const { body } = await sent([system, { role: 'user', content: 'Hi' }, question, asks, result], {
      forceSingleStep: true,
    })
    expect(body).toEqual({
      preamble: 'Be brief.',
      message: 'Does it rain?',
      chat_history: [{ role: 'USER', message: 'Hi' }],
      tool_results: [wireResult],
      force_single_step: true,
    })
  })

  test('keeps earlier results, each with the nearest call of its id', async () => {
    const rome = { ...call, args: { city: 'Rome' } }
    const content = [
      { type: 'text', text: 'Sun.' },
      { type: 'document', id: 'a', data: { sky: 'blue' } },
      { type: 'document', data: 'Dry.' },
    ] as const
    const { body } = await sent([
      question,
      { ...asks, toolCalls: [call, { ...call, id: 'weather_1' }] },
      result,
      { ...result, toolCallId: 'weather_1' },
      { ...asks, toolCalls: [rome] },
      { ...result, content },
      { role: 'assistant', content: 'It rains in Paris.' },
      { role: 'user', content: 'Thanks' },
    ])
    expect(body['chat_history']).toEqual([
      { role: 'USER', message: 'Does it rain?' },
      { role: 'CHATBOT', message: 'I look.', tool_calls: [wireCall, wireCall] },
      { role: 'TOOL', tool_results: [wireResult, wireResult] },
      { role: 'CHATBOT', message: 'I look.', tool_calls: [{ name: 'weather', parameters: { city: 'Rome' } }] },
      {
        role: 'TOOL',
        tool_results: [
          {
            call: { name: 'weather', parameters: { city: 'Rome' } },
            outputs: [{ output: 'Sun.' }, { id: 'a', sky: 'blue' }, { output: 'Dry.' }],
          },
        ],
      },
      { role: 'CHATBOT', message: 'It rains in Paris.' },
    ])
  })

  test.each<[string, Message[]]>([
    ['assistant', [question, { role: 'assistant', content: 'Yes.' }]],
    ['system', [system]],
    ['system', [question, system]],
  ])('that ends with a message of the %s is refused: an empty message needs results', async (role, messages) => {
    await expect(sent(messages)).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'messages',
      message: expect.stringContaining(`one of the ${role}`),
    })
  })

  test('in which nothing is what its type says is refused', async () => {
    const response: unknown = Reflect.apply(sent, undefined, [[{ role: 'developer', content: 'Hi' }]])
    await expect(response).rejects.toMatchObject({ code: 'invalid_request', field: 'messages[0].role' })
  })

  test('keeps the ids of documents among their fields', async () => {
    const document = { type: 'document', id: 'mine', data: { id: 'theirs', sky: 'blue' } } as const
    const { body, warnings } = await sent([question, asks, { ...result, content: [document] }], {
      documents: [{ id: 'mine', data: { id: 'theirs', title: 'A' } }, { data: { id: 'own', title: 'B' } }],
    })
    expect(body['documents']).toEqual([
      { id: 'mine', title: 'A' },
      { id: 'own', title: 'B' },
    ])
    expect(body['tool_results']).toMatchObject([{ outputs: [{ id: 'mine', sky: 'blue' }] }])
    expect(warnings.map(({ field }) => field)).toEqual(['messages', 'documents[0].data.id'])
  })

  test('with a result that nobody asked for says it as the user', async () => {
    const { body, warnings } = await sent([question, result])
    expect(body['message']).toContain(result.toolCallId)
    expect(warnings).toMatchObject([{ code: 'unsupported', field: 'messages[1]' }])
  })

  test('tells what v1 has no place for, with its place', async () => {
    const thinking = {
      role: 'assistant',
      content: [
        { type: 'thinking', text: 'Hm.' },
        { type: 'text', text: 'Yes.' },
      ],
      citations: [{ start: 0, end: 3, text: 'Yes', sources: [], target: 'text' }],
    } as const
    const image = { type: 'image', url: 'https://example.com/rain.png' } as const
    const { body, warnings } = await sent([{ role: 'user', content: [image] }, thinking, question])
    expect(body['chat_history']).toEqual([
      { role: 'USER', message: '[image: https://example.com/rain.png]' },
      { role: 'CHATBOT', message: 'Yes.' },
    ])
    expect(warnings.map(({ field, message }) => [field, /place for (\w+)/.exec(message)?.[1]])).toEqual([
      ['messages[0].content[0]', 'image'],
      ['messages[1].content[0]', 'thinking'],
      ['messages[1].citations', 'citations'],
    ])
    await expect(sent([thinking, question], { onUnsupported: 'error' })).rejects.toMatchObject({ code: 'unsupported' })
  })
})
