import { request } from 'node:http'
import { cohereErrors, openaiErrors } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { eventsOf } from './sse.ts'
import { start } from './start.ts'

const messages = [{ role: 'user', content: 'Who wrote Dune?' }]
const fronts: [path: string, body: object][] = [
  ['/v1/chat/completions', { messages }],
  ['/v1/responses', { input: 'Who wrote Dune?' }],
  ['/v2/chat', { messages }],
]

describe('a client that leaves', () => {
  test.each(fronts)('stops the provider at once, in the middle of a stream: %s', async (path, body) => {
    await using started = await start({}, { pace: { tokensPerSecond: 2 } })
    const leave = new AbortController()
    const response = await started.post(
      path,
      { ...body, model: 'cohere/command-a-03-2025', stream: true },
      { signal: leave.signal },
    )
    await response.body?.getReader().read()
    leave.abort()
    expect(await started.simulator.requests[0]?.finished).toBe('cancelled')
    await until(() => started.lines.some((line) => line.includes('"status":499')))
  })

  test.each([true, false])('stops the provider before anything has come; streamed: %s', async (stream) => {
    await using started = await start({}, { scripts: [{ stallBeforeHeaders: true }] })
    const leave = new AbortController()
    const body = { messages, model: 'openai/gpt-4o-mini', stream }
    const response = started.post('/v1/chat/completions', body, { signal: leave.signal })
    await until(() => started.simulator.requests.length > 0)
    leave.abort()
    await expect(response).rejects.toThrow('aborted')
    expect(await started.simulator.requests[0]?.finished).toBe('cancelled')
  })

  test('that does not read keeps the provider from sending', async () => {
    let pieces = 0
    const endless = function* (): Generator<string> {
      for (; pieces < 200_000; pieces += 1) yield 'words '.repeat(200)
    }
    const deltas = { [Symbol.iterator]: endless }
    await using started = await start({}, { scripts: [{ deltas }] })
    const { url, key } = started
    const outgoing = request(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    })
    outgoing.end(JSON.stringify({ messages, model: 'cohere/command-a-03-2025', stream: true }))
    const incoming = await new Promise<NodeJS.ReadableStream>((resolve) => {
      outgoing.once('response', resolve)
    })
    incoming.pause()
    // It stands still once the buffers of the sockets are full.
    let before = -1
    await until(async () => {
      const stands = before === pieces && pieces > 0
      before = pieces
      await new Promise((resolve) => setTimeout(resolve, 200))
      return stands
    })
    expect(pieces).toBeLessThan(100_000)
    outgoing.destroy()
    expect(await started.simulator.requests[0]?.finished).toBe('cancelled')
  })
})

describe('a failure', () => {
  test('of the gateway’s own key is no failure of the caller’s', async () => {
    await using started = await start({}, { scripts: [cohereErrors.expiredKey] })
    const response = await started.post('/v1/chat/completions', { messages, model: 'cohere/command-a-03-2025' })
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ error: { code: 'upstream_authentication' } })
  })

  test('says when to try again', async () => {
    const error = { status: 429, message: 'Too fast', code: 'rate_limit_exceeded', retryAfterMs: 2_500 }
    await using started = await start({}, { scripts: [{ error }] })
    const response = await started.post('/v2/chat', { messages, model: 'openai/gpt-4o-mini' })
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBe(3)
    expect(await response.json()).toMatchObject({ message: expect.stringContaining('Too fast') })
  })

  test.each([
    ['/v1/chat/completions', { messages }, 'cohere/command-a-03-2025', cohereErrors.insideStream],
    ['/v1/responses', { input: 'Who wrote Dune?' }, 'cohere/command-a-03-2025', cohereErrors.insideStream],
    ['/v2/chat', { messages }, 'cohere/command-a-03-2025', cohereErrors.insideStream],
    ['/v2/chat', { messages }, 'openai/gpt-4o-mini', openaiErrors.insideStream],
    ['/v1/chat/completions', { messages }, 'openai/gpt-4o-mini', openaiErrors.insideStream],
    ['/v1/responses', { input: 'Who wrote Dune?' }, 'openai/gpt-4o-mini', openaiErrors.insideStream],
  ])('in the middle is told in the words of the protocol, once: %s', async (path, body, model, script) => {
    await using started = await start({}, { scripts: [script] })
    const response = await started.post(path, { ...body, model, stream: true })
    const events = await eventsOf(response)
    const text = JSON.stringify(events)
    if (path === '/v2/chat') {
      const ends = events.filter(({ event }) => event === 'message-end')
      expect(ends).toHaveLength(1)
      expect(JSON.parse(ends[0]?.data ?? '')).toMatchObject({
        delta: { finish_reason: 'ERROR', error: expect.any(String) },
      })
    } else if (path === '/v1/responses') {
      expect(events.filter(({ event }) => event === 'error')).toHaveLength(1)
      expect(events.at(-1)?.event).toBe('response.failed')
    } else {
      expect(events.filter(({ data }) => data.startsWith('{"error"') || data.includes('"error":{'))).toHaveLength(1)
      expect(text).not.toContain('[DONE]')
    }
  })

  test('a stream that was cut is a failure', async () => {
    await using started = await start({}, { scripts: [{ truncateAfterBytes: 700 }] })
    const response = await started.post('/v1/chat/completions', {
      messages,
      model: 'cohere/command-a-03-2025',
      stream: true,
    })
    const events = await eventsOf(response)
    expect(JSON.parse(events.at(-1)?.data ?? '')).toMatchObject({ error: { code: 'truncated' } })
  })
})

