import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { createCohere } from '@interlingua/cohere'
import { type Delta, fallback, jsonSchema, readDeltas, structured } from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { afterEach, describe, expect, test, vi } from 'vitest'

const modelId = 'command-a-03-2025'
const key = 'a-very-secret-key'

function start(script: Script) {
  const simulator = createSimulator({ scripts: [script] })
  const model = createCohere({ apiKey: key, fetch: simulator.fetch, retry: false })(modelId)
  return { simulator, model, stream: model.stream('Hi') }
}

/** Each event of ours is one line of data, with or without a line of its name before it. */
function eventsOf(text: string): { event: string | undefined; data: unknown }[] {
  expect(text.endsWith('\n\n')).toBe(true)
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((lines) => {
      const [, event, data = ''] = /^(?:event: (\w+)\n)?data: (.*)$/.exec(lines) ?? []
      return { event, data: JSON.parse(data) as unknown }
    })
}

describe('sse', () => {
  test('an event for each delta, then `done`, with headers that let it stream', async () => {
    const deltas = await Array.fromAsync(start({ text: 'Read Dune.' }).stream.deltas())
    const response = await start({ text: 'Read Dune.' }).stream.toResponse()
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache',
      'x-accel-buffering': 'no',
    })
    const events = eventsOf(await response.text())
    expect(events.at(-1)).toEqual({ event: 'done', data: {} })
    const sent = events.slice(0, -1)
    expect(sent.every(({ event }) => event === undefined)).toBe(true)
    expect(sent.map(({ data }) => (data as Delta).type)).toEqual(deltas.map(({ type }) => type))
  })

  test('headers and status can be set', async () => {
    const headers = { 'Cache-Control': 'no-store', 'x-request': '1' }
    const response = await start({ text: 'Hi' }).stream.toResponse({ status: 201, headers })
    expect(response.status).toBe(201)
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'cache-control': 'no-store', 'x-request': '1' })
    await response.body?.cancel()
  })

  test('readDeltas gives the deltas back', async () => {
    const script: Script = { text: 'Read "Dune"\nby 🧂.' }
    const deltas = await Array.fromAsync(start(script).stream.deltas())
    const read = await Array.fromAsync(readDeltas(await start(script).stream.toResponse()))
    expect(read.map(withoutId)).toEqual(deltas.map(withoutId))
  })

  test('a failure in the middle is the last event, and says no more than a client may know', async () => {
    const { stream } = start({ text: `Read ${'Dune '.repeat(50)}`, truncateAfterBytes: 3_000 })
    const response = await stream.toResponse()
    const text = await response.clone().text()
    const last = eventsOf(text).at(-1)
    expect(last).toEqual({
      event: 'failure',
      data: {
        code: 'truncated',
        message: expect.stringContaining('cut short'),
        provider: 'cohere',
        model: modelId,
        ...(text.includes('requestId') && { requestId: expect.any(String) }),
        retryable: true,
      },
    })
    expect(text).not.toContain(key)
    const seen: Delta[] = []
    const reading = (async () => {
      for await (const delta of readDeltas(response)) seen.push(delta)
    })()
    await expect(reading).rejects.toMatchObject({ name: 'InterlinguaError', code: 'truncated', provider: 'cohere' })
    expect(seen.length).toBeGreaterThan(1)
  })

  test('output that does not pass its schema is a failure too', async () => {
    const schema = jsonSchema<{ title: string }>({ type: 'object', required: ['title'] })
    const stream = structured(start({ text: '{"name":"Dune"}' }).model, schema).stream('Hi')
    const events = eventsOf(await (await stream.toResponse()).text())
    expect(events.at(-1)).toMatchObject({ event: 'failure', data: { code: 'output_validation' } })
    expect(events.at(-1)?.data).not.toHaveProperty('raw')
  })

  test('an error of nobody knows what is not told', async () => {
    const { stream } = start({ text: 'Hi' })
    vi.spyOn(stream, 'response').mockRejectedValue(new Error('postgres://user:password@host'))
    const text = await (await stream.toResponse()).text()
    expect(eventsOf(text).at(-1)).toMatchObject({ event: 'failure', data: { code: 'server' } })
    expect(text).not.toContain('password')
  })

  test('a hand-off tells of the error what a client may know', async () => {
    const model = fallback([
      start({ text: 'Read Dune.', truncateAfterBytes: 600 }).model,
      start({ text: 'Fine.' }).model,
    ])
    const response = await model.stream('Hi').toResponse()
    const read = await Array.fromAsync(readDeltas(response))
    const handOff = read.find(({ type }) => type === 'hand-off')
    expect(handOff).toMatchObject({ error: { name: 'InterlinguaError', code: 'truncated' } })
  })

  test('a call that fails before its first event rejects, so that it can become an HTTP error', async () => {
    await expect(start({ status: 429 }).stream.toResponse()).rejects.toMatchObject({ code: 'rate_limit', status: 429 })
  })
})

