import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { start } from './start.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What is held after everything that is garbage is gone, in megabytes. */
async function heldMegabytes(): Promise<number> {
  collect()
  // What waits for a turn of the loop is held until then.
  await new Promise((resolve) => setImmediate(resolve))
  collect()
  return process.memoryUsage().heapUsed / 1e6
}

test('hundreds of streams at once leave nothing behind', async () => {
  await using started = await start({}, { keepRequests: 1 })
  const body = {
    model: 'cohere/command-a-03-2025',
    stream: true,
    messages: [{ role: 'user', content: 'Who wrote Dune?' }],
  }
  const crowd = async (): Promise<void> => {
    const texts = await Promise.all(
      Array.from({ length: 400 }, async () => (await started.post('/v1/chat/completions', body)).text()),
    )
    expect(texts.every((text) => text.endsWith('data: [DONE]\n\n'))).toBe(true)
    // The lines of the log are the test's to hold.
    started.lines.length = 0
  }
  await crowd()
  const before = await heldMegabytes()
  await crowd()
  await crowd()
  // A stream that was held would be some 50 kB, and 800 of them 40 MB.
  expect((await heldMegabytes()) - before).toBeLessThan(10)
}, 120_000)
