import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const modelId = 'command-a-03-2025'
  const modelOver = (fetch: typeof globalThis.fetch) => createCohere({ apiKey: 'key', fetch })(modelId)

  /** More text than the buffers of any socket hold. */
  const endless = {
    *[Symbol.iterator]() {
      for (;;) yield ' word'.repeat(3_000)
    },
  }

  describe('law 7, stop means stop: the socket closes, and the partial response stays', () => {
    async function running() {
      const simulator = createSimulator({ scripts: [{ deltas: endless }] })
      const server = await simulator.listen()
      return { simulator, server, model: createCohere({ apiKey: 'key', baseURL: server.url })(modelId) }
    }

    test('break', async () => {
      const { simulator, server, model } = await running()
      await using _ = server
      const stream = model.stream('Hi')
      for await (const [chunk] of stream) if (chunk.content) break
      expect(await simulator.requests[0]?.finished).toBe('cancelled')
      expect(stream.partial.content).toMatch(/^( word)+$/)
      await expect(stream.response()).rejects.toMatchObject({
        code: 'aborted',
        partial: { content: stream.partial.content },
      })
    })

    test('abort while a read is waiting', async () => {
      const simulator = createSimulator({ scripts: [{ stallAfterBytes: 700 }] })
      await using server = await simulator.listen()
      const stop = new AbortController()
      const stream = createCohere({ apiKey: 'key', baseURL: server.url })(modelId).stream('Hi', { signal: stop.signal })
      const iterator = stream[Symbol.asyncIterator]()
      await iterator.next()
      const whole = stream.response()
      const reason = new Error('enough')
      await vi.waitUntil(() => (simulator.requests[0]?.bytesSent ?? 0) >= 700)
      stop.abort(reason)
      await expect(whole).rejects.toMatchObject({ code: 'aborted', cause: reason })
      expect(await simulator.requests[0]?.finished).toBe('cancelled')
    })

    test('abort before the headers, streamed and not', async () => {
      const simulator = createSimulator({ scripts: [{ stallBeforeHeaders: true }] })
      await using server = await simulator.listen()
      const model = createCohere({ apiKey: 'key', baseURL: server.url })(modelId)
      for (const [index, ask] of [
        (signal: AbortSignal) => model.stream('Hi', { signal }).response(),
        (signal: AbortSignal) => model.call('Hi', { signal }),
      ].entries()) {
        const stop = new AbortController()
        const answer = ask(stop.signal)
        await vi.waitUntil(() => simulator.requests[index])
        stop.abort()
        await expect(answer).rejects.toMatchObject({ code: 'aborted' })
        expect(await simulator.requests[index]?.finished).toBe('cancelled')
      }
    })

    test('a signal that has aborted already sends nothing', async () => {
      const simulator = createSimulator()
      const model = modelOver(simulator.fetch)
      const signal = AbortSignal.abort()
      await expect(model.stream('Hi', { signal }).response()).rejects.toMatchObject({ code: 'aborted' })
      await expect(model.call('Hi', { signal })).rejects.toMatchObject({ code: 'aborted' })
      expect(simulator.requests).toHaveLength(0)
    })

    test('a fetch that takes no notice of the signal is left behind', async () => {
      const deaf = (): Promise<Response> => new Promise(() => {})
      const stop = new AbortController()
      const answer = modelOver(deaf).stream('Hi', { signal: stop.signal }).response()
      stop.abort()
      await expect(answer).rejects.toMatchObject({ code: 'aborted' })
    })

    test('cancel() and `await using`', async () => {
      const { simulator, server, model } = await running()
      await using _ = server
      {
        await using stream = model.stream('Hi')
        await stream[Symbol.asyncIterator]().next()
      }
      expect(await simulator.requests[0]?.finished).toBe('cancelled')
    })

    test('no listener stays on a signal that outlives the calls', async () => {
      const { signal } = new AbortController()
      const listeners = new Set<unknown>()
      vi.spyOn(signal, 'addEventListener').mockImplementation((_type, listener) => void listeners.add(listener))
      vi.spyOn(signal, 'removeEventListener').mockImplementation((_type, listener) => void listeners.delete(listener))
      const model = modelOver(createSimulator().fetch)
      await model.call('Hi', { signal })
      await model.stream('Hi', { signal }).response()
      for await (const _ of model.stream('Hi', { signal })) break
      model.stream('Hi', { signal })
      expect(listeners.size).toBe(0)
    })
  })

  describe('law 8, no reading ahead: a slow consumer slows the producer', () => {
    test('nothing is taken from the body before it is asked for', async () => {
      const simulator = createSimulator({ scripts: [{ deltas: endless, chunking: 'event' }] })
      const iterator = modelOver(simulator.fetch).stream('Hi')[Symbol.asyncIterator]()
      for (let taken = 1; taken <= 50; taken++) {
        await iterator.next()
        // A body hands out one write while it makes the next, as streams do.
        expect(simulator.requests[0]?.eventsSent).toBeLessThanOrEqual(taken + 2)
      }
      await iterator.return?.()
    })

    test('over a socket, a server without end is held back by a consumer that sleeps', async () => {
      const simulator = createSimulator({ scripts: [{ deltas: endless }] })
      await using server = await simulator.listen()
      const stream = createCohere({ apiKey: 'key', baseURL: server.url })(modelId).stream('Hi')
      const iterator = stream[Symbol.asyncIterator]()
      await iterator.next()
      let before = -1
      const sent = (): number => simulator.requests[0]?.bytesSent ?? 0
      await vi.waitUntil(() => before === (before = sent()), { interval: 100, timeout: 10_000 })
      // Socket buffers of both sides, and no more.
      expect(sent()).toBeLessThan(32 * 2 ** 20)
      await iterator.return?.()
    })
  })
})
