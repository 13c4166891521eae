import { request as httpRequest, type IncomingMessage, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { createNodeFetch } from '@interlingua/core/node'
import { describe, expect, test } from 'vitest'
import { type Certificate, selfSigned } from './certificate.ts'
import { listening, type Served, servedHttp } from './served.ts'

const certificate = selfSigned()
const hello = (certificateOfServer?: Certificate) =>
  servedHttp(
    (request, response) => response.end(`${request.method} ${request.url} ${request.headers.host}`),
    certificateOfServer,
  )

interface Proxy extends Served {
  /** What it was asked, each with the caller's name and password. */
  readonly asked: string[]
}

/** A proxy that does what it is asked, or answers with a status. */
async function proxy(options: { readonly status?: number; readonly certificate?: Certificate } = {}): Promise<Proxy> {
  const asked: string[] = []
  const note = ({ method, url, headers }: IncomingMessage): void => {
    asked.push(`${method} ${url} ${headers['proxy-authorization'] ?? ''}`.trim())
  }
  const server = options.certificate ? createTlsServer(options.certificate) : createServer()
  server.on('request', (request: IncomingMessage, response) => {
    note(request)
    const { 'proxy-authorization': _, ...headers } = request.headers
    const onward = httpRequest(request.url ?? '', { method: request.method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
  server.on('connect', (request: IncomingMessage, socket) => {
    note(request)
    if (options.status !== undefined) {
      socket.end(`HTTP/1.1 ${options.status} No\r\n\r\n`)
      return
    }
    // The servers of the tests listen at this address alone.
    const onward = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  return Object.assign(await listening(server, options.certificate), { asked })
}

describe('for http', () => {
  test('a proxy is asked for the whole address, with its password', async () => {
    await using server = await hello()
    await using between = await proxy()
    const fetch = createNodeFetch({ proxy: between.url.replace('//', '//me:p%40ss@') })
    for (let time = 0; time < 2; time++) {
      expect(await (await fetch(`${server.url}/a?b`)).text()).toBe(`GET /a?b 127.0.0.1:${server.port}`)
    }
    const line = `GET ${server.url}/a?b Basic ${btoa('me:p@ss')}`
    expect(between.asked).toEqual([line, line])
    expect(between.sockets).toHaveLength(1)
  })

  test('a proxy may be named by the environment, but for some hosts', async () => {
    await using server = await hello()
    await using between = await proxy()
    const ask = async (environment: Record<string, string>): Promise<number> => {
      between.asked.length = 0
      await (await createNodeFetch({ proxy: environment })(server.url)).text()
      return between.asked.length
    }
    const http_proxy = `127.0.0.1:${between.port}`
    expect(await ask({ http_proxy })).toBe(1)
    expect(await ask({ HTTP_PROXY: http_proxy, HTTPS_PROXY: 'http://unused:1' })).toBe(1)
    expect(await ask({ HTTPS_PROXY: 'http://unused:1' })).toBe(0)
    expect(await ask({})).toBe(0)
    for (const no_proxy of [
      '*',
      '127.0.0.1',
      'a.test, 127.0.0.1',
      '0.0.1',
      '.0.0.1',
      '*.0.0.1',
      `127.0.0.1:${server.port}`,
    ]) {
      expect([no_proxy, await ask({ http_proxy, no_proxy })]).toEqual([no_proxy, 0])
      expect([no_proxy, await ask({ http_proxy, NO_PROXY: no_proxy })]).toEqual([no_proxy, 0])
    }
    for (const no_proxy of ['', ',', 'a.test', '27.0.0.1', '127.0.0.1:1', '[::1]']) {
      expect([no_proxy, await ask({ http_proxy, no_proxy })]).toEqual([no_proxy, 1])
    }
  })

  test.each(['http://[', 'socks5://me:secret@localhost'])('no proxy can be at %s', (address) => {
    for (const option of [address, { HTTPS_PROXY: address }]) {
      expect(() => createNodeFetch({ proxy: option })).toThrow(/^the (option|variable) (?!.*secret)/)
    }
  })
})

describe.skipIf(!certificate)('for https', () => {
  const own = certificate ?? { cert: '', key: '' }
  const trusting = { ca: own.cert }

  test('a server has to be one that is trusted', async () => {
    await using server = await hello(own)
    await expect(createNodeFetch()(server.url)).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
    for (const options of [trusting, { rejectUnauthorized: false }]) {
      expect(await (await createNodeFetch(options)(server.url)).text()).toBe(`GET / localhost:${server.port}`)
    }
  })

  test('a client shows its certificate', async () => {
    const server = createTlsServer({ ...own, ca: own.cert, requestCert: true }, (_, response) =>
      response.end('welcome'),
    )
    await using served = await listening(server, own)
    await expect(createNodeFetch(trusting)(served.url).then((response) => response.text())).rejects.toThrow(TypeError)
    expect(await (await createNodeFetch({ ...trusting, ...own })(served.url)).text()).toBe('welcome')
  })

  test('a certificate that cannot be read is a failure of the request', async () => {
    await using server = await hello(own)
    await using between = await proxy()
    for (const options of [{ cert: 'x' }, { cert: 'x', proxy: between.url }]) {
      await expect(createNodeFetch(options)(server.url)).rejects.toMatchObject({
        message: 'fetch failed',
        cause: { message: expect.stringContaining('PEM') },
      })
    }
  })

  test('a proxy digs a tunnel, which serves again, also when the first caller stops later', async () => {
    await using server = await hello(own)
    await using between = await proxy()
    const fetch = createNodeFetch({ ...trusting, proxy: { HTTPS_PROXY: between.url.replace('//', '//me:pass@') } })
    const controller = new AbortController()
    const { signal } = controller
    expect(await (await fetch(`${server.url}/a?b`, { signal })).text()).toBe(`GET /a?b localhost:${server.port}`)
    controller.abort()
    expect(await (await fetch(server.url)).text()).toBe(`GET / localhost:${server.port}`)
    expect(between.asked).toEqual([`CONNECT localhost:${server.port} Basic ${btoa('me:pass')}`])
    expect(server.sockets).toHaveLength(1)
  })

  test('the proxy too may be one over https', async () => {
    await using server = await hello(own)
    await using plain = await hello()
    await using between = await proxy({ certificate: own })
    const fetch = createNodeFetch({ ...trusting, proxy: between.url })
    expect(await (await fetch(server.url)).text()).toBe(`GET / localhost:${server.port}`)
    expect(await (await fetch(plain.url)).text()).toBe(`GET / 127.0.0.1:${plain.port}`)
    expect(between.asked).toEqual([`CONNECT localhost:${server.port}`, `GET ${plain.url}/`])
  })

  test('a proxy that refuses is named, without its password', async () => {
    await using between = await proxy({ status: 407 })
    const fetch = createNodeFetch({ proxy: between.url.replace('//', '//me:secret@') })
    const error: unknown = await fetch('https://localhost:1').catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      message: 'fetch failed',
      cause: { code: 'ERR_PROXY_TUNNEL', message: `the proxy ${between.url} answered 407 to CONNECT localhost:1` },
    })
  })

  test('a stop closes the connection to a proxy that does not answer', async () => {
    const reason = new Error('enough')
    const controller = new AbortController()
    let whenLeft = (): void => {}
    const left = new Promise<void>((resolve) => (whenLeft = resolve))
    const silent = createServer().on('connect', (_, socket) => {
      socket.once('end', whenLeft).resume()
      controller.abort(reason)
    })
    await using between = await listening(silent)
    const fetch = createNodeFetch({ proxy: between.url })
    await expect(fetch('https://localhost:1', { signal: controller.signal })).rejects.toBe(reason)
    await left
  })
})
