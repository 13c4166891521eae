import { createCohere } from '@interlingua/cohere'
import { createOpenAI } from '@interlingua/openai'
import { createSimulator } from '@interlingua/simulator'
import { CohereClientV2 } from 'cohere-ai'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { openCassette } from '../src/index.ts'
import { newPath } from './folder.ts'

const question = 'Recommend a fantasy book'
const messages = [{ role: 'user' as const, content: question }]
const offline: typeof fetch = () => Promise.reject(new Error('the network was used'))
const apiKey = 'my-secret-key'

type Ask = (fetch: typeof globalThis.fetch, url: string) => Promise<unknown>

async function eventsOf<Event>(stream: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = []
  for await (const event of stream) events.push(event)
  return events
}

/** What each client makes of the same exchange. */
const clients: Record<string, Ask> = {
  'our Cohere, streamed': async (fetch, baseURL) => {
    const stream = createCohere({ fetch, apiKey, baseURL })('command-a-03-2025').stream(question)
    return (await eventsOf(stream)).map(([chunk]) => chunk.event)
  },
  'our Cohere, not streamed': async (fetch, baseURL) =>
    (await createCohere({ fetch, apiKey, baseURL })('command-a-03-2025').call(question)).raw,
  'our OpenAI, streamed': async (fetch, url) => {
    const stream = createOpenAI({ fetch, apiKey, baseURL: `${url}/v1` })('gpt-4o-mini').stream(question)
    return (await eventsOf(stream)).map(([chunk]) => chunk.event)
  },
  'our OpenAI, not streamed': async (fetch, url) =>
    (await createOpenAI({ fetch, apiKey, baseURL: `${url}/v1` })('gpt-4o-mini').call(question)).raw,
  'cohere-ai, streamed': async (fetch, environment) => {
    const client = new CohereClientV2({ token: apiKey, fetch, environment })
    return eventsOf(await client.chatStream({ model: 'command-a-03-2025', messages }))
  },
  'openai, streamed': async (fetch, url) => {
    const client = new OpenAI({ apiKey, fetch, baseURL: `${url}/v1` })
    return eventsOf(await client.chat.completions.create({ model: 'gpt-4o-mini', messages, stream: true }))
  },
  'openai, a response': async (fetch, url) => {
    const client = new OpenAI({ apiKey, fetch, baseURL: `${url}/v1` })
    return client.responses.create({ model: 'gpt-4o-mini', input: question })
  },
}

/** A `fetch` that keeps what comes back: status, headers and reads. */
function watched(fetch: typeof globalThis.fetch): { fetch: typeof globalThis.fetch; seen: unknown[] } {
  const seen: unknown[] = []
  return {
    seen,
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      const reads: string[] = []
      seen.push([response.status, response.statusText, [...response.headers], reads])
      const body = response.body?.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform: (chunk, controller) => {
            reads.push(Buffer.from(chunk).toString('latin1'))
            controller.enqueue(chunk)
          },
        }),
      )
      return new Response(body ?? null, response)
    },
  }
}

describe('a session over a socket is replayed as it was: headers, bytes, and where they were cut', () => {
  test.each(Object.entries(clients))('%s', async (_, ask) => {
    const path = await newPath()
    await using server = await createSimulator({ scripts: [{ chunking: 700 }] }).listen()
    const recording = await openCassette(path, { mode: 'record' })
    const live = watched(recording.fetch)
    const recorded = await ask(live.fetch, server.url)
    await recording.close()
    const replaying = await openCassette(path, { mode: 'replay', fetch: offline })
    const again = watched(replaying.fetch)
    expect(await ask(again.fetch, server.url)).toEqual(recorded)
    await replaying.close()
    expect(live.seen).toHaveLength(1)
    // What names an account is the only thing that is not told again.
    const clean = JSON.stringify(live.seen).replaceAll('org-interlingua', '[scrubbed]')
    expect(again.seen).toEqual(JSON.parse(clean))
  })
})

