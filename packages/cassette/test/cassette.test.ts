import { readFile, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CassetteOptions, openCassette, readCassette } from '../src/index.ts'
import { newPath, readsOf, streamOf } from './folder.ts'
import { serve } from './server.ts'

const offline: typeof fetch = () => Promise.reject(new Error('the network was used'))
const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** Does something with a cassette, and closes it. */
async function using<Value>(
  path: string,
  options: CassetteOptions,
  work: (fetch: typeof globalThis.fetch) => Promise<Value>,
): Promise<Value> {
  const cassette = await openCassette(path, options)
  const value = await work(cassette.fetch)
  await cassette.close()
  return value
}

describe('what is replayed', () => {
  test('is what was recorded: status, headers, and every read with its bytes', async () => {
    const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 12 }), { maxLength: 8 })
    const text = fc
      .tuple(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.array(fc.nat(40), { maxLength: 6 }))
      .map(([value, cuts]) => {
        const bytes = new TextEncoder().encode(value)
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).toSorted((one, other) => one - other), bytes.length]
        return at.slice(1).flatMap((end, index) => {
          const piece = bytes.slice(at[index], end)
          return piece.length > 0 ? [piece] : []
        })
      })
    await fc.assert(
      fc.asyncProperty(fc.oneof(chunks, text), fc.constantFrom(200, 201, 404, 503), async (sent, status) => {
        const path = await newPath()
        const network: typeof fetch = async () =>
          new Response(streamOf(sent), { status, headers: { 'x-request-id': 'r-1' } })
        const ask = async (fetch: typeof globalThis.fetch) => {
          const response = await fetch('https://example.com/v2/chat', json({ question: 'Why?' }))
          return [response.status, response.url, response.headers.get('x-request-id'), await readsOf(response)]
        }
        const recorded = await using(path, { mode: 'record', fetch: network }, ask)
        const replayed = await using(path, { mode: 'replay', fetch: offline }, ask)
        expect(recorded[3]).toEqual(sent)
        expect(replayed.with(1, '')).toEqual(recorded)
      }),
      { numRuns: 60 },
    )
  })

  test('comes in the order in which it was asked for, and each once', async () => {
    const path = await newPath()
    let count = 0
    const { url } = await serve((_, response) => response.end(`answer ${(count += 1)}`))
    const twice = async (fetch: typeof globalThis.fetch) => [
      await (await fetch(url, json({ same: true }))).text(),
      await (await fetch(url, json({ same: true }))).text(),
    ]
    expect(await using(path, { mode: 'record' }, twice)).toEqual(['answer 1', 'answer 2'])
    expect(await using(path, { mode: 'replay', fetch: offline }, twice)).toEqual(['answer 1', 'answer 2'])
    const third = await openCassette(path, { mode: 'replay', fetch: offline })
    await twice(third.fetch)
    expect(await (await third.fetch(url, json({ same: true }))).text()).toContain('has been replayed already')
    await expect(third.close()).rejects.toMatchObject({ code: 'cassette_miss' })
    const repeated = await using(path, { mode: 'replay', repeat: true, fetch: offline }, async (fetch) => {
      await twice(fetch)
      return (await fetch(url, json({ same: true }))).text()
    })
    expect(repeated).toBe('answer 2')
  })

  test('is found by what JSON says, not by how it is written', async () => {
    const path = await newPath()
    const { url } = await serve((_, response) => response.end('yes'))
    const ask = (body: string) => (fetch: typeof globalThis.fetch) =>
      fetch(url, { method: 'POST', body }).then((response) => response.text())
    await using(path, { mode: 'record' }, ask('{"a": 1, "b": [true, null]}'))
    expect(await using(path, { mode: 'replay', fetch: offline }, ask('{"b":[true,null],"a":1}'))).toBe('yes')
  })

  test('is found for a form, whose boundary is another one each time', async () => {
    const path = await newPath()
    const { url } = await serve((_, response) => response.end('transcript'))
    const form = (): FormData => {
      const data = new FormData()
      data.set('file', new Blob(['sound'], { type: 'audio/wav' }), 'sound.wav')
      return data
    }
    const ask = (fetch: typeof globalThis.fetch) =>
      fetch(url, { method: 'POST', body: form() }).then((response) => response.text())
    await using(path, { mode: 'record' }, ask)
    expect(await using(path, { mode: 'replay', fetch: offline }, ask)).toBe('transcript')
  })

  test('is found after both requests have been made alike', async () => {
    const path = await newPath()
    const { url } = await serve((_, response) => response.end('yes'))
    await using(path, { mode: 'record' }, (fetch) => fetch(`${url}/v2/chat`).then((response) => response.text()))
    const normalize: CassetteOptions['normalize'] = (request) => ({ ...request, url: new URL(request.url).pathname })
    const options = { mode: 'replay', fetch: offline, normalize } as const
    const again = (fetch: typeof globalThis.fetch) =>
      fetch('http://127.0.0.1:1/v2/chat').then((response) => response.text())
    expect(await using(path, options, again)).toBe('yes')
  })

  test('breaks where the connection broke, and tells so where its reader stopped', async () => {
    const path = await newPath()
    const { url } = await serve((request, response) => {
      response.write('half')
      if (request.url === '/broken') setImmediate(() => response.destroy())
    })
    const readAll = async (response: Response): Promise<unknown> => readsOf(response).catch((error: unknown) => error)
    await using(path, { mode: 'record' }, async (fetch) => {
      expect(await readAll(await fetch(`${url}/broken`))).toBeInstanceOf(TypeError)
      const endless = await fetch(`${url}/endless`)
      for await (const read of endless.body ?? []) if (read.length > 0) break
    })
    expect((await readCassette(path)).map(({ response }) => response.ending)).toEqual(['broken', 'stopped'])
    await using(path, { mode: 'replay', fetch: offline }, async (fetch) => {
      expect(await readAll(await fetch(`${url}/broken`))).toMatchObject({ message: 'terminated' })
      expect(await readAll(await fetch(`${url}/endless`))).toMatchObject({
        cause: { message: expect.stringContaining('who read it then stopped') },
      })
    })
  })

  test('stops when its signal does', async () => {
    const path = await newPath()
    const { url } = await serve((_, response) => response.end('yes'))
    await using(path, { mode: 'record' }, (fetch) => fetch(url).then((response) => response.text()))
    const cassette = await openCassette(path, { mode: 'replay', repeat: true, fetch: offline })
    await expect(cassette.fetch(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    const controller = new AbortController()
    const response = await cassette.fetch(url, { signal: controller.signal })
    controller.abort()
    await expect(response.text()).rejects.toMatchObject({ name: 'AbortError' })
    const slow = await openCassette(path, { mode: 'replay', speed: 1e-9, fetch: offline })
    const waiting = new AbortController()
    const late = slow.fetch(url, { signal: waiting.signal })
    waiting.abort()
    await expect(late).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('takes its time where that is wanted', async () => {
    const path = await newPath()
    const exchange = {
      request: { method: 'GET', url: 'https://example.com/', headers: {} },
      response: {
        status: 200,
        headers: {},
        afterMs: 20,
        body: [
          { afterMs: 20, text: 'a' },
          { afterMs: 60, text: 'b' },
        ],
        ending: 'complete',
      },
    }
    await writeFileIn(path, { cassette: 1, exchanges: [exchange] })
    const begun = performance.now()
    const text = await using(path, { mode: 'replay', speed: 'recorded', fetch: offline }, async (fetch) =>
      (await fetch('https://example.com/')).text(),
    )
    expect(text).toBe('ab')
    // A timer may fire a millisecond early, and never much earlier.
    expect(performance.now() - begun).toBeGreaterThan(55)
  })
})

async function writeFileIn(path: string, file: unknown): Promise<void> {
  const { mkdir } = await import('node:fs/promises')
  await mkdir(new URL('.', `file://${path}`), { recursive: true })
  await writeFile(path, JSON.stringify(file))
}

describe('modes', () => {
  test('record-missing sends what is not there, and keeps what is', async () => {
    const path = await newPath()
    const { url, requests } = await serve((request, response) => response.end(`answer to ${request.url}`))
    const ask =
      (...paths: string[]) =>
      async (fetch: typeof globalThis.fetch) => {
        for (const each of paths) expect(await (await fetch(`${url}${each}`)).text()).toBe(`answer to ${each}`)
      }
    await using(path, { mode: 'record-missing' }, ask('/one'))
    await using(path, { mode: 'record-missing' }, ask('/one', '/two'))
    expect(requests).toHaveLength(2)
    await using(path, { mode: 'replay', fetch: offline }, ask('/two', '/one'))
  })

  test('off uses the network, and writes nothing', async () => {
    const path = await newPath()
    const { url } = await serve((_, response) => response.end('live'))
    expect(await using(path, { mode: 'off' }, async (fetch) => (await fetch(url)).text())).toBe('live')
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('record leaves the file as it is where the answers are the same', async () => {
    const path = await newPath()
    let word = 'same'
    const { url } = await serve((_, response) => response.setHeader('date', new Date().toUTCString()).end(word))
    const ask = async (fetch: typeof globalThis.fetch) => {
      await (await fetch(`${url}/one`)).text()
      await (await fetch(`${url}/two`)).text()
    }
    await using(path, { mode: 'record' }, ask)
    const before = await readFile(path, 'utf8')
    await using(path, { mode: 'record' }, ask)
    expect(await readFile(path, 'utf8')).toBe(before)
    word = 'other'
    await using(path, { mode: 'record' }, ask)
    expect(await readFile(path, 'utf8')).not.toBe(before)
  })

  test('come from the environment, and are checked', async () => {
    const { CASSETTE } = process.env
    try {
      process.env['CASSETTE'] = 'off'
      expect((await openCassette('nowhere.json')).mode).toBe('off')
      process.env['CASSETTE'] = 'rewind'
      await expect(openCassette('nowhere.json')).rejects.toThrow('There are: replay, record-missing, record, off.')
    } finally {
      if (CASSETTE === undefined) delete process.env['CASSETTE']
      else process.env['CASSETTE'] = CASSETTE
    }
  })
})

describe('a miss', () => {
  test('names the nearest recording and what differs, and fails even where the error is caught', async () => {
    const path = await newPath()
    const { url } = await serve((_, response) => response.end('yes'))
    await using(path, { mode: 'record' }, async (fetch) => {
      await (await fetch(`${url}/v2/embed`, json({ model: 'embed-v4.0' }))).text()
      await (await fetch(`${url}/v2/chat`, json({ model: 'a', messages: [{ role: 'user', content: 'Hi' }] }))).text()
    })
    const cassette = await openCassette(path, { mode: 'replay', fetch: offline })
    const body = { model: 'a', messages: [{ role: 'user', content: 'Hello' }], seed: 1 }
    const response = await cassette.fetch(`${url}/v2/chat`, json(body))
    expect(response.status).toBe(400)
    const { message } = (await response.json()) as { message: string }
    expect(message).toContain('with 2 differences:')
    expect(message).toContain('  body.messages[0].content: recorded "Hi", sent "Hello"')
    expect(message).toContain('  body.seed: recorded nothing, sent 1')
    expect(message).toContain('CASSETTE=record-missing')
    expect(cassette.misses).toEqual([message])
    await expect(cassette.close()).rejects.toMatchObject({ name: 'CassetteMissError', message })
  })

  test('is told where there is no cassette at all, and writes none', async () => {
    const path = await newPath()
    const cassette = await openCassette(path, { mode: 'replay', fetch: offline })
    expect(await (await cassette.fetch('https://example.com/')).text()).toContain('which has none at all')
    await expect(cassette.close()).rejects.toThrow('No recording of GET https://example.com/')
    await expect(readFile(path)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('a file that is no cassette', () => {
  test.each([
    ['{', 'it is not JSON'],
    ['[]', 'no cassette of version 1'],
    ['{"cassette": 2, "exchanges": []}', 'no cassette of version 1'],
  ])('%s', async (text, problem) => {
    const path = await newPath()
    await writeFileIn(path, {})
    await writeFile(path, text)
    await expect(openCassette(path, { mode: 'replay' })).rejects.toThrow(problem)
  })
})
