import { isInterlinguaError } from '@interlingua/core'
import type { Fault, Problem, Stage } from './fault.ts'

const category = 'deadlines and abort'
const endless = function* (): Generator<string> {
  for (let count = 0; count < 200_000; count++) yield 'word '
}

/** Aborts when something is there, and looks at what comes of it, on both sides. */
async function aborted(
  { simulator }: Stage,
  stop: AbortController,
  answer: Promise<unknown>,
  ready: () => unknown,
  ending = 'cancelled',
): Promise<Problem> {
  answer.catch(() => {})
  while (!ready()) await new Promise((resolve) => setTimeout(resolve, 2))
  stop.abort(new Error('enough'))
  const error: unknown = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isInterlinguaError(error)) return 'the answer ended well, or with an error of another kind'
  if (error.code !== 'aborted') return `an error of code ${error.code}`
  const { ended, finished } = simulator.requests[0] ?? {}
  const last = ended ?? (await finished)
  return last === ending ? undefined : `the server saw the request ${last}`
}

const received = ({ simulator }: Stage) => simulator.requests.length > 0

/** The caller stops, or time does. */
export const stopFaults: readonly Fault[] = [
  {
    category,
    name: 'abort before the headers',
    scripts: () => ({ stallBeforeHeaders: true }),
    play: (stage) => {
      const stop = new AbortController()
      return aborted(stage, stop, stage.model.stream('Hi', { signal: stop.signal }).response(), () => received(stage))
    },
  },
  {
    category,
    name: 'abort of a call before the headers',
    scripts: () => ({ stallBeforeHeaders: true }),
    play: (stage) => {
      const stop = new AbortController()
      return aborted(stage, stop, stage.model.call('Hi', { signal: stop.signal }), () => received(stage))
    },
  },
  {
    category,
    name: 'abort between the headers and the first event',
    scripts: (wire) => ({ ...wire.stream(wire.good), stallAfterBytes: 0 }),
    play: (stage) => {
      const stop = new AbortController()
      const ready = () => stage.simulator.requests[0]?.status === 200
      return aborted(stage, stop, stage.model.stream('Hi', { signal: stop.signal }).response(), ready)
    },
  },
  {
    category,
    name: 'abort in the middle',
    scripts: (wire) => ({ ...wire.stream(wire.good), stallAfterBytes: wire.end }),
    play: (stage) => {
      const stop = new AbortController()
      const stream = stage.model.stream('Hi', { signal: stop.signal })
      return aborted(stage, stop, stream.response(), () => stream.partial.content.includes('goodbye'))
    },
  },
  {
    category,
    name: 'abort while it waits for another attempt',
    scripts: () => ({ status: 503, headers: { 'retry-after': '20' }, body: '' }),
    settings: { retry: { attempts: 3 } },
    play: (stage) => {
      const stop = new AbortController()
      const answer = stage.model.stream('Hi', { signal: stop.signal }).response()
      return aborted(stage, stop, answer, () => stage.simulator.requests[0]?.ended, 'completed')
    },
  },
  {
    category,
    name: 'a signal that has aborted',
    scripts: () => ({}),
    play: async ({ model, simulator }) => {
      const error: unknown = await model.call('Hi', { signal: AbortSignal.abort() }).catch((thrown: unknown) => thrown)
      if (!isInterlinguaError(error) || error.code !== 'aborted') return 'no error of code aborted'
      return simulator.requests.length === 0 ? undefined : 'a request was sent'
    },
  },
  {
    category,
    name: 'break',
    scripts: (wire) => wire.stream(wire.text(endless())),
    play: async ({ model, simulator }) => {
      const stream = model.stream('Hi')
      for await (const [chunk] of stream) if (chunk.content) break
      const ended = await simulator.requests[0]?.finished
      if (ended !== 'cancelled') return `the server saw the request ${ended}`
      return stream.partial.content.startsWith('word') ? undefined : 'the partial response is gone'
    },
  },
  {
    category,
    name: 'text() that is left',
    scripts: (wire) => wire.stream(wire.text(endless())),
    play: async ({ model, simulator }) => {
      for await (const _ of model.stream('Hi').text()) break
      const ended = await simulator.requests[0]?.finished
      return ended === 'cancelled' ? undefined : `the server saw the request ${ended}`
    },
  },
  {
    category,
    name: 'a call without headers',
    scripts: () => ({ stallBeforeHeaders: true }),
    settings: { timeout: { firstByteMs: 150 } },
    ask: 'call',
    codes: ['timeout'],
  },
  {
    category,
    name: 'a call whose body stops',
    scripts: () => ({
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"id":"x","mess',
      holdOpen: true,
    }),
    settings: { timeout: { firstByteMs: 150, idleMs: 150 } },
    ask: 'call',
    codes: ['timeout'],
  },
  {
    category,
    name: 'cancel()',
    scripts: (wire) => wire.stream(wire.text(endless())),
    play: async ({ model, simulator }) => {
      const stream = model.stream('Hi')
      const answer = stream.response().catch((error: unknown) => error)
      while (stream.partial.content === '') await new Promise((resolve) => setTimeout(resolve, 2))
      stream.cancel()
      const error: unknown = await answer
      if (!isInterlinguaError(error) || error.code !== 'aborted') return 'no error of code aborted'
      const ended = await simulator.requests[0]?.finished
      return ended === 'cancelled' ? undefined : `the server saw the request ${ended}`
    },
  },
  {
    category,
    name: 'a failure whose body stops',
    scripts: () => ({ status: 500, headers: { 'content-type': 'application/json' }, body: '{"mess', holdOpen: true }),
    settings: { timeout: { firstByteMs: 5_000, idleMs: 150 } },
    codes: ['server'],
  },
  {
    category,
    name: 'more time than there is, in a wait between attempts',
    scripts: () => ({ status: 503, headers: { 'retry-after': '30' }, body: '' }),
    settings: { retry: { attempts: 3 }, timeout: { totalMs: 500 } },
    codes: ['timeout'],
    requests: 'any',
  },
  {
    category,
    name: 'more time than there is in all',
    scripts: (wire) => ({ ...wire.stream(wire.text(endless())), chunking: 1 }),
    settings: { timeout: { totalMs: 200 } },
    codes: ['timeout'],
    // On a busy machine the time may be up before the request is there.
    requests: 'any',
  },
]
