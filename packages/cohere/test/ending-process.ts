// A program that asks once, in the way that its arguments say, and is then to end by itself. Run by process-exit.test.ts.
import { createCohere } from '@interlingua/cohere'
import { createNodeFetch } from '@interlingua/core/node'

const [kind = '', baseURL = '', transport = ''] = process.argv.slice(2)
const fetch = transport === 'node:http' ? createNodeFetch() : globalThis.fetch
const timeout = kind === 'timeout' ? { firstByteMs: 50 } : { firstByteMs: 600_000, idleMs: 600_000, totalMs: 600_000 }
const model = createCohere({ apiKey: 'key', baseURL, fetch, timeout, retry: { attempts: 2 } })('command-a-03-2025')
const outcomes: Readonly<Record<string, () => Promise<unknown>>> = {
  call: () => model.call('Hi'),
  stream: () => model.stream('Hi').response(),
  break: async () => {
    for await (const _ of model.stream('Hi')) break
  },
  abort: async () => {
    const stop = new AbortController()
    const stream = model.stream('Hi', { signal: stop.signal })
    for await (const text of stream.text()) stop.abort(text)
  },
  timeout: () => model.call('Hi', { retry: false }),
  retry: () => model.call('Hi', { retry: { onRetry: () => {} } }),
  // A wait of a minute, which the abort ends.
  'abort while it waits': () => {
    const stop = new AbortController()
    return model.call('Hi', { signal: stop.signal, retry: { onRetry: () => stop.abort() } })
  },
}
const outcome = await (outcomes[kind]?.() ?? Promise.reject(new Error('unknown'))).then(
  () => 'answered',
  (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
)
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout')
console.log(JSON.stringify({ outcome, timers }))