describe('a cassette that listens', () => {
  test('stands between a client that has an address only and whom it calls', async () => {
    const path = await newPath()
    const simulator = createSimulator()
    await using server = await simulator.listen()
    const ask = async (mode: 'record' | 'replay', upstream: string): Promise<unknown[]> => {
      const cassette = await openCassette(path, {
        mode,
        normalize: (request) => ({ ...request, url: new URL(request.url).pathname }),
      })
      const said: unknown[] = []
      {
        await using listening = await cassette.listen({ upstream })
        for (const client of Object.values(clients)) said.push(await client(globalThis.fetch, listening.url))
      }
      await cassette.close()
      return said
    }
    const recorded = await ask('record', server.url)
    const count = simulator.requests.length
    expect(await ask('replay', 'http://127.0.0.1:9')).toEqual(recorded)
    expect(simulator.requests).toHaveLength(count)
  })

  test('lets through what the other has refused, and says where nobody is', async () => {
    await using server = await createSimulator().listen()
    const cassette = await openCassette(await newPath(), { mode: 'record' })
    await using listening = await cassette.listen({ upstream: `${server.url}/v2` })
    const refused = await fetch(`${listening.url}/chat`, { method: 'POST', body: '{}' })
    expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ id: expect.any(String) })])
    await using gone = await cassette.listen({ upstream: 'http://127.0.0.1:9' })
    const unreached = await fetch(`${gone.url}/v2/chat`)
    expect([unreached.status, await unreached.text()]).toEqual([
      502,
      expect.stringContaining('http://127.0.0.1:9 could not be reached'),
    ])
  })

  test('breaks off where the recording does', async () => {
    const path = await newPath()
    const simulator = createSimulator({ scripts: [{ destroyAfterBytes: 500 }] })
    await using server = await simulator.listen()
    const read = async (mode: 'record' | 'replay'): Promise<unknown> => {
      const cassette = await openCassette(path, { mode })
      await using listening = await cassette.listen({ upstream: server.url })
      const body = JSON.stringify({ model: 'command-a-03-2025', stream: true, messages })
      const init = { method: 'POST', body, headers: { authorization: `Bearer ${apiKey}` } }
      const response = await fetch(`${listening.url}/v2/chat`, init)
      const ending = await response.text().catch((error: Error) => error.message)
      await cassette.close()
      return [response.status, ending]
    }
    expect(await read('record')).toEqual([200, 'terminated'])
    expect(await read('replay')).toEqual([200, 'terminated'])
  })
})

test('a miss is told by our error and by those of the SDKs, at once', async () => {
  const cassette = await openCassette(await newPath(), { mode: 'replay', fetch: offline })
  const ours = createCohere({ fetch: cassette.fetch, apiKey: 'k' })('command-a-03-2025').call(question)
  await expect(ours).rejects.toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('No recording of POST https://api.cohere.com/v2/chat'),
  })
  const cohere = new CohereClientV2({ token: 'k', fetch: cassette.fetch })
  await expect(cohere.chat({ model: 'command-a-03-2025', messages })).rejects.toThrow('No recording of POST')
  const openai = new OpenAI({ apiKey: 'k', fetch: cassette.fetch })
  await expect(openai.chat.completions.create({ model: 'gpt-4o-mini', messages })).rejects.toThrow('No recording of')
  expect(cassette.misses).toHaveLength(3)
})

test('many at once, and some that are left, are recorded each as it went', async () => {
  const path = await newPath()
  await using server = await createSimulator({ pace: { tokensPerSecond: 2000 } }).listen()
  const provider = (fetch: typeof globalThis.fetch) => createCohere({ fetch, apiKey, baseURL: server.url })
  const ask = async (fetch: typeof globalThis.fetch, number: number): Promise<string> => {
    const stream = provider(fetch)('command-a-03-2025').stream(`Recommend ${number} novels`)
    let text = ''
    for await (const [chunk] of stream) {
      text += chunk.content
      // Every third one is left in its middle.
      if (number % 3 === 0 && text.length > 20) break
    }
    return text
  }
  const numbers = Array.from({ length: 12 }, (_, index) => index)
  const all = (fetch: typeof globalThis.fetch): Promise<string[]> =>
    Promise.all(numbers.map((number) => ask(fetch, number)))
  const recording = await openCassette(path, { mode: 'record' })
  const recorded = await all(recording.fetch)
  await recording.close()
  const replaying = await openCassette(path, { mode: 'replay', fetch: offline })
  expect(await all(replaying.fetch)).toEqual(recorded)
  await replaying.close()
})
