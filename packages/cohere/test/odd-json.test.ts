import type { CohereProvider } from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { answering } from './exchange.ts'
import { transports } from './transport.ts'
import { fetchLines, linesOf } from './v1/lines.ts'
import { fetchOf, streamText } from './wire-bytes.ts'

const model = 'command-a-03-2025'
const nothing = {
  message: { role: 'assistant', content: [] },
  usage: {},
  warnings: [],
  finishReason: { unified: 'stop', raw: 'COMPLETE' },
}
const usages = [
  [null, {}],
  [{ billed_units: null, tokens: null, cached_tokens: null }, {}],
  [
    { billed_units: { input_tokens: 2, output_tokens: null }, tokens: { input_tokens: 9, output_tokens: null } },
    { inputTokens: 9, billed: { inputTokens: 2 } },
  ],
  [
    { tokens: { input_tokens: 9, reasoning_tokens: null, image_tokens: null }, cached_tokens: null },
    { inputTokens: 9 },
  ],
] as const

// https://docs.cohere.com/reference/chat: `arguments` is JSON text, `function` and its members can be left out.
const calls = [
  [{ id: 'a' }, { id: 'a', name: '', args: {}, raw: '' }],
  [
    { id: 'a', function: null },
    { id: 'a', name: '', args: {}, raw: '' },
  ],
  [
    { id: null, function: { name: null } },
    { id: '', name: '', args: {}, raw: '' },
  ],
  [
    { id: 'a', function: { name: 'f' } },
    { id: 'a', name: 'f', args: {}, raw: '' },
  ],
  [
    { id: 'a', function: { name: 'f', arguments: null } },
    { id: 'a', name: 'f', args: {}, raw: '' },
  ],
  [
    { id: 'a', function: { name: 'f', arguments: { city: 'Paris' } } },
    { id: 'a', name: 'f', args: { city: 'Paris' }, raw: '{"city":"Paris"}' },
  ],
] as const