describe('readDeltas', () => {
  test('tells a body that was cut from one that ended', async () => {
    const whole = await (await start({ text: 'Read Dune.' }).stream.toResponse()).text()
    for (const length of [0, 1, 20, whole.indexOf('event: done')]) {
      const reading = Array.fromAsync(readDeltas(new Response(whole.slice(0, length))))
      await expect(reading).rejects.toMatchObject({ code: 'truncated' })
    }
  })

  test('tells an HTTP error', async () => {
    const reading = Array.fromAsync(readDeltas(new Response('no', { status: 503 })))
    await expect(reading).rejects.toMatchObject({ code: 'overloaded', status: 503, retryable: true })
  })

  test('leaving the loop stops the model', async () => {
    const { simulator, stream } = start({ deltas: endless, chunking: 'event' })
    for await (const _ of readDeltas(await stream.toResponse())) break
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
  })
})

describe('text', () => {
  test('is the text and nothing else', async () => {
    const response = await start({ text: 'Read Dune.\n🧂' }).stream.toResponse({ format: 'text' })
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toBe('Read Dune.\n🧂')
  })

  test('a character whose halves come apart is put together', async () => {
    const response = await start({ deltas: ['a\ud83e', '\uddc2b'] }).stream.toResponse({ format: 'text' })
    expect(await response.text()).toBe('a🧂b')
  })

  test('a failure in the middle breaks the connection', async () => {
    const script = { text: `Read ${'Dune '.repeat(50)}`, truncateAfterBytes: 3_000 }
    const response = await start(script).stream.toResponse({ format: 'text' })
    await expect(response.text()).rejects.toMatchObject({ code: 'truncated' })
  })

  test('a call that fails before its first text rejects', async () => {
    const { stream } = start({ text: 'Read Dune.', truncateAfterBytes: 200 })
    await expect(stream.toResponse({ format: 'text' })).rejects.toMatchObject({ code: 'truncated' })
  })

  test('an answer without text is an empty body', async () => {
    const response = await start({ toolCalls: [{ name: 'f', arguments: {} }] }).stream.toResponse({ format: 'text' })
    expect(await response.text()).toBe('')
  })
})

const endless = {
  *[Symbol.iterator]() {
    for (;;) yield ' word'.repeat(3_000)
  },
}

describe.each(['sse', 'text'] as const)('behind a server of Node, as %s', (format) => {
  const servers: Server[] = []
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  async function serve(listener: RequestListener): Promise<string> {
    const server = createServer(listener)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  /** As frameworks do it: the web response is written to the socket, as fast as the client takes it. */
  async function serveStream(script: Script) {
    const simulator = createSimulator({ scripts: [script] })
    const upstream = await simulator.listen()
    const url = await serve(async (_, outgoing) => {
      const stream = createCohere({ apiKey: key, baseURL: upstream.url })(modelId).stream('Hi')
      const { status, headers, body } = await stream.toResponse({ format })
      outgoing.writeHead(status, Object.fromEntries(headers))
      if (body) await pipeline(Readable.fromWeb(body as WebStream), outgoing).catch(() => {})
    })
    return { simulator, url, [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose]() }
  }

  function connect(url: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => get(url, resolve).on('error', reject))
  }

  test('a client that leaves closes the connection to the provider', async () => {
    await using served = await serveStream({ deltas: endless })
    const incoming = await connect(served.url)
    await new Promise((resolve) => incoming.once('data', resolve))
    incoming.destroy()
    expect(await served.simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('a client that leaves while the provider is silent closes it too', async () => {
    await using served = await serveStream({ text: 'Read Dune today.', stallAfterBytes: 1_000 })
    const incoming = await connect(served.url)
    await new Promise((resolve) => incoming.once('data', resolve))
    await vi.waitUntil(() => (served.simulator.requests[0]?.bytesSent ?? 0) >= 1_000)
    incoming.destroy()
    expect(await served.simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('a client that does not read holds the provider back', async () => {
    await using served = await serveStream({ deltas: endless })
    const incoming = await connect(served.url)
    incoming.pause()
    const sent = (): number => served.simulator.requests[0]?.bytesSent ?? 0
    let before = -1
    await vi.waitUntil(() => before === (before = sent()), { interval: 200, timeout: 10_000 })
    // The buffers of two connections, and no more.
    expect(sent()).toBeLessThan(48 * 2 ** 20)
    const held = sent()
    for (let bytes = 0; bytes < 2 * held;) {
      bytes += (incoming.read() as Buffer | null)?.length ?? 0
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(sent()).toBeGreaterThan(held)
    incoming.destroy()
    expect(await served.simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('a failing call is an HTTP error', async () => {
    const { stream } = start({ status: 429 })
    const url = await serve(async (_, outgoing) => {
      const response = await stream.toResponse({ format }).catch(() => new Response(null, { status: 503 }))
      outgoing.writeHead(response.status).end()
    })
    expect((await fetch(url)).status).toBe(503)
  })
})

function withoutId(delta: Delta): Delta {
  if (delta.type !== 'start') return delta
  const { id: _, ...rest } = delta
  return rest
}
