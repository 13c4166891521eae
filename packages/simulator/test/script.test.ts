import { expect, test } from 'vitest'
import { createSimulator, type Script } from '../src/index.ts'
import { ask, eventsOf, fold, jsonOf, post, reasonOf, streamOf, textOf, tool, typesOf } from './client.ts'

const body = ask('Recommend a fantasy book', { stream: true })

async function chunksOf(script: Script): Promise<Uint8Array[]> {
  const response = await post(createSimulator({ scripts: [script] }).fetch, body)
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body ?? []) chunks.push(chunk)
  return chunks
}

function sizes(chunks: readonly Uint8Array[]): number[] {
  return chunks.map(({ length }) => length)
}

const text = 'Zażółć 👋🏽 [DONE] data: x\n\nevent: y'

test('chunking: one write per event, one for all, or so many bytes', async () => {
  const events = await chunksOf({ text, chunking: 'event' })
  for (const chunk of events) expect(new TextDecoder().decode(chunk)).toMatch(/^(?:event: .+\n)?data: .+\n\n$/)
  const whole = await chunksOf({ text, chunking: 'coalesce' })
  expect(whole).toHaveLength(1)
  expect(await chunksOf({ text })).toEqual(whole)
  const total = whole[0]?.length ?? 0
  expect(sizes(await chunksOf({ text, chunking: 1 }))).toEqual(Array.from({ length: total }, () => 1))
  const sevens = sizes(await chunksOf({ text, chunking: 7 }))
  expect(sevens.filter((size) => size > 7)).toEqual([])
  expect(sevens.reduce((sum, size) => sum + size)).toBe(total)
  for (const chunks of [events, await chunksOf({ text, chunking: 1 }), await chunksOf({ text, chunking: 7 })]) {
    expect(Buffer.concat(chunks).equals(whole[0] ?? new Uint8Array())).toBe(true)
  }
  expect(events.length).toBe(eventsOf(Buffer.concat(events).toString()).length + 1)
})

test('a scripted text arrives as it is', async () => {
  const { fetch } = createSimulator({ scripts: [{ text, thinking: 'Hm.' }] })
  expect(await textOf(await post(fetch, { ...body, stream: false }))).toBe(text)
  const reasoning = await jsonOf(await post(fetch, { ...body, stream: false, model: 'command-a-reasoning-08-2025' }))
  expect(reasoning.message.content).toEqual([
    { type: 'thinking', thinking: 'Hm.' },
    { type: 'text', text },
  ])
})

test('scripted deltas arrive one by one', async () => {
  const { fetch } = createSimulator({ scripts: [{ deltas: ['a', '', 'bc'] }] })
  const events = await streamOf(await post(fetch, body))
  const pieces = events.filter(({ type }) => type === 'content-delta').map(({ delta }) => delta?.message?.content?.text)
  expect(pieces).toEqual(['a', '', 'bc'])
  expect(await textOf(await post(fetch, { ...body, stream: false }))).toBe('abc')
})

test('match, times and order choose the script; the function is asked first', async () => {
  const { fetch } = createSimulator({
    script: ({ index }) => (index === 0 ? { text: 'function' } : undefined),
    scripts: [
      { match: ({ path }) => path === '/nowhere', text: 'never' },
      { times: 1, text: 'once' },
      { text: 'then' },
    ],
  })
  const answers: unknown[] = []
  for (let asked = 0; asked < 4; asked++) answers.push(await textOf(await post(fetch, ask('x'))))
  expect(answers).toEqual(['function', 'once', 'then', 'then'])
})

test.each(['coalesce', 'event', 1] as const)('a truncated body ends cleanly (chunking %s)', async (chunking) => {
  const whole = Buffer.concat(await chunksOf({}))
  for (const truncateAfterBytes of [0, 1, 300, whole.length, whole.length + 1]) {
    const cut = Buffer.concat(await chunksOf({ truncateAfterBytes, chunking }))
    expect(cut.equals(whole.subarray(0, truncateAfterBytes))).toBe(true)
  }
})

test('a destroyed body breaks off as a lost connection does', async () => {
  const { fetch, requests } = createSimulator({ scripts: [{ destroyAfterBytes: 500 }] })
  const reader = (await post(fetch, body)).body?.getReader()
  let bytes = 0
  const readAll = async (): Promise<void> => {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) bytes += read.value.length
  }
  await expect(readAll()).rejects.toThrow(new TypeError('terminated'))
  expect(bytes).toBe(500)
  expect(requests[0]?.ended).toBe('completed')
})

test('a stalled body sends nothing more until it is left', async () => {
  const { fetch, requests } = createSimulator({ scripts: [{ stallAfterBytes: 200, chunking: 100 }] })
  const reader = (await post(fetch, body)).body?.getReader()
  let bytes = 0
  while (bytes < 200) bytes += (await reader?.read())?.value?.length ?? Infinity
  expect(bytes).toBe(200)
  let more = false
  const rest = reader?.read().then(({ done }) => {
    more = !done
    return done
  })
  await new Promise(setImmediate)
  expect(requests[0]?.ended).toBe(undefined)
  await reader?.cancel()
  expect(await rest).toBe(true)
  expect(more).toBe(false)
  expect(await requests[0]?.finished).toBe('cancelled')
})

