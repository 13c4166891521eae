import type { Delta } from '@interlingua/core'
import { createOpenAI, type OpenAIParams } from '@interlingua/openai'
import { describe, expect, test } from 'vitest'
import { answering, fetchOf, streamText } from './wire-bytes.ts'

const options = { apiKey: 'key', api: 'chat' } as const
const streamOf = (events: readonly unknown[], params: OpenAIParams = {}) =>
  createOpenAI({ ...options, fetch: fetchOf(streamText(events)) })('gpt-5-mini').stream('Hi', params)
const delta = (piece: unknown) => ({ id: 'x', choices: [{ index: 0, delta: piece, finish_reason: null }] })
const finish = { id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
const whole = (message: unknown, rest = {}) =>
  createOpenAI({
    ...options,
    fetch: answering({ id: 'x', choices: [{ index: 0, message, finish_reason: 'stop' }], ...rest }),
  })('gpt-5-mini').call('Hi')

describe('tool calls', () => {
  const pieces = (...calls: unknown[]) => calls.map((call) => delta({ tool_calls: [call] }))
  const callsOf = async (...calls: unknown[]) => {
    const { toolCalls } = await streamOf([...pieces(...calls), finish]).response()
    return toolCalls.map(({ id, name, raw }) => ({ id, name, raw }))
  }
  const two = [
    { id: 'a', name: 'f', raw: '{"x":1}' },
    { id: 'b', name: 'g', raw: '{"y":2}' },
  ]

  test('interleaved by index', async () => {
    expect(
      await callsOf(
        { index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } },
        { index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '{"y"' } },
        { index: 0, function: { arguments: '{"x":1}' } },
        { index: 1, id: '', function: { name: null, arguments: ':2}' } },
      ),
    ).toEqual(two)
  })

  test('whole, all with the same index, told apart by their ids', async () => {
    expect(
      await callsOf(
        { index: 0, id: 'a', function: { name: 'f', arguments: '{"x":1}' } },
        { index: 0, id: 'b', function: { name: 'g', arguments: '{"y":2}' } },
      ),
    ).toEqual(two)
  })

  test('without any index', async () => {
    expect(
      await callsOf(
        { id: 'a', function: { name: 'f', arguments: '{"x"' } },
        { function: { arguments: ':1}' } },
        { id: 'b', function: { name: 'g', arguments: { y: 2 } } },
      ),
    ).toEqual(two)
  })

  test('whose name comes after the first of the arguments', async () => {
    expect(
      await callsOf(
        { index: 0, id: 'a', function: { arguments: '{"x"' } },
        { index: 0, function: { name: 'f', arguments: ':1}' } },
      ),
    ).toEqual([two[0]])
  })

  test('of custom tools are a text', async () => {
    const { toolCalls } = await streamOf([
      ...pieces(
        { index: 0, id: 'a', type: 'custom', custom: { name: 'run', input: 'ls' } },
        { index: 0, custom: { input: ' -l' } },
      ),
      finish,
    ]).response()
    expect(toolCalls).toEqual([{ id: 'a', name: 'run', args: 'ls -l', raw: 'ls -l', format: 'text' }])
  })

  test('keep what else their server put into them', async () => {
    const { toolCalls } = await streamOf([
      ...pieces({ index: 0, id: 'a', function: { name: 'f', arguments: '{}' }, extra_content: { signature: 's' } }),
      finish,
    ]).response()
    expect(toolCalls[0]?.providerFields).toEqual({ openai: { extra_content: { signature: 's' } } })
  })

  test('of the older form', async () => {
    const { toolCalls } = await streamOf([
      delta({ function_call: { name: 'f', arguments: '{"x"' } }),
      delta({ function_call: { arguments: ':1}' } }),
      { id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'function_call' }] },
    ]).response()
    expect(toolCalls).toMatchObject([{ name: 'f', args: { x: 1 } }])
  })
})

