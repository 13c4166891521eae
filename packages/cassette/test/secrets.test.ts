import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openCassette } from '../src/index.ts'
import { newPath, readsOf, streamOf } from './folder.ts'

const key = 'Xq7-secret+key/42=='

/** What a cassette of one exchange has in it, and how the exchange is replayed. */
async function fileOf(url: string, init: RequestInit, answer: Response | (() => Response), secrets?: string[]) {
  const path = await newPath()
  const network: typeof fetch = async () => (typeof answer === 'function' ? answer() : answer)
  const recording = await openCassette(path, { mode: 'record', fetch: network, ...(secrets && { secrets }) })
  await readsOf(await recording.fetch(url, init))
  await recording.close()
  return { path, text: await readFile(path, 'utf8') }
}

const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({ method: 'POST', headers, body })

describe('no secret is in the file', () => {
  test.each<[string, string, RequestInit, string]>([
    ['an authorization', 'https://example.com/', post('{}', { authorization: `Bearer ${key}` }), ''],
    ['a header of another name', 'https://example.com/', post('{}', { 'x-api-key': key }), ''],
    ['Azure’s header', 'https://example.com/', post('{}', { 'api-key': key }), ''],
    ['a cookie', 'https://example.com/', post('{}', { cookie: `session=${key}` }), ''],
    ['a parameter', `https://example.com/?model=a&key=${encodeURIComponent(key)}`, post('{}'), ''],
    ['a user', `https://me:${encodeURIComponent(key)}@example.com/`.replace('me:', 'me-myself:'), post('{}'), ''],
    ['a member of the body', 'https://example.com/', post(JSON.stringify({ api_key: key })), ''],
    ['a key in the answer', 'https://example.com/', post('{}', { authorization: `Bearer ${key}` }), `bad key ${key}`],
    ['a key in the body too', 'https://example.com/', post(`say ${key}`, { authorization: `Bearer ${key}` }), ''],
  ])('%s', async (_, url, init, answer) => {
    // `fetch` itself refuses an address with a user in it, and so does `Request`.
    if (new URL(url).username !== '') {
      await expect(fileOf(url, init, new Response(answer))).rejects.toThrow(TypeError)
      return
    }
    const { text } = await fileOf(url, init, new Response(answer))
    for (const form of [key, encodeURIComponent(key), Buffer.from(key).toString('base64')]) {
      expect(text).not.toContain(form)
    }
    expect(text).toContain('scrubbed')
  })

  test('by its form alone', async () => {
    const { text } = await fileOf(
      'https://example.com/',
      post('my key is sk-proj-abcdefghijklmnop1234'),
      new Response(''),
    )
    expect(text).toContain('"my key is [scrubbed]"')
  })

  test('from the environment', async () => {
    process.env['SOME_VENDOR_API_KEY'] = 'kept-out-of-files'
    try {
      const { text } = await fileOf('https://example.com/', post('{}'), new Response('you are kept-out-of-files'))
      expect(text).toContain('you are [scrubbed]')
    } finally {
      delete process.env['SOME_VENDOR_API_KEY']
    }
  })

  test('that the caller names', async () => {
    const { text } = await fileOf('https://example.com/', post('for Jane Roe'), new Response('Dear Jane Roe'), [
      'Jane Roe',
    ])
    expect(text).not.toContain('Jane')
  })

  test('wherever the answer is cut, and what is around it stays, cut where it was', async () => {
    const whole = new TextEncoder().encode(`déjà ${key} vu ${key}`)
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: whole.length - 1 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const ends = [...at.toSorted((one, other) => one - other), whole.length]
        const pieces = ends.map((end, index) => whole.slice(ends[index - 1] ?? 0, end))
        const answer = (): Response => new Response(streamOf(pieces))
        const init = post('{}', { authorization: `Bearer ${key}` })
        const { path } = await fileOf('https://example.com/', init, answer)
        const replay = await openCassette(path, { mode: 'replay' })
        const reads = await readsOf(await replay.fetch('https://example.com/', init))
        expect(Buffer.concat(reads).toString()).toBe('déjà [scrubbed] vu [scrubbed]')
        expect(reads).toHaveLength(pieces.length)
      }),
      { numRuns: 60 },
    )
  })
})

test('a cassette that was recorded with one key is replayed with another', async () => {
  const { path } = await fileOf(
    `https://example.com/?key=${encodeURIComponent(key)}`,
    post(JSON.stringify({ text: `my ${key}` }), { authorization: `Bearer ${key}` }),
    new Response('yes'),
  )
  const replay = await openCassette(path, { mode: 'replay' })
  const other = 'a-key-of-another'
  const body = JSON.stringify({ text: `my ${other}` })
  const response = await replay.fetch(
    `https://example.com/?key=${other}`,
    post(body, { authorization: `Bearer ${other}` }),
  )
  expect(await response.text()).toBe('yes')
})

test('what looks like nothing secret stays', async () => {
  const body = JSON.stringify({
    logprobs: [{ token: 'The', key: 'k' }],
    max_tokens: 5,
    messages: ['The token is here'],
  })
  const { text } = await fileOf('https://example.com/?model=key', post(body), new Response('{"token": "word"}'))
  expect(text).not.toContain('scrubbed')
})