test('a stall before the headers lasts until the caller gives up', async () => {
  const { fetch, requests } = createSimulator({ scripts: [{ stallBeforeHeaders: true }] })
  const controller = new AbortController()
  const failure = reasonOf(post(fetch, body, { signal: controller.signal }))
  await new Promise(setImmediate)
  const reason = new Error('gave up')
  controller.abort(reason)
  expect(await failure).toBe(reason)
  expect(requests[0]?.status).toBe(undefined)
})

test('status, headers and body can be anything', async () => {
  const scripts: Script[] = [
    { times: 1, body: '<!doctype html>', headers: { 'content-type': 'text/html' } },
    { times: 1, status: 503, body: 'upstream connect error' },
    { times: 1, status: 429, headers: { 'retry-after': '3' } },
    { headers: { 'x-api-warning': 'deprecated' } },
  ]
  const { fetch, requests } = createSimulator({ scripts })
  const html = await post(fetch, body)
  expect([html.status, html.headers.get('content-type'), await html.text()]).toEqual([
    200,
    'text/html',
    '<!doctype html>',
  ])
  const plain = await post(fetch, body)
  expect([plain.status, plain.headers.get('content-type'), await plain.text()]).toEqual([
    503,
    'application/json',
    'upstream connect error',
  ])
  const busy = await post(fetch, body)
  expect([busy.status, busy.headers.get('retry-after'), await busy.text()]).toEqual([429, '3', ''])
  const warned = await post(fetch, body)
  expect([warned.status, warned.headers.get('x-api-warning')]).toEqual([200, 'deprecated'])
  await warned.text()
  expect(requests.map(({ status, ended }) => [status, ended])).toEqual([
    [200, 'completed'],
    [503, 'completed'],
    [429, 'completed'],
    [200, 'completed'],
  ])
})

test('a body as text or bytes is replayed as it is, and its events are counted', async () => {
  const recorded = 'event: message-start\ndata: {"type":"message-start"}\n\n: a comment\n\ndata: [DONE]'
  for (const chunking of ['event', 'coalesce', 3] as const) {
    const { fetch, requests } = createSimulator({ scripts: [{ body: recorded, chunking }] })
    const response = await post(fetch, body)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(await response.text()).toBe(recorded)
    expect(requests[0]?.eventsSent).toBe(3)
  }
  const bytes = Uint8Array.of(0xff, 0x00, 0xe2, 0x82)
  const { fetch } = createSimulator({ scripts: [{ body: bytes, chunking: 1 }] })
  expect(new Uint8Array(await (await post(fetch, body)).arrayBuffer())).toEqual(bytes)
})

test('an error inside a stream is the recorded one', async () => {
  const error = 'your request resulted in an invalid tool generation. Try updating the messages or tool definitions'
  const script = {
    text,
    cohere: { finishReason: 'ERROR', error, errorType: 'INVALID_TOOL_GENERATION', afterTokens: 2 },
  } as const
  const { fetch } = createSimulator({ scripts: [script] })
  const raw = await (await post(fetch, body)).text()
  expect(raw).toContain(
    `event: message-end\ndata: {"type":"message-end","delta":{"finish_reason":"ERROR","usage":{},"error":"${error}","error_type":"INVALID_TOOL_GENERATION"}}\n\ndata: [DONE]\n\n`,
  )
  expect(eventsOf(raw).filter(({ type }) => type === 'content-delta')).toHaveLength(2)
  const whole = await jsonOf(await post(fetch, { ...body, stream: false }))
  expect([whole.finish_reason, whole.usage]).toEqual(['ERROR', {}])
})

test('chunks of no bytes are refused', async () => {
  await expect(chunksOf({ chunking: 0 })).rejects.toThrow(RangeError)
})

const whole = { ...body, stream: false }

test('scripted tool calls arrive as they are, whatever they are', async () => {
  const calls = [
    { name: 'f', id: 'my-id', arguments: { a: 1 } },
    { name: 'g', arguments: '{"not json' },
    { name: 'h', arguments: 'null' },
    { name: 'i', arguments: '' },
    { name: 'j', deltas: ['{"b', '', '":2}'] },
    { name: 'k' },
  ]
  const { fetch } = createSimulator({ scripts: [{ toolCalls: calls }] })
  const answer = await jsonOf(await post(fetch, whole))
  expect(answer.message.tool_calls?.map((call) => [call.function.name, call.function.arguments])).toEqual([
    ['f', '{"a":1}'],
    ['g', '{"not json'],
    ['h', 'null'],
    ['i', ''],
    ['j', '{"b":2}'],
    ['k', '{}'],
  ])
  expect(answer.message.tool_calls?.[0]?.id).toBe('my-id')
  expect([answer.finish_reason, answer.message.content]).toEqual(['TOOL_CALL', undefined])
  expect(answer.message.tool_plan).not.toBe('')
  const events = await streamOf(await post(fetch, body))
  expect(fold(events).message).toEqual(answer.message)
  const pieces = (index: number): unknown[] =>
    events
      .filter((event) => event.type === 'tool-call-delta' && event.index === index)
      .map(({ delta }) => delta?.message?.tool_calls?.function.arguments)
  expect([pieces(3), pieces(4)]).toEqual([[], ['{"b', '', '":2}']])
})

