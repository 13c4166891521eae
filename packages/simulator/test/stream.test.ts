import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { ask, jsonOf, post, streamOf, textOf, type WireEvent } from './client.ts'

const { fetch } = createSimulator()
const reasoning = { model: 'command-a-reasoning-08-2025' }

// Of the documented and recorded grammar, the part without tools and citations.
const grammar = /^message-start( content-start( content-delta)* content-end){0,2} message-end$/

function deltas(events: readonly WireEvent[], block: number): WireEvent[] {
  return events.filter(({ type, index }) => type === 'content-delta' && index === block)
}

async function stream(body: unknown): Promise<WireEvent[]> {
  return streamOf(await post(fetch, body))
}

test('a stream has the recorded framing, grammar and first event', async () => {
  const response = await post(fetch, ask('Recommend a fantasy book', { stream: true }))
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toContain('no-cache')
  expect(response.headers.get('x-debug-trace-id')).toMatch(/^[0-9a-f]{32}$/)
  expect(response.headers.get('server')).toBe('interlingua-simulator')
  expect(response.headers.has('num_tokens')).toBe(false)
  const body = await response.text()
  const id = /"id":"([0-9a-f-]{36})"/.exec(body)?.[1]
  const start = `{"id":"${id}","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}`
  expect(body.startsWith(`event: message-start\ndata: ${start}\n\nevent: content-start\n`)).toBe(true)
  expect(body).toContain(
    'event: content-start\ndata: {"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}\n\n',
  )
  expect(body).toContain('event: content-end\ndata: {"type":"content-end","index":0}\n\nevent: message-end\n')
  expect(body.endsWith('}}\n\ndata: [DONE]\n\n')).toBe(true)
})

test.each([
  'Recommend a fantasy book',
  'Who wrote Dune?',
  'What is the capital of France?',
  'Hi 👋🏽 <b>&amp;</b>\u2028"',
])('the events of an answer to %j follow the grammar', async (question) => {
  for (const more of [{}, reasoning, { ...reasoning, max_tokens: 3 }]) {
    const events = await stream(ask(question, { stream: true, ...more }))
    expect(events.map(({ type }) => type).join(' ')).toMatch(grammar)
  }
})

test('a reasoning model thinks in block 0 and speaks in block 1', async () => {
  const events = await stream(ask('Recommend a fantasy book', { stream: true, ...reasoning }))
  const starts = events.filter(({ type }) => type === 'content-start')
  expect(starts.map(({ index, delta }) => [index, delta?.message?.content])).toEqual([
    [0, { type: 'thinking', thinking: '' }],
    [1, { type: 'text', text: '' }],
  ])
  expect(events.filter(({ type }) => type === 'content-end').map(({ index }) => index)).toEqual([0, 1])
  const thoughts = events.filter(({ type, index }) => type === 'content-delta' && index === 0)
  expect(thoughts.length).toBeGreaterThan(5)
  expect(events.at(-1)?.delta?.usage?.tokens?.reasoning_tokens).toBe(thoughts.length)
})

test.each(['command-a-reasoning-08-2025', 'command-a-plus-05-2026'])(
  '%s does not think when told not to',
  async (model) => {
    const { message, usage } = await jsonOf(
      await post(fetch, ask('Recommend a book', { model, thinking: { type: 'disabled' } })),
    )
    expect(message.content?.map(({ type }) => type)).toEqual(['text'])
    expect(usage.tokens).not.toHaveProperty('reasoning_tokens')
  },
)

test('a thinking budget cuts the thinking and nothing else', async () => {
  const body = ask('Recommend a fantasy book', { stream: true, ...reasoning })
  const full = await stream(body)
  const short = await stream({ ...body, thinking: { type: 'enabled', token_budget: 4 } })
  expect(deltas(short, 0)).toEqual(deltas(full, 0).slice(0, 4))
  expect(deltas(short, 1)).toEqual(deltas(full, 1))
  expect(short.at(-1)?.delta?.finish_reason).toBe('COMPLETE')
})

test('max_tokens ends the answer after so many tokens, thinking included', async () => {
  for (const max_tokens of [1, 4, 12]) {
    const events = await stream(ask('Recommend a fantasy book', { stream: true, max_tokens }))
    expect(events.filter(({ type }) => type === 'content-delta')).toHaveLength(max_tokens)
    expect(events.at(-1)?.delta).toMatchObject({
      finish_reason: 'MAX_TOKENS',
      usage: { billed_units: { output_tokens: max_tokens } },
    })
  }
  const { message, finish_reason } = await jsonOf(await post(fetch, ask('A book?', { ...reasoning, max_tokens: 4 })))
  expect(message.content?.map(({ type }) => type)).toEqual(['thinking'])
  expect(finish_reason).toBe('MAX_TOKENS')
})

test('a limit that is exactly met does not cut', async () => {
  const { usage } = await jsonOf(await post(fetch, ask('Recommend a book')))
  const output = usage.billed_units?.output_tokens ?? 0
  const exact = await jsonOf(await post(fetch, ask('Recommend a book', { max_tokens: output })))
  const less = await jsonOf(await post(fetch, ask('Recommend a book', { max_tokens: output - 1 })))
  expect([exact.finish_reason, less.finish_reason]).toEqual(['COMPLETE', 'MAX_TOKENS'])
})

test('a stop sequence ends the answer and is not in it', async () => {
  const full = await textOf(await post(fetch, ask('Who wrote Dune?')))
  const body = ask('Who wrote Dune?', { stop_sequences: ['zebra', ' Herbert'] })
  const stopped = await jsonOf(await post(fetch, body))
  expect(full).toContain('Frank Herbert')
  expect(stopped.message.content?.[0]?.text).toBe(full?.slice(0, full.indexOf(' Herbert')))
  expect(stopped.finish_reason).toBe('STOP_SEQUENCE')
  const unused = await jsonOf(await post(fetch, ask('Who wrote Dune?', { stop_sequences: ['zebra'] })))
  expect(unused.finish_reason).toBe('COMPLETE')
})
