import { createServer } from 'node:http'
import { inspect } from 'node:util'
import { type CohereOptions, type CohereStreamEvent, createCohere } from '@interlingua/cohere'
import { InterlinguaError } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { fetchOf, streamText } from './wire-bytes.ts'

const modelId = 'command-a-03-2025'
const secret = 'sk-very-secret-key'
const modelOver = (fetch: typeof globalThis.fetch, options: CohereOptions = {}) =>
  createCohere({ apiKey: secret, fetch, ...options })(modelId)
const word = (text: string): CohereStreamEvent => ({
  type: 'content-delta',
  index: 0,
  delta: { message: { content: { text } } },
})
const end: CohereStreamEvent = { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage: {} } }
const failed = (error: string): CohereStreamEvent => ({ type: 'message-end', delta: { finish_reason: 'ERROR', error } })
const caught = (promise: Promise<unknown>) => promise.then(() => 'no error').catch((error: unknown) => error)

describe('reading ahead', () => {
  test('chunks come in order, and of a stream that was cut the first who waits gets the error', async () => {
    const bytes = new TextEncoder().encode(streamText(['a', 'b', 'c', 'd'].map(word)).replace('data: [DONE]\n\n', ''))
    const reads = Array.from({ length: bytes.length / 9 + 1 }, (_, index) => bytes.subarray(index * 9, index * 9 + 9))
    const iterator = modelOver(fetchOf(reads)).stream('Hi')[Symbol.asyncIterator]()
    const results = await Promise.allSettled(Array.from({ length: 7 }, () => iterator.next()))
    const seen = results.map((result) => {
      if (result.status === 'rejected') return result.reason instanceof InterlinguaError && result.reason.code
      return result.value.done ? 'done' : result.value.value[0].content
    })
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'truncated', 'done', 'done'])
  })

  test('an iterator can be iterated itself, after a first step by hand', async () => {
    const stream = modelOver(fetchOf(streamText([word('a'), word('b'), end]))).stream('Hi')
    const iterator = stream[Symbol.asyncIterator]()
    await iterator.next()
    const rest: string[] = []
    for await (const [chunk] of iterator) rest.push(chunk.content)
    expect(rest).toEqual(['b', ''])
  })
})

describe('stopping', () => {
  test('before the prompt is there: at once, and nothing is sent', async () => {
    const simulator = createSimulator()
    const model = modelOver(simulator.fetch)
    const never = (): Promise<string> => new Promise(() => {})
    const stop = new AbortController()
    const answers = [
      model.call(never, { signal: stop.signal }),
      model.stream(never, { signal: stop.signal }).response(),
    ]
    stop.abort()
    for (const answer of answers) await expect(answer).rejects.toMatchObject({ code: 'aborted' })
    const prompt = vi.fn<() => string>(() => 'Hi')
    await expect(model.stream(prompt, { signal: AbortSignal.abort() }).response()).rejects.toMatchObject({
      code: 'aborted',
    })
    expect(prompt).not.toHaveBeenCalled()
    expect(simulator.requests).toHaveLength(0)
  })

  test.each(['text', 'deltas'] as const)('%s() lets go while it waits', async (view) => {
    const cancel = vi.fn<() => void>()
    const body = new ReadableStream<Uint8Array>({ cancel })
    const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const iterator = modelOver(fetch).stream('Hi')[view]()[Symbol.asyncIterator]()
    const waiting = iterator.next()
    await new Promise((resolve) => setImmediate(resolve))
    await iterator.return?.()
    expect(cancel).toHaveBeenCalledOnce()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  test('closes the body of an answer even where the fetch takes no notice of the signal', async () => {
    for (const status of [200, 500]) {
      const cancel = vi.fn<() => void>()
      const body = new ReadableStream<Uint8Array>({ cancel })
      const fetch = async () => new Response(body, { status, headers: { 'content-type': 'application/json' } })
      const stop = new AbortController()
      const answer = modelOver(fetch).call('Hi', { signal: stop.signal })
      await new Promise((resolve) => setImmediate(resolve))
      stop.abort()
      await expect(answer).rejects.toMatchObject({ code: 'aborted' })
      expect(cancel).toHaveBeenCalledOnce()
    }
  })
})

describe('what is no answer', () => {
  test.each([
    ['an empty object', {}],
    ['an error that looks like success', { message: 'upstream error' }],
    [
      'an answer without an end',
      { id: 'x', message: { role: 'assistant', content: [{ type: 'text', text: 'half' }] } },
    ],
  ])('%s is not a success', async (_, body) => {
    const error = await caught(modelOver(async () => Response.json(body)).call('Hi'))
    expect(error).toMatchObject({ code: 'truncated', body: expect.stringContaining('{') })
  })

  test('a custom fetch that throws at once, or gives something else', async () => {
    const faulty: (typeof globalThis.fetch)[] = [
      () => {
        throw new Error('boom')
      },
      async () => JSON.parse('{}') as Response,
    ]
    for (const fetch of faulty) {
      // Both are looked at from the beginning: which of them gives up first is left to chance.
      for (const outcome of [modelOver(fetch).call('Hi'), modelOver(fetch).stream('Hi').response()].map(caught)) {
        expect(await outcome).toMatchObject({ code: 'connection', provider: 'cohere' })
      }
    }
  })

  test('a request that is not JSON', async () => {
    const documents = [{ data: { count: 1n } }]
    const error = await caught(modelOver(createSimulator().fetch).call('Hi', { documents }))
    expect(error).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('BigInt') })
  })

  test('an event without end is not kept for ever', async () => {
    const piece = new TextEncoder().encode('x'.repeat(2 ** 20))
    const start = new TextEncoder().encode('data: ')
    const error = await caught(
      modelOver(fetchOf([start, ...Array<Uint8Array>(20).fill(piece)]))
        .stream('Hi')
        .response(),
    )
    expect(error).toMatchObject({ code: 'protocol', message: expect.stringContaining('characters') })
  })
})

