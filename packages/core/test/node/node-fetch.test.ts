import { Agent } from 'node:http'
import { gzipSync } from 'node:zlib'
import { createNodeFetch } from '@interlingua/core/node'
import { describe, expect, test } from 'vitest'
import { failure } from './failure.ts'
import { type Served, servedBytes, servedHttp } from './served.ts'

const fetch = createNodeFetch()
const post = { method: 'POST', body: '{}' }

const echoing = () =>
  servedHttp(async (request, response) => {
    let text = ''
    for await (const piece of request.setEncoding('utf8')) text += piece
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, text }))
  })

async function closed({ sockets }: Served): Promise<void> {
  const [socket] = sockets
  if (socket && !socket.closed) await new Promise((resolve) => socket.once('close', resolve))
}

describe('a request', () => {
  test('is sent as it is, with the headers that the platform adds', async () => {
    await using server = await echoing()
    const headers = { Authorization: 'Bearer é', 'x-two': 'words' }
    const response = await fetch(`${server.url}/a%20b?c=d#e`, { method: 'post', headers, body: 'Grüße' })
    expect(response).toMatchObject({ ok: true, status: 200, statusText: 'OK', redirected: false })
    expect(response.url).toBe(`${server.url}/a%20b?c=d#e`)
    expect(await response.json()).toEqual({
      method: 'POST',
      url: '/a%20b?c=d',
      text: 'Grüße',
      headers: {
        authorization: 'Bearer é',
        'x-two': 'words',
        'content-type': 'text/plain;charset=UTF-8',
        'content-length': '7',
        accept: '*/*',
        'accept-encoding': 'identity',
        'user-agent': 'node',
        connection: 'keep-alive',
        host: new URL(server.url).host,
      },
    })
  })

  test.each([
    ['bytes', new TextEncoder().encode('abc')],
    ['a buffer', new TextEncoder().encode('abc').buffer],
    ['a view', new DataView(new TextEncoder().encode('_abc_').buffer, 1, 3)],
  ])('may have a body of %s', async (_, body) => {
    await using server = await echoing()
    const response = await fetch(server.url, { method: 'PUT', body })
    expect(await response.json()).toMatchObject({ method: 'PUT', text: 'abc', headers: { 'content-length': '3' } })
  })

  test('may be a Request, whatever its body', async () => {
    await using server = await echoing()
    const body = new URLSearchParams({ a: 'b' })
    const response = await fetch(new Request(server.url, { ...post, body }), { headers: { 'x-one': '1' } })
    expect(await response.json()).toMatchObject({ method: 'POST', text: 'a=b', headers: { 'x-one': '1' } })
  })

  test.each<[string, string, RequestInit]>([
    ['a relative address', '/v1', {}],
    ['another protocol', 'ftp://localhost', {}],
    ['a password in the address', 'http://a:secret@localhost', {}],
    ['a body that is no text', 'http://localhost', { method: 'POST', body: new URLSearchParams() }],
    ['a body of a GET', 'http://localhost', { body: 'x' }],
    ['a method of a proxy', 'http://localhost', { method: 'CONNECT' }],
    ['a method that is no word', 'http://localhost', { method: 'GET /' }],
    ['a header with a line break', 'http://localhost', { headers: { a: 'secret\r\nb: c' } }],
    ['a header name with a space', 'http://localhost', { headers: { 'a b': 'c' } }],
    ['a length that is wrong', 'http://localhost', { ...post, headers: { 'content-length': '1' } }],
    ['a framing of its own', 'http://localhost', { ...post, headers: { 'transfer-encoding': 'chunked' } }],
    ['an expectation', 'http://localhost', { ...post, headers: { expect: '100-continue' } }],
    ['an upgrade', 'http://localhost', { headers: { connection: 'upgrade' } }],
  ])('is refused: %s', async (_, url, init) => {
    await expect(fetch(url, init)).rejects.toBeInstanceOf(TypeError)
  })

  test('contradictory options are refused', () => {
    expect(() => createNodeFetch({ agent: new Agent(), maxSockets: 1 })).toThrow('replaces all other options')
  })
})