test('a script that calls nothing has text, also where tools are asked for', async () => {
  const tools = [tool('f', { a: { type: 'integer' } })]
  const request = { ...whole, tools, tool_choice: 'REQUIRED' }
  for (const script of [{ toolCalls: [], text: 'no' }, { text: 'no' }, { deltas: ['n', 'o'] }]) {
    const { message, finish_reason } = await jsonOf(await post(createSimulator({ scripts: [script] }).fetch, request))
    expect([message.content?.[0]?.text, message.tool_calls, finish_reason]).toEqual(['no', undefined, 'COMPLETE'])
  }
})

test('plan, thinking, text and calls can come together', async () => {
  const script: Script = { text: 'Hi.', thinking: 'Hm.', toolCalls: [{ name: 'f' }], cohere: { plan: 'I will.' } }
  const { fetch } = createSimulator({ scripts: [script] })
  const { message } = await jsonOf(await post(fetch, { ...whole, model: 'command-a-reasoning-08-2025' }))
  expect(message).toMatchObject({
    content: [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Hi.' },
    ],
    tool_plan: 'I will.',
    tool_calls: [{ function: { name: 'f', arguments: '{}' } }],
  })
})

test('scripted citations, log probabilities and usage are sent as they are', async () => {
  const citations = [
    { start: 90, end: 99, text: 'elsewhere', sources: [{ type: 'document' as const, id: 'x' }], type: 'PLAN' },
  ]
  const logprobs = [{ text: 'a', token_ids: [1, 2], logprobs: [-1, -2] }]
  const usage = { tokens: { input_tokens: 1.5 } }
  const { fetch } = createSimulator({ scripts: [{ deltas: ['a', 'b'], cohere: { citations, logprobs, usage } }] })
  const answer = await jsonOf(await post(fetch, { ...whole, logprobs: true }))
  expect([answer.message.citations, answer.logprobs?.[0], answer.usage]).toEqual([citations, logprobs[0], usage])
  const { id: _, ...same } = answer
  expect(fold(await streamOf(await post(fetch, { ...body, logprobs: true })))).toEqual(same)
})

test('events and answers can be given fields and neighbours that nobody knows', async () => {
  const script: Script = {
    text: 'a b',
    cohere: {
      mapEvent: (event) => {
        if (event['type'] === 'content-end') return []
        if (event['type'] !== 'content-delta') return [event]
        return [
          { ...event, future: 1 },
          { type: 'debug', prompt: '<BOS_TOKEN>' },
        ]
      },
      mapAnswer: (answer) => ({ ...answer, future: { deep: true } }),
    },
  }
  const { fetch } = createSimulator({ scripts: [script] })
  const events = await streamOf(await post(fetch, body))
  expect(typesOf(events)).toBe('message-start content-start content-delta debug content-delta debug message-end ')
  expect(events[2]).toMatchObject({ delta: { message: { content: { text: 'a' } } }, future: 1 })
  expect(await jsonOf(await post(fetch, whole))).toMatchObject({ future: { deep: true } })
  const v1 = createSimulator({ scripts: [{ cohere: { mapEvent: (event) => [{ ...event, future: 1 }] } }] })
  const lines = (await (await post(v1.fetch, { message: 'hi', stream: true }, { path: '/v1/chat' })).text())
    .trim()
    .split('\n')
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ future: 1 })
})

test('an answer can end in the middle of arguments', async () => {
  const script: Script = {
    toolCalls: [{ name: 'f', deltas: ['{', '"a"', ':1}'] }],
    cohere: { plan: 'I will.', afterTokens: 5 },
  }
  const { message, finish_reason } = await jsonOf(await post(createSimulator({ scripts: [script] }).fetch, whole))
  expect([message.tool_calls?.[0]?.function.arguments, finish_reason]).toEqual(['{"a"', 'TOOL_CALL'])
})

test('a recorded stream of JSON lines is counted and paced by lines', async () => {
  const recorded = '{"event_type":"stream-start"}\n{"event_type":"stream-end"}\n'
  const headers = { 'content-type': 'application/stream+json' }
  const { fetch, requests } = createSimulator({ scripts: [{ body: recorded, headers }] })
  expect(await (await post(fetch, body, { path: '/v1/chat' })).text()).toBe(recorded)
  expect(requests[0]?.eventsSent).toBe(2)
})
