import { expect, test } from 'vitest'
import { Cancellation } from '../src/cancellation.ts'
import { DeadlineWatch } from '../src/deadline-watch.ts'
import type { WireEvent } from '../src/framing.ts'
import { WireReader } from '../src/wire-reader.ts'

function bodyOf(...events: readonly string[]): ReadableStream<Uint8Array> {
  const text = events.map((data) => `data: ${data}\n\n`).join('')
  return new Blob([text]).stream()
}

/** Takes all chunks, and waits for more where there is none. */
async function takeAll(reader: WireReader<string>): Promise<string[]> {
  const chunks: string[] = []
  for (;;) {
    const chunk = reader.take()
    if (chunk !== undefined) chunks.push(chunk)
    else if (reader.ended) return chunks
    else await reader.read()
  }
}

/** Decodes events in one way, and those that are rare once `load` has been waited for. */
function decoding(load: () => Promise<unknown>): (event: WireEvent) => string | Promise<unknown> {
  let isLoaded = false
  return ({ data }) => {
    if (isLoaded || !data.startsWith('rare')) return data
    return load().then(() => (isLoaded = true))
  }
}

test('an event waits for what decodes it, and the ones after it wait too', async () => {
  const reader = new WireReader(
    bodyOf('a', 'rare b', 'c', 'rare d'),
    'server-sent-events',
    decoding(async () => {}),
  )
  expect(await takeAll(reader)).toEqual(['a', 'rare b', 'c', 'rare d'])
})

test('the last event waits too, after the connection has ended', async () => {
  const load = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve))
  const reader = new WireReader(bodyOf('a', 'rare b'), 'server-sent-events', decoding(load))
  expect(await takeAll(reader)).toEqual(['a', 'rare b'])
})

test('where what decodes an event does not come, the stream fails with the reason', async () => {
  const cause = new TypeError('Failed to fetch dynamically imported module')
  const load = (): Promise<never> => Promise.reject(cause)
  const reader = new WireReader(bodyOf('a', 'rare b'), 'server-sent-events', decoding(load))
  await expect(takeAll(reader)).rejects.toMatchObject({ code: 'connection', retryable: true, cause })
})

test('a call that is stopped meanwhile waits no longer', async () => {
  const caller = new AbortController()
  const cancellation = new Cancellation(caller.signal)
  const watch = new DeadlineWatch(cancellation, {})
  const stop = (): Promise<never> => {
    setTimeout(() => caller.abort(new Error('enough')))
    return new Promise(() => {})
  }
  const options = { watch, limits: undefined, onEnd: () => {} }
  const reader = new WireReader(bodyOf('a', 'rare b'), 'server-sent-events', decoding(stop), options)
  await expect(takeAll(reader)).rejects.toMatchObject({ code: 'aborted' })
})
