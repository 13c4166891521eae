import { CohereTool } from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { fetchOf, streamText } from './wire-bytes.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const end = { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage: {} } }
  const streamOf = (events: { type: string; [field: string]: unknown }[]) =>
    createCohere({ apiKey: 'key', fetch: fetchOf(streamText(events)) })('command-a-03-2025').stream('Hi')

  test('unknown events and unknown fields survive and change nothing', async () => {
    const events = [
      { type: 'applause', volume: 11 },
      {
        type: 'content-delta',
        index: 0,
        delta: { message: { content: { text: 'Hi', colour: 'green' } } },
        later: true,
      },
      { type: 'debug', prompt: '<BOS_TOKEN>Hi' },
      end,
    ]
    const stream = streamOf(events)
    const seen: unknown[] = []
    for await (const [chunk] of stream) seen.push(chunk.event)
    expect(seen).toEqual(events)
    expect((await stream.response()).content).toBe('Hi')
  })

  test('events that lack what they should have change nothing', async () => {
    const types = [
      'message-start',
      'content-start',
      'content-delta',
      'content-end',
      'tool-plan-delta',
      'citation-start',
      'citation-end',
    ]
    const response = await streamOf([
      ...types.map((type) => ({ type })),
      ...types.map((type) => ({ type, delta: {} })),
      end,
    ]).response()
    expect(response).toMatchObject({ content: '', toolCalls: [], citations: [], message: { content: [] } })
  })

  test('thinking and tool calls count their indexes apart', async () => {
    const response = await streamOf([
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'thinking', thinking: '' } } } },
      { type: 'content-delta', index: 0, delta: { message: { content: { thinking: 'Look it up.' } } } },
      { type: 'content-end', index: 0 },
      ...['Paris', 'Rome'].flatMap((city, index) => [
        {
          type: 'tool-call-start',
          index,
          delta: {
            message: {
              tool_calls: { id: `call_${city}`, type: 'function', function: { name: 'weather', arguments: '' } },
            },
          },
        },
        { type: 'tool-call-delta', index, delta: { message: { tool_calls: { function: { arguments: '{"city":' } } } } },
        {
          type: 'tool-call-delta',
          index,
          delta: { message: { tool_calls: { function: { arguments: `"${city}"}` } } } },
        },
        { type: 'tool-call-end', index },
      ]),
      { type: 'message-end', delta: { finish_reason: 'TOOL_CALL', usage: {} } },
    ]).response()
    expect(response.thinking).toBe('Look it up.')
    expect(response.toolCalls).toEqual([
      { id: 'call_Paris', name: 'weather', args: { city: 'Paris' }, raw: '{"city":"Paris"}' },
      { id: 'call_Rome', name: 'weather', args: { city: 'Rome' }, raw: '{"city":"Rome"}' },
    ])
    expect(response.finishReason).toEqual({ unified: 'tool_calls', raw: 'TOOL_CALL' })
  })

  test.each([
    ['no arguments at all', [], {}, undefined],
    ['null', ['null'], {}, undefined],
    ['an empty object', ['{', '}'], {}, undefined],
    [
      'text that is not JSON',
      ['{"city": Par'],
      undefined,
      { code: 'invalid_json', message: expect.stringContaining('now') },
    ],
  ])('a tool called with %s is handed over beside the chunk that completed it', async (_, pieces, args, error) => {
    const stream = streamOf([
      {
        type: 'tool-call-start',
        index: 0,
        delta: { message: { tool_calls: { id: 'a', type: 'function', function: { name: 'now', arguments: '' } } } },
      },
      ...pieces.map((text) => ({
        type: 'tool-call-delta',
        index: 0,
        delta: { message: { tool_calls: { function: { arguments: text } } } },
      })),
      { type: 'tool-call-end', index: 0 },
      end,
    ])
    const tools: unknown[] = []
    for await (const [chunk, tool] of stream) if (tool) tools.push([chunk.event.type, tool])
    const call = { id: 'a', name: 'now', args, raw: pieces.join(''), ...(error && { error }) }
    expect(tools).toMatchObject([['tool-call-end', call]])
    expect(tools).toEqual([['tool-call-end', expect.any(CohereTool)]])
    expect((await stream.response()).toolCalls).toEqual([call])
  })

  test('arguments cannot reach a prototype', async () => {
    const raw = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}'
    const response = await streamOf([
      {
        type: 'tool-call-start',
        index: 0,
        delta: { message: { tool_calls: { id: 'a', type: 'function', function: { name: 'f', arguments: raw } } } },
      },
      { type: 'tool-call-end', index: 0 },
      end,
    ]).response()
    expect(JSON.stringify(response.toolCalls[0]?.args)).toBe(raw)
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false)
  })

  test('log-probabilities come with their tokens', async () => {
    const logprobs = { text: 'Hi', token_ids: [5, 6], logprobs: [-0.1, -0.2] }
    const response = await streamOf([
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hi' } } }, logprobs },
      end,
    ]).response()
    expect(response.logprobs).toEqual([{ text: 'Hi', tokenIds: [5, 6], logprobs: [-0.1, -0.2] }])
  })

  test.each([
    ['COMPLETE', 'stop'],
    ['STOP_SEQUENCE', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['TOOL_CALL', 'tool_calls'],
    ['SOMETHING_NEW', 'other'],
  ])('finish reason %s is %s', async (raw, unified) => {
    const response = await streamOf([{ type: 'message-end', delta: { finish_reason: raw, usage: {} } }]).response()
    expect(response.finishReason).toEqual({ unified, raw })
  })

  test('a timeout on the server is an error of code timeout', async () => {
    const stream = streamOf([{ type: 'message-end', delta: { finish_reason: 'TIMEOUT', usage: {} } }])
    await expect(stream.response()).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
      partial: { finishReason: { raw: 'TIMEOUT' } },
    })
  })

  // As recorded: cached tokens are part of the input tokens, image tokens are beside them, reasoning is part of the output.
  test('usage is read into disjoint buckets', async () => {
    const usage = {
      billed_units: { input_tokens: 265, output_tokens: 141, search_units: 1, classifications: 2 },
      tokens: { input_tokens: 502, output_tokens: 141, image_tokens: 259, reasoning_tokens: 100 },
      cached_tokens: 480,
    }
    const response = await streamOf([{ type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } }]).response()
    expect(response.usage).toEqual({
      inputTokens: 22,
      cacheReadTokens: 480,
      imageTokens: 259,
      outputTokens: 41,
      reasoningTokens: 100,
      billed: { inputTokens: 265, outputTokens: 141, searchUnits: 1, classifications: 2 },
    })
  })

  test('what is not reported is absent, and costs nothing that could be known', async () => {
    const response = await streamOf([end]).response()
    expect(response.usage).toEqual({})
    expect(response.cost).toBeUndefined()
  })
})
