import { getEventListeners } from 'node:events'
import type { Fault } from './fault.ts'

const category = 'resources'
const large = function* (): Generator<string> {
  for (let count = 0; count < 2_000; count++) yield ' word'.repeat(5_000)
}

/** Nothing is kept that is not needed. */
export const resourceFaults: readonly Fault[] = [
  {
    category,
    name: 'listeners on a signal that outlives the calls',
    scripts: (wire) => wire.stream(wire.good),
    play: async ({ model }) => {
      const { signal } = new AbortController()
      for (let count = 0; count < 10; count++) {
        await model.stream('Hi', { signal }).response()
        for await (const _ of model.stream('Hi', { signal })) break
      }
      const left = getEventListeners(signal, 'abort').length
      return left === 0 ? undefined : `${left} listeners are left`
    },
  },
  {
    category,
    name: 'a consumer that sleeps',
    // As text it is written event by event, and not all at once.
    scripts: (wire) => wire.stream(new TextDecoder().decode(wire.text(large()))),
    play: async ({ model, simulator }) => {
      const iterator = model.stream('Hi')[Symbol.asyncIterator]()
      await iterator.next()
      const sent = (): number => simulator.requests[0]?.bytesSent ?? 0
      // Until nothing more is taken.
      for (let before = -1; before !== sent();) {
        before = sent()
        await new Promise((resolve) => setTimeout(resolve, 60))
      }
      const taken = sent()
      await iterator.return?.()
      return taken < 32 * 2 ** 20 ? undefined : `${taken} bytes were taken`
    },
  },
  {
    category,
    name: 'an answer without end to a call',
    scripts: () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: `{"text":"${'x'.repeat(80 * 2 ** 20)}`,
    }),
    ask: 'call',
    codes: ['protocol'],
  },
  {
    category,
    name: 'an error without end',
    scripts: () => ({ status: 500, body: 'x'.repeat(20 * 2 ** 20) }),
    codes: ['server'],
    error: ({ body = '', message }) => (body.length + message.length < 200_000 ? undefined : 'all of it is kept'),
  },
  {
    category,
    name: 'fifty streams at once',
    scripts: (wire) => ({ ...wire.stream(wire.good), chunking: 7 }),
    play: async ({ model }) => {
      const answers = await Promise.all(Array.from({ length: 50 }, () => model.stream('Hi').response()))
      const different = new Set(answers.map(({ content }) => content)).size
      return different === 1 ? undefined : `${different} different answers`
    },
  },
  {
    category,
    name: 'a connection is used again',
    scripts: (wire) => wire.stream(wire.good),
    play: async ({ model, simulator }) => {
      for (let count = 0; count < 5; count++) await model.stream('Hi').response()
      const cancelled = simulator.requests.filter(({ ended }) => ended === 'cancelled').length
      return cancelled === 0 ? undefined : `${cancelled} connections were thrown away`
    },
  },
]
