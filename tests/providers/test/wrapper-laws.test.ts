import { type BaseCallResponse, isInterlinguaError, type Model } from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { wrappers } from '@interlingua/wrappers-test'
import { providers } from './provider.ts'
import { spoken } from './spoken.ts'

/** More text than the buffers of any socket hold. */
const endless = {
  *[Symbol.iterator]() {
    for (;;) yield ' word'.repeat(3_000)
  },
}

function essence({ message, content, toolCalls, finishReason, usage, cost, warnings, messages }: BaseCallResponse) {
  return { message: spoken(message), content, toolCalls, finishReason, usage, cost, warnings, messages }
}

// Wrappers in pairs are about wrappers; of each API it is asked whether it stands being wrapped.
const cases = providers.flatMap((each) => {
  if (!['Cohere v2', 'OpenAI chat', 'OpenAI Responses'].includes(each.name)) return []
  const chosen = each.name === 'Cohere v2' ? wrappers : wrappers.filter(({ wrapper }) => !wrapper.includes(' around '))
  return chosen.map(({ wrapper, wrap }) => Object.assign({}, each, { wrapper, wrap }))
})

describe.each(cases)('$name: the laws over $wrapper', ({ wrap, connect, provider, model: id, lacks }) => {
  function simulated(...scripts: Script[]): { simulator: ReturnType<typeof createSimulator>; model: Model } {
    const simulator = createSimulator({ scripts })
    return { simulator, model: wrap(connect({ url: 'http://simulator.test', fetch: simulator.fetch })(id)) }
  }

  test('it is a model', () => {
    expect(simulated().model).toMatchObject({ provider, id })
  })

  test('fold = call, in every view', async () => {
    const { model } = simulated()
    const called = await model.call('Recommend a fantasy book', { maxTokens: 20 })
    const stream = model.stream('Recommend a fantasy book', { maxTokens: 20 })
    expect(stream).toMatchObject({ provider, model: id, params: { maxTokens: 20 } })
    const text = (await Array.fromAsync(stream.text())).join('')
    const streamed = await stream.response()
    expect(called.content).not.toBe('')
    expect(text).toBe(called.content)
    expect(essence(streamed)).toEqual(essence(called))
    expect(stream.partial).toBe(streamed)
    expect(await stream.response()).toBe(streamed)
  })

  test('the prompt function runs once, and not before it has to', async () => {
    const { simulator, model } = simulated()
    const prompt = vi.fn(async () => 'Hi')
    const stream = model.stream(prompt)
    expect(prompt).not.toHaveBeenCalled()
    expect(simulator.requests).toHaveLength(0)
    await stream.response()
    expect(prompt).toHaveBeenCalledOnce()
    expect(simulator.requests).toHaveLength(1)
  })

  test('one ending: a stream that breaks throws one error with what had arrived', async () => {
    const { model } = simulated({ text: 'word '.repeat(300), truncateAfterBytes: 4_000 })
    const stream = model.stream('Recommend a fantasy book')
    const iterator = stream[Symbol.asyncIterator]()
    const next = async (): Promise<unknown> => {
      for (;;) if ((await iterator.next()).done) return 'done'
    }
    const error = await next().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'truncated', provider, model: id })
    expect(isInterlinguaError(error) && error.partial?.content).toBeTruthy()
    expect(await next()).toBe('done')
    await expect(stream.response()).rejects.toBe(error)
    await expect(stream.response()).rejects.toBe(error)
  })

  test.runIf(lacks['last finish'] === undefined)('a break after the last event is not an abort', async () => {
    const { simulator, model } = simulated()
    const stream = model.stream('Hi')
    for await (const [chunk] of stream) if (chunk.finishReason) break
    expect((await stream.response()).finishReason.unified).toBe('stop')
    expect(await simulator.requests[0]?.finished).toBe('completed')
  })

  test('a stream is read once', async () => {
    const { model } = simulated()
    const stream = model.stream('Hi')
    for await (const _ of stream);
    expect(() => stream[Symbol.asyncIterator]()).toThrow(/read already/)
  })

  test('break closes the connection at once, and the partial response stays', async () => {
    const { simulator, model } = simulated({ deltas: endless })
    const stream = model.stream('Hi')
    for await (const [chunk] of stream) if (chunk.content) break
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
    expect(stream.partial.content).toMatch(/^( word)+$/)
    await expect(stream.response()).rejects.toMatchObject({
      code: 'aborted',
      partial: { content: stream.partial.content },
    })
    expect(simulator.requests).toHaveLength(1)
  })

  test.each([{ stallBeforeHeaders: true }, { stallAfterBytes: 700 }])('abort while it waits: %j', async (script) => {
    const { simulator, model } = simulated(script)
    const stop = new AbortController()
    const stream = model.stream('Hi', { signal: stop.signal })
    const answer = stream.response()
    await vi.waitUntil(
      () => {
        const [request] = simulator.requests
        return request && (script.stallBeforeHeaders ?? request.bytesSent >= 700)
      },
      { interval: 1 },
    )
    const reason = new Error('enough')
    stop.abort(reason)
    await expect(answer).rejects.toMatchObject({ code: 'aborted' })
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
    expect(simulator.requests).toHaveLength(1)
  })

  test('abort of a call', async () => {
    const { simulator, model } = simulated({ stallBeforeHeaders: true })
    const stop = new AbortController()
    const answer = model.call('Hi', { signal: stop.signal })
    await vi.waitUntil(() => simulator.requests[0], { interval: 1 })
    stop.abort()
    await expect(answer).rejects.toMatchObject({ code: 'aborted' })
    expect(await simulator.requests[0]?.finished).toBe('cancelled')
    expect(simulator.requests).toHaveLength(1)
  })

  test('no listener stays on a signal that outlives the calls', async () => {
    const { signal } = new AbortController()
    const listeners = new Set<unknown>()
    vi.spyOn(signal, 'addEventListener').mockImplementation((_type, listener) => void listeners.add(listener))
    vi.spyOn(signal, 'removeEventListener').mockImplementation((_type, listener) => void listeners.delete(listener))
    const { model } = simulated({ status: 503, times: 1 })
    await model.call('Hi', { signal, retry: { backOff: { maxMs: 1 } } }).catch(() => {})
    await model.call('Hi', { signal })
    await model.stream('Hi', { signal }).response()
    for await (const _ of model.stream('Hi', { signal })) break
    model.stream('Hi', { signal })
    expect(listeners.size).toBe(0)
  })

  test('no reading ahead', async () => {
    const { simulator, model } = simulated({ deltas: endless, chunking: 'event' })
    const stream = model.stream('Hi')
    const iterator = stream[Symbol.asyncIterator]()
    for (let taken = 1; taken <= 20; taken++) {
      await iterator.next()
      // A body hands out one write while it makes the next, as streams do.
      expect(simulator.requests[0]?.eventsSent).toBeLessThanOrEqual(taken + 2)
    }
    await iterator.return?.()
  })

  test('a response is resumed through the same model', async () => {
    const { simulator, model } = simulated()
    const response = await model.stream('Recommend a fantasy book').response()
    const next = await (await response.resume('Another one')).resume('And another one')
    expect(next.messages).toHaveLength(5)
    expect(simulator.requests).toHaveLength(3)
  })
})
