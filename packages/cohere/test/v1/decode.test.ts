import { createCohere } from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { fetchAnswer, fetchLines, linesOf } from './lines.ts'

const start = { is_finished: false, event_type: 'stream-start', generation_id: 'g' }
const end = (response: object = {}, reason: string | undefined = 'COMPLETE') => ({
  is_finished: true,
  event_type: 'stream-end',
  finish_reason: reason,
  response,
})
const modelOver = (fetch: typeof globalThis.fetch) => createCohere({ api: 'v1', apiKey: 'key', fetch })('a-model')
const streamOf = (...events: object[]) => modelOver(fetchLines(linesOf(events))).stream('Hi')
const called = (answer: object) => modelOver(fetchAnswer(answer)).call('Hi')

test('unknown events and unknown fields survive and change nothing', async () => {
  const events = [
    { event_type: 'applause', volume: 11 },
    { event_type: 'text-generation', text: 'Hi', colour: 'green' },
    { event_type: 'debug', prompt: '<BOS_TOKEN>Hi' },
    end(),
  ]
  const stream = streamOf(...events)
  const seen: unknown[] = []
  for await (const [chunk] of stream) seen.push(chunk.event)
  expect(seen).toEqual(events)
  expect((await stream.response()).content).toBe('Hi')
})

test('events that lack what they should have, or have null in its place, change nothing', async () => {
  const types = [
    'stream-start',
    'search-queries-generation',
    'search-results',
    'text-generation',
    'citation-generation',
    'tool-calls-chunk',
    'tool-calls-generation',
  ]
  const empty = {
    generation_id: null,
    text: null,
    search_queries: null,
    search_results: null,
    documents: null,
    citations: null,
    tool_calls: null,
    tool_call_delta: null,
  }
  const response = await streamOf(
    ...types.map((event_type) => ({ event_type })),
    ...types.map((event_type) => Object.assign({ event_type }, empty)),
    { event_type: 'stream-end', finish_reason: null, response: { ...empty, meta: null, finish_reason: null } },
  ).response()
  expect(response).toMatchObject({ content: '', toolCalls: [], citations: [], documents: [], searchQueries: [] })
  expect(response.finishReason).toEqual({ unified: 'unknown', raw: undefined })
})

describe('the search', () => {
  const search_queries = [{ text: 'best fantasy', generation_id: 'q' }]
  const search_results = [
    { search_query: search_queries[0], connector: { id: 'web-search' }, document_ids: ['web-search_0'] },
  ]
  const documents = [{ id: 'web-search_0', title: 'Dune', url: 'https://example.com/dune' }]
  const citations = [{ start: 0, end: 4, text: 'Dune', document_ids: ['web-search_0', 'gone'] }]
  const answer = { generation_id: 'g', text: 'Dune', search_queries, search_results, documents, citations }

  test('is on the response, once, streamed and not', async () => {
    const streamed = await streamOf(
      start,
      { event_type: 'search-queries-generation', search_queries },
      { event_type: 'search-results', search_results, documents },
      { event_type: 'text-generation', text: 'Dune' },
      { event_type: 'citation-generation', citations },
      end(answer),
    ).response()
    for (const response of [streamed, await called({ ...answer, finish_reason: 'COMPLETE' })]) {
      expect(response).toMatchObject({
        searchQueries: search_queries,
        searchResults: search_results,
        documents,
        content: 'Dune',
      })
      expect(response.citations).toMatchObject([
        {
          text: 'Dune',
          target: 'text',
          sources: [
            { type: 'document', id: 'web-search_0', data: documents[0] },
            { type: 'document', id: 'gone' },
          ],
        },
      ])
    }
  })

  test('with queries only there is no text', async () => {
    const event = { event_type: 'search-queries-generation', search_queries }
    const response = await streamOf(start, event, end({ generation_id: 'g', text: '', search_queries })).response()
    expect(response.searchQueries).toEqual(search_queries)
    expect(response.message.content).toEqual([])
  })

  test('documents that were sent are found where Cohere does not give them back', async () => {
    const cited = { text: 'Dune', citations: [{ start: 0, end: 4, text: 'Dune', document_ids: ['doc_1', 'mine'] }] }
    const response = await modelOver(fetchAnswer(cited)).call('Hi', {
      documents: ['nothing', { data: { title: 'Dune' } }, { id: 'mine', data: 'Dune it is' }],
    })
    expect(response.citations[0]?.sources).toEqual([
      { type: 'document', id: 'doc_1', data: { title: 'Dune' } },
      { type: 'document', id: 'mine', data: { id: 'mine', text: 'Dune it is' } },
    ])
  })
})

