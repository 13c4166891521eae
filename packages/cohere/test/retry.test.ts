import { createCohere } from '@interlingua/cohere'
import {
  failedAttempts,
  InterlinguaError,
  isInterlinguaError,
  retry,
  type RetryEvent,
  type RetryOptions,
} from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { noWait } from '@interlingua/wrappers-test'

function simulated(scripts: readonly Script[], options: RetryOptions = {}) {
  const simulator = createSimulator({ scripts })
  const waits: number[] = []
  const events: RetryEvent[] = []
  const model = retry(createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025'), {
    wait: async (ms) => void waits.push(ms),
    onRetry: (event) => void events.push(event),
    backOff: { random: () => 1 },
    ...options,
  })
  const asks = { call: () => model.call('Recommend a book'), stream: () => model.stream('Recommend a book').response() }
  return { simulator, model, waits, events, asks }
}

describe.each(['call', 'stream'] as const)('%s', (kind) => {
  test('asks again after a failure that may pass, and counts and tells it', async () => {
    const { simulator, asks, events, waits } = simulated([
      { status: 500, times: 1 },
      { status: 503, times: 1 },
    ])
    const response = await asks[kind]()
    expect(response.content).not.toBe('')
    expect(simulator.requests).toHaveLength(3)
    expect(events.map(({ attempt, error }) => [attempt, error.status])).toEqual([
      [1, 500],
      [2, 503],
    ])
    // Twice as long each time, and longer where the provider has too much to do.
    expect(waits).toEqual([50, 2_000])
    expect(events.map(({ delayMs }) => delayMs)).toEqual(waits)
    expect(failedAttempts(response).map(({ error }) => error.status)).toEqual([500, 503])
    expect(response.warnings.map(({ code }) => code)).toEqual(['failed_attempt', 'failed_attempt'])
    expect(response.usage).toEqual((await asks[kind]()).usage)
  })

  test('gives up after three attempts, with the last error, which knows the others', async () => {
    const { simulator, asks } = simulated([{ status: 500 }])
    const error = await asks[kind]().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ status: 500, provider: 'cohere' })
    expect(isInterlinguaError(error) && failedAttempts(error)).toHaveLength(2)
    expect(simulator.requests).toHaveLength(3)
  })

  test('does not ask again where that cannot help, unless `when` says so', async () => {
    const refused = simulated([{ status: 400 }])
    await expect(refused.asks[kind]()).rejects.toMatchObject({ status: 400 })
    expect(refused.simulator.requests).toHaveLength(1)
    const stubborn = simulated([{ status: 400, times: 1 }], { when: ({ status }) => status === 400 })
    await stubborn.asks[kind]()
    expect(stubborn.simulator.requests).toHaveLength(2)
  })

  test('waits at least as long as the provider asks for', async () => {
    const { asks, waits } = simulated([{ status: 429, headers: { 'retry-after': '7' }, times: 1 }])
    await asks[kind]()
    expect(waits).toEqual([7_000])
  })

  test('does not wait longer than the caller has: the error comes at once', async () => {
    const { asks, simulator, waits } = simulated([{ status: 429, headers: { 'retry-after': '86400' } }])
    await expect(asks[kind]()).rejects.toMatchObject({ code: 'rate_limit', retryAfterMs: 86_400_000 })
    expect(simulator.requests).toHaveLength(1)
    expect(waits).toEqual([])
  })

  test('puts the errors into the next prompt', async () => {
    const { simulator, asks } = simulated([{ status: 500, times: 2 }], {
      reinsert: async (errors, messages) => [
        ...messages,
        { role: 'user', content: `Mind: ${errors.map(({ status }) => status).join(', ')}` },
      ],
    })
    const response = await asks[kind]()
    expect(response.messages.map(({ content }) => content)).toEqual(['Recommend a book', 'Mind: 500, 500'])
    expect(simulator.requests[1]?.body).toMatchObject({ messages: [{}, { content: 'Mind: 500' }] })
  })

  test('what a function of the caller throws is thrown as it is', async () => {
    const mine = new TypeError('mine')
    const fail = (): never => {
      throw mine
    }
    for (const options of [{ onRetry: fail }, { reinsert: fail }, { when: fail }, { wait: fail }]) {
      await expect(simulated([{ status: 500 }], options).asks[kind]()).rejects.toBe(mine)
    }
  })

  test('an abort ends a wait at once, with the platform’s timer', async () => {
    const stop = new AbortController()
    const simulator = createSimulator({ scripts: [{ status: 500 }] })
    const model = retry(createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025'), {
      backOff: { random: () => 1, baseMs: 20_000 },
      onRetry: () => void setTimeout(() => stop.abort(new Error('enough')), 1),
    })
    const options = { signal: stop.signal }
    const asked = kind === 'call' ? model.call('Hi', options) : model.stream('Hi', options).response()
    const error = await asked.catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'aborted', provider: 'cohere', cause: { message: 'enough' } })
    expect(simulator.requests).toHaveLength(1)
  })
})

describe('a stream', () => {
  test('is asked for again until something of the answer has arrived', async () => {
    const { simulator, model } = simulated([{ truncateAfterBytes: 200, times: 1 }])
    const text = (await Array.fromAsync(model.stream('Recommend a book').text())).join('')
    const response = await model.call('Recommend a book')
    expect(text).toBe(response.content)
    expect(simulator.requests).toHaveLength(3)
  })

  test('is not asked for again after that', async () => {
    const { simulator, model, events } = simulated([{ truncateAfterBytes: 900 }])
    await expect(model.stream('Recommend a book').response()).rejects.toMatchObject({
      code: 'truncated',
      partial: { content: expect.stringMatching(/./) },
    })
    expect(simulator.requests).toHaveLength(1)
    expect(events).toEqual([])
  })

  test('cut after any byte never shows a text twice', async () => {
    const whole = (await simulated([]).asks.call()).content
    for (let at = 0; at < 1_200; at += 7) {
      const { model } = simulated([{ truncateAfterBytes: at, times: 1 }])
      let text = ''
      const reading = async (): Promise<void> => {
        for await (const piece of model.stream('Recommend a book').text()) text += piece
      }
      await reading().catch((error: unknown) => expect(error).toBeInstanceOf(InterlinguaError))
      expect(whole.startsWith(text), `cut after ${at}`).toBe(true)
    }
  })
})

test('the most that is waited has a limit, and where in between is left to chance', async () => {
  const random = vi.fn(() => 0.5)
  const { asks, waits } = simulated([{ status: 500 }], { attempts: 12, backOff: { random } })
  await asks.call().catch(() => {})
  expect(waits).toEqual([25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000])
})

test('one around another: the outer one is the only one', async () => {
  const simulator = createSimulator({ scripts: [{ status: 500 }] })
  const cohere = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025')
  const model = retry(retry(cohere, { attempts: 2, wait: noWait }), { attempts: 2, wait: noWait })
  await expect(model.stream('Hi').response()).rejects.toMatchObject({ status: 500 })
  await expect(model.call('Hi')).rejects.toMatchObject({ status: 500 })
  expect(simulator.requests).toHaveLength(4)
})