describe.each(transports)('over the $transport transport', (transport) => {
  const over = (fetch: typeof globalThis.fetch): CohereProvider => transport.createCohere({ apiKey: 'key', fetch })
  const callOf = (body: object) =>
    over(answering(() => ({ body: { id: 'x', finish_reason: 'COMPLETE', ...body } })).fetch)(model).call('Hi')

  /** The response to a stream of these events, all of which must arrive as they were sent. */
  async function streamOf(...sent: { type: string; [field: string]: unknown }[]) {
    const end = { type: 'message-end', delta: { finish_reason: 'COMPLETE' } }
    const events = sent.some(({ type }) => type === 'message-end') ? sent : [...sent, end]
    const stream = over(fetchOf(streamText(events)))(model).stream('Hi')
    const seen: unknown[] = []
    for await (const [chunk] of stream) seen.push(chunk.event)
    expect(seen).toEqual(events)
    return stream.response()
  }

  const emptyMessages = [
    null,
    { content: null, tool_plan: null, tool_calls: null, citations: null },
    { content: [null], tool_calls: [null], citations: [null] },
    { content: 5, tool_plan: {}, tool_calls: 'none', citations: {} },
    { content: [{ type: 'text', text: null }, { type: 'thinking' }] },
  ]

  test.each(emptyMessages)('a message that says nothing: %o', async (message) => {
    const body = { message, usage: null, logprobs: null, error: null }
    const called = await callOf(body)
    expect(called).toMatchObject(nothing)
    expect(called.raw).toMatchObject(body)
    expect(await streamOf({ type: 'message-start', id: null, delta: { message } })).toMatchObject(nothing)
  })

  test.each([null, {}, { message: null }, { message: {} }])('events that say nothing: %o', async (delta) => {
    const types = ['message-start', 'content-start', 'content-delta', 'tool-plan-delta', 'tool-call-delta']
    const events = [...types, 'citation-start'].map((type) => ({ type, index: null, delta, logprobs: null }))
    const { message, ...rest } = await streamOf(...events)
    expect(message.content).toEqual([])
    expect(rest).toMatchObject({ usage: {}, warnings: [] })
  })

  test.each(usages)('usage %o is %o', async (usage, expected) => {
    expect((await callOf({ usage })).usage).toStrictEqual(expected)
    const end = { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } }
    expect((await streamOf(end)).usage).toStrictEqual(expected)
  })

  test.each(calls)('the tool call %o is %o', async (wire, expected) => {
    expect((await callOf({ message: { tool_calls: [wire] } })).toolCalls).toEqual([expected])
    const streamed = await streamOf(
      { type: 'tool-call-start', index: 0, delta: { message: { tool_calls: wire } } },
      { type: 'tool-call-end', index: 0 },
    )
    expect(streamed.toolCalls).toEqual([expected])
  })

  test('arguments that come parsed, after the start', async () => {
    const tool_calls = { function: { arguments: { city: 'Paris' } } }
    const { toolCalls } = await streamOf(
      { type: 'tool-call-start', index: 0, delta: { message: { tool_calls: { id: 'a', function: { name: 'f' } } } } },
      { type: 'tool-call-delta', index: 0, delta: { message: { tool_calls } } },
      { type: 'tool-call-end', index: 0 },
    )
    expect(toolCalls).toEqual([{ id: 'a', name: 'f', args: { city: 'Paris' }, raw: '{"city":"Paris"}' }])
  })

  test('a text in place of parts', async () => {
    const content = [{ type: 'text', text: 'hi' }]
    expect((await callOf({ message: { content: 'hi' } })).message.content).toEqual(content)
    const message = { content: 'hi' }
    expect((await streamOf({ type: 'message-start', delta: { message } })).message.content).toEqual(content)
    expect((await streamOf({ type: 'content-start', delta: { message } })).message.content).toEqual(content)
    expect((await streamOf({ type: 'content-delta', delta: { message } })).message.content).toEqual(content)
  })

  test.each([
    [{ sources: null }, []],
    [{ sources: [null], type: null, content_index: null }, []],
    [{ sources: [{ type: 'tool', id: null, tool_output: null }] }, [{ type: 'tool' }]],
    [{ sources: [{ type: 'document', id: 'd', document: null }] }, [{ type: 'document', id: 'd' }]],
  ])('a citation with %o', async (odd, sources) => {
    const citation = { start: 0, end: 2, text: 'Hi', ...odd }
    const content = [{ type: 'text', text: 'Hi' }]
    const expected = { start: 0, end: 2, text: 'Hi', sources, verified: true }
    const called = await callOf({ message: { content, citations: [citation] } })
    expect(called.citations).toMatchObject([expected])
    expect(called.citations[0]?.sources).toStrictEqual(sources)
    expect(called.citations[0]).not.toHaveProperty('contentIndex')
    // What is null says nothing, so there is nothing to send back in its place.
    expect(Object.values(called.citations[0]?.providerFields?.['cohere'] ?? {})).not.toContain(null)
    const streamed = await streamOf(
      { type: 'content-start', index: 0, delta: { message: { content: content[0] } } },
      { type: 'citation-start', index: 0, delta: { message: { citations: citation } } },
    )
    expect(streamed.citations).toEqual(called.citations)
  })

  test('log-probabilities', async () => {
    const logprobs = [null, { text: null, token_ids: null, logprobs: null }]
    expect((await callOf({ logprobs })).logprobs).toStrictEqual([{ logprobs: [] }])
  })

  // The documents know two types of content; what is new must not vanish without a word.
  test('content of a type that is not known is told once, and kept', async () => {
    const audio = { type: 'audio', audio: { data: 'UklGRg==' } }
    const text = { type: 'text', text: 'Listen.' }
    const warnings = [{ code: 'malformed', field: 'content', message: expect.stringContaining('"audio"') }]
    const called = await callOf({ message: { content: [audio, text] } })
    expect(called).toMatchObject({ content: 'Listen.', raw: { message: { content: [audio, text] } } })
    expect(called.warnings).toEqual(warnings)
    expect((await callOf({ message: { content: [audio, audio] } })).warnings).toHaveLength(2)
    const streamed = await streamOf(
      { type: 'content-start', index: 0, delta: { message: { content: audio } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { audio: { data: 'AAAA' } } } } },
      { type: 'content-end', index: 0 },
      { type: 'content-start', index: 1, delta: { message: { content: text } } },
    )
    expect(streamed.content).toBe('Listen.')
    expect(streamed.warnings).toEqual(warnings)
  })

  test('a list of models', async () => {
    const told = { name: 'm', features: null, endpoints: null, context_length: null, sampling_defaults: null }
    const { fetch } = answering(() => ({ body: { models: [told], next_page_token: null } }))
    const models = await over(fetch).models.list()
    expect([...models]).toStrictEqual([{ id: 'm', raw: told }])
    const one = answering(() => ({ body: { name: 'm', sampling_defaults: { k: null, p: 0.5 } } }))
    expect((await over(one.fetch).models.get('m')).samplingDefaults).toStrictEqual({ topP: 0.5 })
  })

  test('the warnings of an answer of the tokenizer', async () => {
    const { fetch } = answering(() => ({ body: { tokens: [1], token_strings: ['a'], meta: { warnings: null } } }))
    expect((await over(fetch).tokenize('a', { model })).warnings).toEqual([])
    const none = answering(() => ({ body: { text: 'a', meta: null } }))
    expect((await over(none.fetch).detokenize([1], { model })).warnings).toEqual([])
  })

  describe('v1', () => {
    const v1 = (fetch: typeof globalThis.fetch) => transport.createCohereV1({ apiKey: 'key', fetch })(model)
    const answers = [
      [{ text: null, tool_calls: null, citations: null, documents: null, meta: null }, {}],
      [{ text: 5, tool_calls: [null], citations: [null], documents: [null], search_queries: null }, {}],
      [{ meta: { billed_units: null, tokens: null, cached_tokens: null, warnings: null } }, {}],
      [{ meta: { billed_units: { images: null, input_tokens: 2 } } }, { usage: { billed: { inputTokens: 2 } } }],
      [
        { text: 'Hi', citations: [{ document_ids: null }] },
        { citations: [{ start: 0, end: 0, text: '', sources: [] }] },
      ],
      [
        {
          tool_calls: [
            { name: null, parameters: null },
            { name: 'f', parameters: '{"a":1}' },
          ],
        },
        {
          toolCalls: [
            { name: '', args: {}, raw: '' },
            { name: 'f', args: { a: 1 }, raw: '{"a":1}' },
          ],
        },
      ],
    ] as const

    test.each(answers)('%o is %o', async (odd, told) => {
      const body = { generation_id: null, finish_reason: 'COMPLETE', ...odd }
      const expected = { usage: {}, citations: [], toolCalls: [], warnings: [], ...told }
      const called = await v1(answering(() => ({ body })).fetch).call('Hi')
      expect(called).toMatchObject(expected)
      expect(called.usage).toStrictEqual(expected.usage)
      expect(called.raw).toEqual(body)
      const events = [
        { event_type: 'stream-start', generation_id: null },
        { event_type: 'text-generation', text: null },
        { event_type: 'search-results', documents: [null], search_results: null },
        { event_type: 'citation-generation', citations: null },
        { event_type: 'tool-calls-chunk', text: null, tool_call_delta: null },
        { event_type: 'tool-calls-generation', tool_calls: null },
        { event_type: 'stream-end', finish_reason: null, response: body },
      ]
      const stream = v1(fetchLines(linesOf(events))).stream('Hi')
      // An event that completes several calls comes once beside each.
      const seen = new Set<unknown>()
      for await (const [chunk] of stream) seen.add(chunk.event)
      expect([...seen]).toEqual(events)
      expect(await stream.response()).toMatchObject(expected)
    })
  })
})