describe('a response', () => {
  test('with the headers that came, several of a name too', async () => {
    await using server = await servedBytes(
      'HTTP/1.1 201 Nice\r\nset-cookie: a=1\r\nset-cookie: b=2\r\nx: 1\r\nX: 2\r\ncontent-length: 0\r\n\r\n',
    )
    const response = await fetch(server.url)
    expect(response).toMatchObject({ status: 201, statusText: 'Nice' })
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('x')).toBe('1, 2')
    expect(await response.text()).toBe('')
  })

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('to %s with %i has no body, and leaves its connection for the next', async (method, status) => {
    await using server = await servedHttp((_, response) => response.writeHead(status, { 'content-length': 0 }).end())
    for (let time = 0; time < 2; time++) {
      const response = await fetch(server.url, { method })
      expect(response).toMatchObject({ status, body: null })
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(server.sockets).toHaveLength(1)
  })

  test('after interim ones', async () => {
    await using server = await servedBytes(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi',
    )
    const response = await fetch(server.url, post)
    expect(response.status).toBe(200)
    expect(response.headers.has('link')).toBe(false)
    expect(await response.text()).toBe('hi')
  })

  test('that changes the protocol is a failure, and closes the socket', async () => {
    await using server = await servedBytes(
      'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
      'open',
    )
    await expect(fetch(server.url)).rejects.toMatchObject(failure('fetch failed'))
    await closed(server)
  })

  test('ends where the connection does, if nothing says its length', async () => {
    await using server = await servedBytes('HTTP/1.1 200 OK\r\n\r\nall of it')
    expect(await (await fetch(server.url)).text()).toBe('all of it')
  })

  test.each([
    ['shorter than its length', 'content-length: 9\r\n\r\nhi', { code: 'ECONNRESET' }],
    ['longer than its length', 'content-length: 2\r\n\r\nhigher', { code: 'HPE_INVALID_CONSTANT' }],
    ['cut between chunks', 'transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n', { code: 'ECONNRESET' }],
    ['with a chunk that has no length', 'transfer-encoding: chunked\r\n\r\nxyz\r\n', {}],
  ])('%s is a failure', async (_, rest, cause) => {
    await using server = await servedBytes(`HTTP/1.1 200 OK\r\n${rest}`)
    const outcome = fetch(server.url).then((response) => response.text())
    await expect(outcome).rejects.toMatchObject(failure('terminated', cause))
  })

  test('that is no HTTP is a failure, and what came is not in it', async () => {
    await using server = await servedBytes('secret\r\n\r\n')
    const error: unknown = await fetch(server.url).catch((reason: unknown) => reason)
    expect(error).toMatchObject(failure('fetch failed', { code: 'HPE_INVALID_CONSTANT' }))
    expect(error).not.toHaveProperty('cause.rawPacket')
  })

  test.each([
    ['before', ''],
    ['inside', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi'],
  ])('a connection that breaks %s it', async (_, answer) => {
    await using server = await servedBytes(answer, 'reset')
    const outcome = fetch(server.url).then((response) => response.text())
    await expect(outcome).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
  })

  test('nobody there', async () => {
    const server = await echoing()
    await server[Symbol.asyncDispose]()
    await expect(fetch(server.url)).rejects.toMatchObject(failure('fetch failed', { code: 'ECONNREFUSED' }))
  })
})

describe('a stop', () => {
  const reason = new Error('enough')

  test('before', async () => {
    await using server = await echoing()
    await expect(fetch(server.url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(server.sockets).toHaveLength(0)
  })

  test('while nothing has come', async () => {
    const controller = new AbortController()
    await using server = await servedHttp(() => controller.abort(reason))
    await expect(fetch(server.url, { ...post, signal: controller.signal })).rejects.toBe(reason)
    await closed(server)
  })

  test('while the body is read', async () => {
    const controller = new AbortController()
    await using server = await servedHttp((_, response) => void response.write('first'))
    const response = await fetch(server.url, { signal: controller.signal })
    const reader = response.body?.getReader()
    expect(await reader?.read()).toMatchObject({ done: false })
    const next = reader?.read()
    controller.abort(reason)
    await expect(next).rejects.toBe(reason)
    await closed(server)
  })

  test('of what is packed', async () => {
    await using server = await servedHttp((_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.write(gzipSync('first').subarray(0, -8))
    })
    const response = await fetch(server.url)
    await response.body?.cancel()
    await closed(server)
  })

  test('by cancelling the body', async () => {
    await using server = await servedHttp((_, response) => void response.write('first'))
    await (await fetch(server.url)).body?.cancel()
    await closed(server)
  })

  test('when all is over changes nothing', async () => {
    await using server = await echoing()
    const controller = new AbortController()
    const response = await fetch(server.url, { signal: controller.signal })
    await response.text()
    controller.abort(reason)
    await (await fetch(server.url)).text()
    expect(server.sockets).toHaveLength(1)
  })
})

describe('connections', () => {
  test('serve again once a body was read to its end', async () => {
    await using server = await echoing()
    for (let time = 0; time < 5; time++) await (await fetch(server.url, post)).text()
    expect(server.sockets).toHaveLength(1)
  })

  test('are as many as maxSockets says', async () => {
    await using server = await echoing()
    const limited = createNodeFetch({ maxSockets: 2 })
    await Promise.all(Array.from({ length: 9 }, async () => (await limited(server.url)).text()))
    expect(server.sockets).toHaveLength(2)
  })

  test('come from an agent of the caller', async () => {
    await using server = await echoing()
    const agent = new Agent({ keepAlive: false })
    const own = createNodeFetch({ agent })
    for (let time = 0; time < 2; time++) await (await own(server.url)).text()
    expect(server.sockets).toHaveLength(2)
  })

  test('a reader that sleeps stops the server', async () => {
    const piece = new Uint8Array(65_536)
    let sent = 0
    await using server = await servedHttp((_, response) => {
      const push = (): void => {
        do sent += piece.length
        while (response.write(piece) && sent < 2 ** 29)
      }
      response.on('drain', push)
      push()
    })
    const reader = (await fetch(server.url)).body?.getReader()
    await reader?.read()
    // As long as the socket's buffers, which are the system's, take more.
    for (let before = -1; before !== sent;) {
      before = sent
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    expect(sent).toBeLessThan(2 ** 26)
    await reader?.cancel()
    await closed(server)
  })
})
