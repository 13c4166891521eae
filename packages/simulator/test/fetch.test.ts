import { expect, test } from 'vitest'
import { createSimulator, type Clock } from '../src/index.ts'
import { ask, eventsOf, post, reasonOf, textOf } from './client.ts'

const body = ask('Recommend a fantasy book', { stream: true })
const never = { firstTokenMs: 3_600_000 }

/** A clock that never waits, and remembers how long it was asked to. */
function fakeClock(): Clock & { readonly sleeps: number[] } {
  let time = 0
  const sleeps: number[] = []
  return {
    sleeps,
    now: () => time,
    sleep: (ms) => {
      sleeps.push(ms)
      time += ms
      return Promise.resolve()
    },
  }
}

/** Counts how many pieces have been asked for; there is no last one. */
function endless(): { pieces: Iterable<string>; pulled: () => number; closed: () => boolean } {
  let pulled = 0
  let closed = false
  function* pieces(): Generator<string> {
    try {
      for (;;) {
        pulled += 1
        yield ' word'
      }
    } finally {
      closed = true
    }
  }
  return { pieces: pieces(), pulled: () => pulled, closed: () => closed }
}

test('it takes what fetch takes', async () => {
  const { fetch, requests } = createSimulator()
  const init = { method: 'POST', headers: { authorization: 'Bearer secret' }, body: JSON.stringify(ask('hello')) }
  const responses = [
    await fetch('https://api.cohere.com/v2/chat', init),
    await fetch(new URL('http://localhost:1/v2/chat'), init),
    await fetch(new Request('https://api.cohere.com/v2/chat', init)),
    await fetch(new Request('https://api.cohere.com/v2/chat', { method: 'POST' }), init),
  ]
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(responses[0]?.url).toBe('https://api.cohere.com/v2/chat')
  expect(requests.map(({ index }) => index)).toEqual([0, 1, 2, 3])
})

test('a record tells what was asked and how it ended, without the key', async () => {
  const { fetch, requests } = createSimulator()
  const response = await post(fetch, body, {
    headers: { Authorization: 'Bearer secret', 'x-api-key': 'secret', 'X-Client-Name': 'me' },
  })
  const [request] = requests
  expect(request).toMatchObject({
    method: 'POST',
    path: '/v2/chat',
    body,
    status: 200,
    ended: undefined,
    eventsSent: 0,
  })
  expect(request?.headers).toMatchObject({
    authorization: 'Bearer [redacted]',
    'x-api-key': '[redacted]',
    'x-client-name': 'me',
  })
  expect(JSON.stringify(request)).not.toContain('secret')
  const text = await response.text()
  expect(await request?.finished).toBe('completed')
  // The last event is [DONE].
  expect(request?.eventsSent).toBe(eventsOf(text).length + 1)
  expect(request?.bytesSent).toBe(new TextEncoder().encode(text).length)
  expect(request?.ended).toBe('completed')
})

test('the oldest records are dropped', async () => {
  const { fetch, requests } = createSimulator({ keepRequests: 2 })
  for (const question of ['a', 'b', 'c']) await (await post(fetch, ask(question))).text()
  expect(requests.map(({ index }) => index)).toEqual([1, 2])
})

test('nothing is made before it is read, and cancelling ends it at once', async () => {
  const { pieces, pulled, closed } = endless()
  const { fetch, requests } = createSimulator({ scripts: [{ deltas: pieces, chunking: 'event' }] })
  const response = await post(fetch, body)
  await new Promise(setImmediate)
  expect([pulled(), requests[0]?.bytesSent]).toEqual([0, 0])
  const reader = response.body?.getReader()
  for (let read = 0; read < 10; read++) await reader?.read()
  await new Promise(setImmediate)
  expect(pulled()).toBeLessThanOrEqual(10)
  await reader?.cancel()
  expect(await requests[0]?.finished).toBe('cancelled')
  expect(requests[0]?.eventsSent).toBe(10)
  expect(closed()).toBe(true)
})

test('an abort before the call, before the headers and in the body rejects with its reason', async () => {
  const { fetch, requests } = createSimulator({ pace: never })
  const reason = new Error('enough')
  await expect(post(fetch, body, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  expect(requests).toHaveLength(0)

  const early = new AbortController()
  const failure = reasonOf(post(fetch, ask('hello'), { signal: early.signal }))
  await new Promise(setImmediate)
  expect(requests).toHaveLength(1)
  early.abort(reason)
  expect(await failure).toBe(reason)
  expect(await requests[0]?.finished).toBe('cancelled')
  expect(requests[0]?.status).toBe(undefined)

  const late = new AbortController()
  const response = await post(fetch, body, { signal: late.signal })
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.read()
  const pending = reasonOf(Promise.resolve(reader?.read()))
  late.abort(reason)
  expect(await pending).toBe(reason)
  expect(await requests[1]?.finished).toBe('cancelled')
})

test('an abort after the end changes nothing', async () => {
  const { fetch, requests } = createSimulator()
  const controller = new AbortController()
  const response = await post(fetch, body, { signal: controller.signal })
  await response.text()
  controller.abort()
  expect(await requests[0]?.finished).toBe('completed')
})

test('an endless answer leaves room for timers', async () => {
  const { fetch, requests } = createSimulator({ scripts: [{ deltas: endless().pieces }] })
  const controller = new AbortController()
  setTimeout(() => controller.abort(new Error('time is up')), 1)
  const response = await post(fetch, { ...body, model: 'north-mini-code-1.0' }, { signal: controller.signal })
  const read = async (): Promise<void> => {
    for await (const _ of response.body ?? []);
  }
  // The model's limit would end it too, after some milliseconds; both endings show that the timer could fire.
  await read().catch(() => {})
  expect(requests[0]?.ended).toBeDefined()
})

test('the pace is kept: the first token, then so many a second', async () => {
  const clock = fakeClock()
  const { fetch } = createSimulator({ clock, pace: { firstTokenMs: 250, tokensPerSecond: 10 } })
  const events = eventsOf(await (await post(fetch, body)).text())
  const deltas = events.filter(({ type }) => type === 'content-delta').length
  expect(clock.sleeps).toEqual([250, ...Array.from({ length: deltas - 1 }, () => 100)])
})

test('a whole answer takes as long as a streamed one', async () => {
  const [streamed, whole] = [fakeClock(), fakeClock()]
  const pace = { firstTokenMs: 250, tokensPerSecond: 10 }
  await (await post(createSimulator({ clock: streamed, pace }).fetch, body)).text()
  await post(createSimulator({ clock: whole, pace }).fetch, { ...body, stream: false })
  expect(whole.now()).toBe(streamed.now())
  expect(whole.sleeps).toHaveLength(1)
})

test('without a pace no clock is read', async () => {
  const clock = {
    now: () => expect.unreachable(),
    sleep: () => expect.unreachable(),
  }
  const { fetch } = createSimulator({ clock })
  expect(await textOf(await post(fetch, ask('Who wrote Dune?')))).toContain('Frank Herbert')
})

test.each([{ tokensPerSecond: 0 }, { firstTokenMs: -1 }, { tokensPerSecond: NaN }])(
  'the pace %j is refused',
  async (pace) => {
    await expect(post(createSimulator({ pace }).fetch, body)).rejects.toThrow(RangeError)
  },
)
