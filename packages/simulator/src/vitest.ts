import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Listening } from './server.ts'
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts'

/** A simulator that listens while the tests of a file or a `describe` run. */
export interface TestSimulator extends Simulator {
  /** Such as `http://127.0.0.1:49152`; there is none before the tests run. */
  readonly url: string
}

/**
 * Starts a simulator before the tests and closes it after them. Each test begins without requests and with unused scripts.
 * With `strict: true` a test fails that has made a request without a script, even where its own code took the refusal for
 * something else.
 *
 * ```ts
 * const simulator = useSimulator({ strict: true, scripts: [{ when: { text: 'hello' }, text: 'Hi!' }] })
 * test('it greets', async () => { … new OpenAI({ apiKey: 'any', baseURL: `${simulator.url}/v1` }) … })
 * ```
 */
export function useSimulator(options: SimulatorOptions = {}): TestSimulator {
  const simulator = createSimulator(options)
  let server: Listening | undefined
  beforeAll(async () => {
    server = await simulator.listen()
  })
  afterEach(() => {
    const missed = [...simulator.unscripted]
    simulator.clear()
    expect(missed, 'requests that no script was for').toEqual([])
  })
  afterAll(() => server?.close())
  return Object.defineProperty({ ...simulator, url: '' }, 'url', {
    get: () => {
      if (!server) throw new Error('useSimulator: the URL is there while tests run, and not before')
      return server.url
    },
  })
}
