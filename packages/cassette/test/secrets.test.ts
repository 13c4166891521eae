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

const lowered = (text: string): string => text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())

function multipart(): RequestInit {
  const body = new FormData()
  body.set('api_key', key)
  return { method: 'POST', body }
}

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

  test.each<[string, RequestInit, Response]>([
    ['a field of a form', post(`grant=a&client_secret=${encodeURIComponent(key)}`), new Response('')],
    ['a field of a multipart form', multipart(), new Response('')],
    ['a member whose name has a prefix', post(JSON.stringify({ cohereApiKey: key })), new Response('')],
    [
      'JSON inside of JSON',
      post(JSON.stringify({ arguments: JSON.stringify({ q: 1, 'api-key': key }) })),
      new Response(''),
    ],
    ['a redirect', post('{}'), new Response('', { headers: { location: `/next?token=${encodeURIComponent(key)}` } })],
    [
      'a signed address in the answer',
      post('{}'),
      new Response(`see https://example.com/a?X-Amz-Signature=${key}&b=1`),
    ],
    [
      'a cookie that is set',
      post('{}'),
      new Response(`you have ${key}`, { headers: { 'set-cookie': `s=${key}; Path=/` } }),
    ],
    [
      'a member of an error, told again',
      post('{}'),
      Response.json({ refresh_token: key, why: `no ${key}` }, { status: 401 }),
    ],
    [
      'an error that escapes slashes',
      post('{}', { authorization: `Bearer ${key}` }),
      new Response(`{"message":"bad key ${key.replaceAll('/', '\\/')}"}`, { status: 401 }),
    ],
    [
      'an answer that quotes JSON in JSON',
      post('{}', { 'x-auth-token': `${key}"x` }),
      new Response(JSON.stringify({ message: JSON.stringify({ got: `${key}"x` }) })),
    ],
    ['lower-case percent codes', post('{}', { 'x-api-key': key }), new Response(lowered(encodeURIComponent(key)))],
    ['a session header', post('{}', { 'x-amz-security-token': key }), new Response('')],
  ])('in %s', async (_, init, answer) => {
    const { text } = await fileOf('https://example.com/', init, answer)
    const forms = [key, encodeURIComponent(key), lowered(encodeURIComponent(key)), key.replaceAll('/', '\\/')]
    for (const form of forms) {
      expect(text).not.toContain(form)
      expect(text).not.toContain(JSON.stringify(form).slice(1, -1))
    }
    expect(text).toContain('scrubbed')
  })

  test('nor whose account it is', async () => {
    const organization = 'org-Ab3dEf6hIj9lMnOp'
    const answer = Response.json(
      { error: { message: `Rate limit reached in organization ${organization}, project proj_a1b2c3d4e5f6g7h8` } },
      { status: 429, headers: { 'openai-organization': 'acme-incorporated' } },
    )
    const init = post('{}', { 'openai-organization': organization })
    const { text } = await fileOf('https://example.com/', init, answer)
    for (const name of [organization, 'acme', 'a1b2c3d4e5f6g7h8']) expect(text).not.toContain(name)
  })

  test('that a later exchange gives away', async () => {
    const path = await newPath()
    const ask = async (fetch: typeof globalThis.fetch): Promise<string[]> => {
      const first = await fetch('https://example.com/a', post(`use ${key}`))
      const second = await fetch('https://example.com/b', post('{}', { authorization: `Bearer ${key}` }))
      return [await first.text(), await second.text()]
    }
    const recording = await openCassette(path, { mode: 'record', fetch: async () => new Response(`got ${key}`) })
    await ask(recording.fetch)
    await recording.close()
    expect(await readFile(path, 'utf8')).not.toContain(key)
    // Who asks first does not know yet that it is a secret, and gets the recording all the same.
    const replaying = await openCassette(path, { mode: 'replay' })
    expect(await ask(replaying.fetch)).toEqual(['got [scrubbed]', 'got [scrubbed]'])
    await replaying.close()
  })

  test('that is not ASCII', async () => {
    const { text } = await fileOf('https://example.com/', post('für Jürgen'), new Response('Lieber Jürgen'), ['Jürgen'])
    expect(text).not.toContain('rgen')
    expect(text).toContain('für [scrubbed]')
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