describe('tool calls', () => {
  const calls = [
    { name: 'weather', parameters: { city: 'Paris' } },
    { name: 'now', parameters: null },
  ]
  const expected = [
    { id: 'weather_0', name: 'weather', args: { city: 'Paris' }, raw: '{"city":"Paris"}' },
    { id: 'now_1', name: 'now', args: {}, raw: '' },
  ]

  test('that come all at once, and with their last event only', async () => {
    const response = { generation_id: 'g', text: 'I look.', tool_calls: calls }
    const generation = { event_type: 'tool-calls-generation', text: 'I look.', tool_calls: calls }
    for (const answer of [
      await streamOf(start, generation, end(response)).response(),
      await streamOf(start, end(response)).response(),
      await called({ ...response, finish_reason: 'COMPLETE' }),
    ]) {
      expect(answer.toolCalls).toEqual(expected)
      expect(answer.message.plan).toBe('I look.')
      expect(answer.content).toBe('')
      expect(answer.finishReason).toEqual({ unified: 'tool_calls', raw: 'COMPLETE' })
    }
  })

  test('that come piece by piece, with a plan inside', async () => {
    const chunk = (delta: object) => ({ event_type: 'tool-calls-chunk', tool_call_delta: delta })
    const stream = streamOf(
      start,
      chunk({ text: 'I ' }),
      { event_type: 'tool-calls-chunk', text: 'look.' },
      chunk({ index: 0, name: 'weather' }),
      chunk({ index: 0, parameters: '{\n  "city": ' }),
      chunk({ index: 0, parameters: '"Paris"}' }),
      chunk({ index: 1, name: 'now' }),
      { event_type: 'tool-calls-generation', text: 'I look.', tool_calls: calls },
      end({ text: 'I look.', tool_calls: calls }),
    )
    const tools: unknown[] = []
    for await (const [, tool] of stream) if (tool) tools.push(tool.id)
    const response = await stream.response()
    expect(response.message.plan).toBe('I look.')
    expect(response.toolCalls).toEqual([{ ...expected[0], raw: '{\n  "city": "Paris"}' }, expected[1]])
    expect(tools.at(-1)).toBe('now_1')
  })

  test('have ids that go on through a conversation', async () => {
    const answer = { text: '', tool_calls: [calls[1]], finish_reason: 'COMPLETE' }
    const first = await called(answer)
    const [call] = first.toolCalls
    const result = { role: 'tool', toolCallId: call?.id ?? '', content: 'noon' } as const
    for (const params of [{}, { forceSingleStep: true }]) {
      const next = await modelOver(fetchAnswer(answer)).call([...first.messages, first.message, result], params)
      expect([call?.id, next.toolCalls[0]?.id]).toEqual(['now_0', 'now_1'])
    }
  })
})

test.each([
  ['COMPLETE', 'stop'],
  ['STOP_SEQUENCE', 'stop'],
  ['MAX_TOKENS', 'length'],
  ['ERROR_LIMIT', 'length'],
  ['ERROR_TOXIC', 'content_filter'],
  ['USER_CANCEL', 'other'],
  ['SOMETHING_NEW', 'other'],
])('finish reason %s is %s', async (raw, unified) => {
  const finishReason = { unified, raw }
  expect((await streamOf(start, end({ text: '' }, raw)).response()).finishReason).toEqual(finishReason)
  expect((await called({ text: '', finish_reason: raw })).finishReason).toEqual(finishReason)
})

test('usage, with cached tokens, and a notice that comes twice', async () => {
  const notice = "model 'command' is deprecated"
  const meta = {
    warnings: [notice, 'another'],
    billed_units: { input_tokens: 7, output_tokens: 115, search_units: 1 },
    tokens: { input_tokens: 69, output_tokens: 116 },
    cached_tokens: 60,
  }
  const fetch: typeof globalThis.fetch = async () =>
    Response.json({ text: 'Hi', finish_reason: 'COMPLETE', meta }, { headers: { 'x-api-warning': notice } })
  const response = await modelOver(fetch).call('Hi')
  expect(response.usage).toEqual({
    inputTokens: 9,
    cacheReadTokens: 60,
    outputTokens: 116,
    billed: { inputTokens: 7, outputTokens: 115, searchUnits: 1 },
  })
  expect(response.warnings).toEqual([
    { code: 'provider', message: notice },
    { code: 'provider', message: 'another' },
  ])
})
