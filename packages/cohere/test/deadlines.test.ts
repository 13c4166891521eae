import type { ServerResponse } from 'node:http'
import { type InterlinguaError, isInterlinguaError, type Timeout } from '@interlingua/core'
import { describe, expect, test, vi } from 'vitest'
import { answer, end, serving, start, streamHead, text } from './serving.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const modelId = 'command-a-03-2025'

  /** What comes of a request to a server that never ends what it begins. Only a deadline can end it. */
  async function outcome(
    kind: 'call' | 'stream',
    timeout: Timeout,
    respond: (response: ServerResponse) => unknown,
  ): Promise<{ readonly error: InterlinguaError; readonly text: string }> {
    await using server = await serving(respond)
    const model = createCohere({ apiKey: 'key', baseURL: server.url, timeout, retry: false })(modelId)
    let seen = ''
    const reading = async (): Promise<void> => {
      if (kind === 'call') await model.call('Hi')
      else for await (const piece of model.stream('Hi').text()) seen += piece
    }
    const error = await reading().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!isInterlinguaError(error)) throw new TypeError('expected an error')
    // Whatever was open is closed at once.
    await vi.waitUntil(() => server.open() === 0)
    return { error, text: seen }
  }

  describe.each(['call', 'stream'] as const)('%s', (kind) => {
    test('firstByte: no headers ever come', async () => {
      const { error } = await outcome(kind, { firstByteMs: 40 }, () => {})
      expect(error).toMatchObject({ code: 'timeout', deadline: 'firstByte', retryable: true, provider: 'cohere' })
      expect(error.message).toContain('40 ms')
      expect(error.message).toContain('timeout.firstByteMs')
    })

    test('firstByte: headers, and then nothing but what keeps the connection open', async () => {
      const { error } = await outcome(kind, { firstByteMs: 60 }, (response) => {
        response.writeHead(200, { 'content-type': kind === 'stream' ? 'text/event-stream' : 'application/json' })
        const timer = setInterval(() => response.write(kind === 'stream' ? ': processing\n\n' : '\n'), 5)
        response.once('close', () => clearInterval(timer))
      })
      expect(error).toMatchObject({ code: 'timeout', deadline: 'firstByte' })
    })

    test('idle: the answer begins and stalls', async () => {
      const { error, text: seen } = await outcome(kind, { idleMs: 40 }, (response) => {
        if (kind === 'stream') streamHead(response).write(start + text('Read'))
        else response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
      })
      expect(error).toMatchObject({ code: 'timeout', deadline: 'idle' })
      expect(error.message).toContain('timeout.idleMs')
      if (kind === 'stream') expect([seen, error.partial?.content]).toEqual(['Read', 'Read'])
    })

    test('idle: comments and blank lines are no life', async () => {
      const { error } = await outcome(kind, { idleMs: 60 }, (response) => {
        if (kind === 'stream') streamHead(response).write(start)
        else response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
        const timer = setInterval(() => response.write(kind === 'stream' ? ': alive\n' : ' \n'), 5)
        response.once('close', () => clearInterval(timer))
      })
      expect(error).toMatchObject({ code: 'timeout', deadline: 'idle' })
    })

    test('total: however lively the answer is', async () => {
      const { error } = await outcome(kind, { totalMs: 80, idleMs: 10_000 }, (response) => {
        if (kind === 'stream') streamHead(response).write(start)
        else response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":"')
        const timer = setInterval(() => response.write(kind === 'stream' ? text('word ') : 'x'), 5)
        response.once('close', () => clearInterval(timer))
      })
      expect(error).toMatchObject({ code: 'timeout', deadline: 'total', retryable: false })
      expect(error.message).toContain('timeout.totalMs')
    })

    test('an error response whose body never ends is told by its status', async () => {
      const { error } = await outcome(kind, { idleMs: 40 }, (response) => {
        response.writeHead(503, { 'content-type': 'application/json' }).write('{"mess')
      })
      expect(error).toMatchObject({ code: 'overloaded', status: 503 })
    })
  })

  test('connect: a stream whose headers do not come', async () => {
    const { error } = await outcome('stream', { connectMs: 40 }, () => {})
    expect(error).toMatchObject({ code: 'timeout', deadline: 'connect' })
  })

  test('total ends a call between two attempts, and while its stream is not read', async () => {
    await using server = await serving((response) => response.writeHead(503, { 'retry-after': '30' }).end())
    const cohere = createCohere({ apiKey: 'key', baseURL: server.url, timeout: { totalMs: 60 } })
    for (const ask of [() => cohere(modelId).call('Hi'), () => cohere(modelId).stream('Hi').response()]) {
      await expect(ask()).rejects.toMatchObject({ code: 'timeout', deadline: 'total', attempts: 1, provider: 'cohere' })
    }
    await using endless = await serving((response) => streamHead(response).write(start + text('Read')))
    const stream = createCohere({ apiKey: 'key', baseURL: endless.url })(modelId).stream('Hi', {
      timeout: { totalMs: 60 },
    })
    const iterator = stream.text()[Symbol.asyncIterator]()
    expect(await iterator.next()).toEqual({ done: false, value: 'Read' })
    await vi.waitUntil(() => endless.open() === 0)
    await expect(iterator.next()).rejects.toMatchObject({ deadline: 'total', partial: { content: 'Read' } })
  })

  test('a reader that takes its time trips no deadline but the total', async () => {
    await using server = await serving((response) => streamHead(response).end(start + text('one') + text('two') + end))
    const model = createCohere({ apiKey: 'key', baseURL: server.url, timeout: { idleMs: 30, firstByteMs: 5_000 } })
    let seen = ''
    for await (const piece of model(modelId).stream('Hi').text()) {
      seen += piece
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect(seen).toBe('onetwo')
  })

  test('a stream whose last event has come is over, though the server keeps the socket', async () => {
    await using server = await serving((response) => streamHead(response).write(start + text('Read') + end))
    const model = createCohere({ apiKey: 'key', baseURL: server.url })(modelId)
    expect((await model.stream('Hi').response()).content).toBe('Read')
  })

  test('a call says otherwise than its provider, deadline by deadline', async () => {
    await using server = await serving((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
    )
    const timeout = { idleMs: 40, firstByteMs: 60_000 }
    const model = createCohere({ apiKey: 'key', baseURL: server.url, timeout, retry: false })(modelId)
    await expect(model.call('Hi', { timeout: { firstByteMs: 50_000 } })).rejects.toMatchObject({ deadline: 'idle' })
  })

  test('the other endpoints have them too', async () => {
    await using server = await serving(() => {})
    const cohere = createCohere({ apiKey: 'key', baseURL: server.url, timeout: { firstByteMs: 40 }, retry: false })
    // One after the other: what fails before it is awaited is nobody's.
    for (const ask of [
      () => cohere.embed('embed-v4.0').embed(['one'], { inputType: 'search_document' }),
      () => cohere.rerank('rerank-v4.0-pro').rerank('sand', ['Dune']),
      () => cohere.tokenize('one', { model: modelId }),
      () => cohere.models.list(),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'timeout', deadline: 'firstByte', provider: 'cohere' })
    }
    await expect(cohere.tokenize('one', { model: modelId, timeout: { totalMs: 20 } })).rejects.toMatchObject({
      deadline: 'total',
    })
  })

  test.each([0, -1, Number.NaN, '5'])('%o milliseconds is refused, and the field is named', async (value) => {
    const timeout = { idleMs: value } as Timeout
    const refused = { code: 'invalid_request', field: 'timeout.idleMs' }
    expect(() => createCohere({ apiKey: 'key', timeout })).toThrow(expect.objectContaining(refused))
    await using server = await serving((response) => response.end(answer))
    const cohere = createCohere({ apiKey: 'key', baseURL: server.url })
    await expect(cohere(modelId).call('Hi', { timeout })).rejects.toMatchObject({ ...refused, provider: 'cohere' })
    await expect(cohere(modelId).stream('Hi', { timeout }).response()).rejects.toMatchObject(refused)
    await expect(cohere.tokenize('one', { model: modelId, timeout })).rejects.toMatchObject(refused)
    expect(server.requests).toHaveLength(0)
  })

  test('Infinity, and more than a timer can hold, are never over', async () => {
    await using server = await serving((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    )
    for (const ms of [Infinity, 2 ** 40]) {
      const timeout = { connectMs: ms, firstByteMs: ms, idleMs: ms, totalMs: ms }
      const cohere = createCohere({ apiKey: 'key', baseURL: server.url, timeout })
      expect((await cohere(modelId).call('Hi')).content).toBe('Read Dune')
    }
  })
})
