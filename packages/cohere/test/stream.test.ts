import { CohereCallResponse, CohereCallResponseChunk, CohereStream } from '@interlingua/cohere'
import { defineCall, type Delta, isInterlinguaError } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { streamText } from './wire-bytes.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const text = 'Read Dune.'
  const events = [
    { type: 'message-start', id: 'an-id', delta: { message: { role: 'assistant', content: [] } } },
    { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
    { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Read ' } } } },
    { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Dune.' } } } },
    { type: 'content-end', index: 0 },
    {
      type: 'message-end',
      delta: {
        finish_reason: 'COMPLETE',
        usage: { billed_units: { input_tokens: 4, output_tokens: 3 }, tokens: { input_tokens: 70, output_tokens: 3 } },
      },
    },
  ]

  function start() {
    const simulator = createSimulator({
      scripts: [{ body: streamText(events), headers: { 'content-type': 'text/event-stream' } }],
    })
    const model = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-r-08-2024')
    return { simulator, stream: model.stream('Recommend a book') }
  }

  test('stream() returns at once and sends the request on the first pull', async () => {
    const { simulator, stream } = start()
    const iterator = stream[Symbol.asyncIterator]()
    await new Promise((resolve) => setImmediate(resolve))
    expect(simulator.requests).toHaveLength(0)
    await iterator.next()
    expect(simulator.requests).toHaveLength(1)
  })

  test('the prompt function runs on the first pull, and may be async', async () => {
    const simulator = createSimulator()
    const prompt = vi.fn(async (genre: string) => `Recommend a ${genre} book`)
    const recommend = defineCall({
      model: createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025'),
      prompt,
    })
    const stream = recommend.stream('fantasy')
    expect(prompt).not.toHaveBeenCalled()
    await stream.response()
    expect(prompt).toHaveBeenCalledExactlyOnceWith('fantasy')
    expect(simulator.requests[0]?.body).toMatchObject({
      messages: [{ role: 'user', content: 'Recommend a fantasy book' }],
    })
  })

  describe('reading', () => {
    test('chunks hold each event whole, beside its neutral reading', async () => {
      const { stream } = start()
      expect(stream).toBeInstanceOf(CohereStream)
      const chunks: CohereCallResponseChunk[] = []
      for await (const [chunk, tool] of stream) {
        expect(tool).toBeUndefined()
        chunks.push(chunk)
      }
      expect(chunks.every((chunk) => chunk instanceof CohereCallResponseChunk)).toBe(true)
      expect(chunks.map(({ event }) => event)).toEqual(events)
      expect(chunks.map(({ content }) => content).join('')).toBe(text)
      expect(chunks.at(-1)?.finishReason).toEqual({ unified: 'stop', raw: 'COMPLETE' })
      expect(chunks.at(-1)?.usage?.billed).toEqual({ inputTokens: 4, outputTokens: 3 })
    })

    test('text() gives the pieces of text', async () => {
      expect(await Array.fromAsync(start().stream.text())).toEqual(['Read ', 'Dune.'])
    })

    test('deltas() gives every change', async () => {
      const types = (await Array.fromAsync(start().stream.deltas())).map(({ type }: Delta) => type)
      expect(types).toEqual(['start', 'text', 'text', 'text', 'usage', 'finish'])
    })

    test.each(['text', 'deltas'] as const)('breaking out of %s() closes the connection', async (view) => {
      const simulator = createSimulator({
        scripts: [{ deltas: Array<string>(1_000).fill(' word'), chunking: 'event' }],
      })
      const stream = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025').stream('Hi')
      for await (const _ of stream[view]()) break
      await expect(stream.response()).rejects.toMatchObject({ code: 'aborted' })
      expect(await simulator.requests[0]?.finished).toBe('cancelled')
    })
  })

  describe('response()', () => {
    test('alone it reads the stream', async () => {
      const response = await start().stream.response()
      expect(response).toBeInstanceOf(CohereCallResponse)
      expect(response).toMatchObject({
        provider: 'cohere',
        model: 'command-r-08-2024',
        id: 'an-id',
        content: text,
        message: { role: 'assistant', content: [{ type: 'text', text }] },
        finishReason: { unified: 'stop', raw: 'COMPLETE' },
        usage: { inputTokens: 70, outputTokens: 3, billed: { inputTokens: 4, outputTokens: 3 } },
        messages: [{ role: 'user', content: 'Recommend a book' }],
        warnings: [],
      })
      // Command R: 0.15 and 0.60 USD for a million tokens, of what is billed.
      expect(response.cost?.nanoUsd).toBe(4 * 150 + 3 * 600)
      expect(response.request?.body).toMatchObject({ stream: true })
      expect(response.timings.firstTokenMs).toBeGreaterThan(0)
      expect(response.timings.totalMs).toBeGreaterThanOrEqual(response.timings.firstTokenMs ?? Infinity)
    })

    test('after a loop, and asked twice, it is the same object', async () => {
      const { stream } = start()
      for await (const _ of stream.text());
      const response = await stream.response()
      expect(response.content).toBe(text)
      expect(await stream.response()).toBe(response)
      expect(stream.partial).toBe(response)
    })

    test('in the middle of a loop it does not wait for ever, and the loop still sees everything', async () => {
      const { stream } = start()
      const seen: unknown[] = []
      for await (const [chunk] of stream) {
        if (seen.length === 0) expect((await stream.response()).content).toBe(text)
        seen.push(chunk.event)
      }
      expect(seen).toEqual(events)
    })

    test('begun before a loop: the loop is refused, and the response comes', async () => {
      const { stream } = start()
      const response = stream.response()
      expect(() => stream[Symbol.asyncIterator]()).toThrow(/read already/)
      expect((await response).content).toBe(text)
    })
  })

  describe('a stream that has been read', () => {
    test('says so when it is read again, in any view, and keeps its response', async () => {
      const { stream } = start()
      for await (const _ of stream);
      for (const view of [stream, stream.text(), stream.deltas()]) {
        const error = await Array.fromAsync<unknown>(view).catch((reason: unknown) => reason)
        expect(error).toMatchObject({
          code: 'stream_consumed',
          message: expect.stringContaining('await stream.response()'),
        })
      }
      expect((await stream.response()).content).toBe(text)
    })

    test('after a break, response() rejects with what had arrived', async () => {
      const { stream } = start()
      for await (const [chunk] of stream) if (chunk.content) break
      const error = await stream.response().catch((reason: unknown) => reason)
      expect(isInterlinguaError(error) && error.code).toBe('aborted')
      expect(error).toHaveProperty('partial.content', 'Read ')
      expect(stream.partial.content).toBe('Read ')
      expect(stream.partial.finishReason).toEqual({ unified: 'unknown', raw: undefined })
      expect(() => stream[Symbol.asyncIterator]()).toThrow(/read already/)
    })

    test('a break after the last event is not an abort', async () => {
      const { stream } = start()
      for await (const [chunk] of stream) if (chunk.finishReason) break
      expect((await stream.response()).content).toBe(text)
    })

    test('its error is thrown once in the loop, and by every response()', async () => {
      const simulator = createSimulator({ scripts: [{ truncateAfterBytes: 400 }] })
      const stream = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025').stream(
        'Recommend a book',
      )
      const iterator = stream[Symbol.asyncIterator]()
      const next = async (): Promise<unknown> => {
        for (;;) if ((await iterator.next()).done) return 'done'
      }
      const error = await next().catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'truncated' })
      expect(await next()).toBe('done')
      await expect(stream.response()).rejects.toBe(error)
      await expect(stream.response()).rejects.toBe(error)
    })
  })

  test('connections serve further requests after a stream has ended', async () => {
    const sockets = new Set<unknown>()
    const { createServer } = await import('node:http')
    const server = createServer((request, response) => {
      sockets.add(request.socket)
      request.resume()
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.end(streamText(events))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const model = createCohere({ apiKey: 'key', baseURL: `http://127.0.0.1:${port}` })('command-r-08-2024')
    for (let round = 0; round < 10; round++) expect((await model.stream('Hi').response()).content).toBe(text)
    server.close()
    server.closeAllConnections()
    // The rest of a body is read while the next request may already be under way, on a second connection.
    expect(sockets.size).toBeLessThanOrEqual(2)
  })
})