test('the same thoughts under two names are read once', async () => {
  const { thinking } = await whole({
    content: 'Yes',
    reasoning: 'Hm.',
    reasoning_content: 'Hm.',
    reasoning_details: [{ text: 'Hm.' }],
  })
  expect(thinking).toBe('Hm.')
})

test('what is spoken is bytes and a transcript, and goes back by its id', async () => {
  const { audio, message } = await streamOf(
    [
      delta({ audio: { id: 'audio_1', data: btoa('ab'), transcript: 'He' } }),
      delta({ audio: { data: btoa('c'), transcript: 'llo', expires_at: 9 } }),
      finish,
    ],
    { audio: { voice: 'alloy', format: 'pcm16' } },
  ).response()
  expect(audio).toEqual({
    type: 'audio',
    data: new TextEncoder().encode('abc'),
    mediaType: 'audio/pcm',
    transcript: 'Hello',
    providerFields: { openai: { id: 'audio_1', expires_at: 9 } },
  })
  let sent: unknown
  const reply = answering({ id: 'y', choices: [{ index: 0, message: { content: 'Yes' }, finish_reason: 'stop' }] })
  const fetch: typeof globalThis.fetch = (input, init) => {
    sent = JSON.parse(typeof init?.body === 'string' ? init.body : '')
    return reply(input)
  }
  await createOpenAI({ ...options, fetch })('gpt-5-mini').call([message, { role: 'user', content: 'Again' }])
  expect(sent).toMatchObject({ messages: [{ role: 'assistant', audio: { id: 'audio_1' } }, {}] })
})

test('an annotation is a citation of what stands at its place', async () => {
  const cited = { start_index: 5, end_index: 10, url: 'https://example.com', title: 'Example' }
  const { citations } = await whole({
    content: 'Read Dune.',
    annotations: [{ type: 'url_citation', url_citation: cited }],
  })
  expect(citations).toEqual([
    {
      start: 5,
      end: 10,
      text: 'Dune.',
      target: 'text',
      sources: [{ type: 'url', url: 'https://example.com', title: 'Example' }],
    },
  ])
})

test('how it was served is told, and a price that is not the list’s is not guessed', async () => {
  const usage = { prompt_tokens: 1_000, completion_tokens: 1_000, total_tokens: 2_000 }
  const rest = { model: 'gpt-5-mini-2025-08-07', usage, system_fingerprint: 'fp' }
  const usual = await whole({ content: 'Yes' }, { ...rest, service_tier: 'default' })
  expect(usual).toMatchObject({ serviceTier: 'default', systemFingerprint: 'fp' })
  // 0.25 and 2 USD for a million tokens.
  expect(usual.cost?.nanoUsd).toBe(2_250_000)
  expect((await whole({ content: 'Yes' }, { ...rest, service_tier: 'flex' })).cost).toBeUndefined()
})

test('usage that comes with every event, and again, is counted once', async () => {
  const usage = (count: number) => ({ prompt_tokens: 3, completion_tokens: count, total_tokens: 3 + count })
  const events = [
    { ...delta({ content: 'A' }), usage: usage(1) },
    { ...delta({ content: 'B' }), usage: usage(2) },
    { ...finish, usage: usage(2), x_groq: { usage: usage(2) } },
    { ...finish, usage: usage(2) },
  ]
  expect((await streamOf(events).response()).usage).toEqual({ inputTokens: 3, outputTokens: 2 })
})

test('events that are new, or that lack what they should have, change nothing and are kept', async () => {
  const odd = [{ id: 'x' }, { choices: null }, { choices: [{}] }, { new: true, choices: [{ index: 0, delta: null }] }]
  const stream = streamOf([...odd, delta({ content: 'Yes', new: 1 }), finish])
  const seen: unknown[] = []
  const deltas: Delta[] = []
  for await (const [chunk] of stream) {
    seen.push(chunk.event)
    deltas.push(...chunk.deltas)
  }
  expect(seen.slice(0, odd.length)).toEqual(odd)
  expect(deltas.filter(({ type }) => type === 'warning')).toEqual([])
  expect((await stream.response()).content).toBe('Yes')
})