describe('secrets', () => {
  test('a server that echoes the key does not get it into an error', async () => {
    const echo = { message: `invalid api token: ${secret}` }
    const answers = [
      modelOver(async () => Response.json(echo, { status: 401, headers: { 'x-echo': secret } })).call('Hi'),
      modelOver(fetchOf(streamText([word('a'), failed(secret)])))
        .stream('Hi')
        .response(),
      modelOver(async () => {
        throw new Error(`failed with Bearer ${secret}`)
      }).call('Hi'),
    ]
    for (const outcome of answers.map(caught)) {
      const error = await outcome
      expect(error).toBeInstanceOf(InterlinguaError)
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret)
      expect(JSON.stringify(error)).not.toContain(secret)
    }
  })

  test('an Authorization of the caller’s replaces the key, however it is spelled', async () => {
    const seen: (string | null)[] = []
    const server = createServer((request, response) => {
      seen.push(request.headers.authorization ?? null)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ id: 'x', finish_reason: 'COMPLETE', message: { role: 'assistant' } }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    await createCohere({ apiKey: secret, baseURL, headers: { Authorization: 'Bearer other' } })(modelId).call('Hi')
    server.close()
    server.closeAllConnections()
    expect(seen).toEqual(['Bearer other'])
  })
})

describe('tool calls', () => {
  const start = (index: number, name: string): CohereStreamEvent => ({
    type: 'tool-call-start',
    index,
    delta: { message: { tool_calls: { id: `${name}_1`, type: 'function', function: { name, arguments: '{}' } } } },
  })
  const closed: CohereStreamEvent = { type: 'tool-call-end', index: 0 }

  test('are handed out once, however often they begin and end, and that is told', async () => {
    const stream = modelOver(fetchOf(streamText([start(0, 'f'), start(0, 'f'), closed, closed, end]))).stream('Hi')
    const tools: string[] = []
    for await (const [, tool] of stream) if (tool) tools.push(tool.name)
    const { toolCalls, warnings } = await stream.response()
    expect(tools).toEqual(['f'])
    expect(toolCalls).toHaveLength(1)
    expect(warnings.map(({ code }) => code)).toContain('malformed')
  })

  test('that complete in one event come one by one, and the event adds its text once', async () => {
    const event = {
      event_type: 'tool-calls-generation',
      is_finished: false,
      text: 'I will look.',
      tool_calls: [
        { name: 'weather', parameters: { city: 'Rome' } },
        { name: 'news', parameters: {} },
      ],
    }
    const last = {
      event_type: 'stream-end',
      is_finished: true,
      finish_reason: 'COMPLETE',
      response: { text: '', generation_id: 'x' },
    }
    const lines = [event, last].map((each) => `${JSON.stringify(each)}\n`).join('')
    const fetch = fetchOf(lines, { headers: { 'content-type': 'application/stream+json' } })
    const stream = createCohere({ apiKey: secret, fetch, api: 'v1' })('command-r-08-2024').stream('Hi')
    const seen: unknown[] = []
    let plan = ''
    for await (const [chunk, tool] of stream) {
      seen.push([chunk.event.event_type, tool?.name])
      plan += chunk.plan
    }
    expect(seen).toEqual([
      ['tool-calls-generation', 'weather'],
      ['tool-calls-generation', 'news'],
      ['stream-end', undefined],
    ])
    expect(plan).toBe('I will look.')
  })
})

test('an error can be logged whatever its cause is', async () => {
  const circular: Record<string, unknown> = {}
  circular['self'] = circular
  const stream = modelOver(fetchOf(streamText([word('a'), end]))).stream('Hi')
  stream.cancel(circular)
  const error = await caught(stream.response())
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: 'aborted', cause: '[object Object]' })
})