describe('a fallback', () => {
  const models = { safe: { use: 'cohere/command-a-03-2025', fallback: ['openai/gpt-4o-mini'] } }

  test.each(fronts)('answers where the first one fails, streamed and not: %s', async (path, body) => {
    await using started = await start(
      { models },
      { scripts: [{ when: { path: '/v2/chat' }, status: 503, body: 'no' }] },
    )
    const whole = await started.post(path, { ...body, model: 'safe' })
    expect(whole.status).toBe(200)
    expect(whole.headers.get('x-interlingua-provider')).toBe('openai')
    expect(JSON.stringify(await whole.json())).toContain('Herbert')
    const events = await eventsOf(await started.post(path, { ...body, model: 'safe', stream: true }))
    expect(JSON.stringify(events)).toContain('Herbert')
    // One beginning, and one end.
    const beginnings = events.filter(
      ({ event, data }) =>
        event === 'message-start' || event === 'response.created' || data.includes('"role":"assistant","content":""'),
    )
    expect(beginnings).toHaveLength(1)
  })

  test('what only announced an answer is no part of it', async () => {
    // The first event has come, and nothing of the answer.
    const cut = { when: { path: '/v2/chat' }, truncateAfterBytes: 260 }
    await using started = await start({ models }, { scripts: [cut] })
    const events = await eventsOf(await started.post('/v2/chat', { messages, model: 'safe', stream: true }))
    expect(events.filter(({ event }) => event === 'message-start')).toHaveLength(1)
    expect(JSON.stringify(events)).toContain('Herbert')
    expect(started.simulator.requests).toHaveLength(2)
  })

  test('nobody takes over what the client has begun to read', async () => {
    await using started = await start(
      { models },
      { scripts: [{ when: { path: '/v2/chat' }, ...cohereErrors.insideStream }] },
    )
    const events = await eventsOf(await started.post('/v2/chat', { messages, model: 'safe', stream: true }))
    expect(JSON.parse(events.find(({ event }) => event === 'message-end')?.data ?? '')).toMatchObject({
      delta: { finish_reason: 'ERROR' },
    })
  })
})

test('retries are the gateway’s', async () => {
  const config = { models: { again: { use: 'cohere/command-a-03-2025', retry: { attempts: 2 } } } }
  await using started = await start(config, { scripts: [{ times: 1, status: 503, body: 'no' }] })
  const response = await started.post('/v2/chat', { messages, model: 'again' })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ interlingua: { warnings: [{ code: 'failed_attempt' }] } })
  expect(started.simulator.requests).toHaveLength(2)
})

test('a deadline ends what stalls', async () => {
  const config = { models: { quick: { use: 'openai/gpt-4o-mini', timeout: { firstByteMs: 50 } } } }
  await using started = await start(config, { scripts: [{ stallBeforeHeaders: true }] })
  const response = await started.post('/v1/chat/completions', { messages, model: 'quick', stream: true })
  expect(response.status).toBe(504)
  expect(await response.json()).toMatchObject({ error: { code: 'timeout' } })
})

/** Waits until something is so; the test's own limit ends it otherwise. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve))
}
