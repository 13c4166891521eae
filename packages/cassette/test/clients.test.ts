import { createCohere } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { CohereClientV2 } from 'cohere-ai'
import { describe, expect, test } from 'vitest'
import { openCassette } from '../src/index.ts'
import { newPath } from './folder.ts'

const question = 'Recommend a fantasy book'
const offline: typeof fetch = () => Promise.reject(new Error('the network was used'))

/** What each client makes of the same exchange. */
const clients: Record<string, (fetch: typeof globalThis.fetch) => Promise<unknown>> = {
  'ours, streamed': async (fetch) => {
    const stream = createCohere({ fetch, apiKey: 'my-secret-key' })('command-a-03-2025').stream(question)
    const events: unknown[] = []
    for await (const [chunk] of stream) events.push(chunk.event)
    return events
  },
  'ours, not streamed': async (fetch) => {
    const { raw } = await createCohere({ fetch, apiKey: 'my-secret-key' })('command-a-03-2025').call(question)
    return raw
  },
  'cohere-ai, streamed': async (fetch) => {
    const client = new CohereClientV2({ token: 'my-secret-key', fetch })
    const stream = await client.chatStream({
      model: 'command-a-03-2025',
      messages: [{ role: 'user', content: question }],
    })
    const events: unknown[] = []
    for await (const event of stream) events.push(event)
    return events
  },
}

describe('a session with the simulator is replayed as it was', () => {
  test.each(Object.entries(clients))('%s', async (_, ask) => {
    const path = await newPath()
    const recording = await openCassette(path, { mode: 'record', fetch: createSimulator().fetch })
    const recorded = await ask(recording.fetch)
    await recording.close()
    const replaying = await openCassette(path, { mode: 'replay', fetch: offline })
    expect(await ask(replaying.fetch)).toEqual(recorded)
    await replaying.close()
  })

  test('a miss is told by our error and by that of the SDK, at once', async () => {
    const cassette = await openCassette(await newPath(), { mode: 'replay', fetch: offline })
    const ours = createCohere({ fetch: cassette.fetch, apiKey: 'k' })('command-a-03-2025').call(question)
    await expect(ours).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('No recording of POST https://api.cohere.com/v2/chat'),
    })
    const client = new CohereClientV2({ token: 'k', fetch: cassette.fetch })
    const theirs = client.chat({ model: 'command-a-03-2025', messages: [{ role: 'user', content: question }] })
    await expect(theirs).rejects.toThrow('No recording of POST')
    expect(cassette.misses).toHaveLength(2)
  })
})
