import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createSimulator, type Script, type Simulator } from '../src/index.ts'
import { ask, eventsOf, jsonOf, post, reasonOf } from './client.ts'

const body = ask('Recommend a fantasy book', { stream: true })
const never = { firstTokenMs: 3_600_000 }

/** A client that sends a request and reads only when it is told to. */
function rawClient(port: number): Socket {
  const json = JSON.stringify(body)
  const socket = connect({ port, host: '127.0.0.1' })
  socket.write(
    `POST /v2/chat HTTP/1.1\r\nhost: x\r\nauthorization: Bearer x\r\ncontent-length: ${json.length}\r\n\r\n${json}`,
  )
  return socket
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate)
}

test('a socket gives what the in-process fetch gives', async () => {
  for (const request of [body, { ...body, stream: false }, {}, { ...body, model: 'command' }]) {
    const [near, far] = [createSimulator(), createSimulator()]
    await using server = await far.listen()
    const one = await post(near.fetch, request)
    const two = await post(fetch, request, { url: server.url })
    expect(two.status).toBe(one.status)
    expect(await two.text()).toBe(await one.text())
    // What HTTP itself adds.
    const rest = [...two.headers].filter(
      ([name]) => !['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name),
    )
    expect(rest).toEqual([...one.headers])
    expect(await far.requests[0]?.finished).toBe('completed')
    expect(far.requests[0]?.eventsSent).toBe(near.requests[0]?.eventsSent)
  }
})

test('the recorded headers arrive on the wire, and the length of a whole answer is known', async () => {
  const simulator = createSimulator()
  await using server = await simulator.listen()
  const whole = await post(fetch, { ...body, stream: false }, { url: server.url })
  const text = await whole.text()
  expect(whole.headers.get('content-length')).toBe(String(Buffer.byteLength(text)))
  expect(whole.headers.get('num_tokens')).toMatch(/^\d+$/)
  const stream = await post(fetch, body, { url: server.url })
  expect(stream.headers.get('transfer-encoding')).toBe('chunked')
  await stream.text()
})

test('every chunking arrives whole', async () => {
  for (const chunking of ['event', 'coalesce', 1, 100] as const) {
    const simulator = createSimulator({ scripts: [{ chunking, text: 'Zażółć 👋🏽' }] })
    await using server = await simulator.listen()
    const text = await (await post(fetch, body, { url: server.url })).text()
    expect(eventsOf(text).at(-1)?.type).toBe('message-end')
    expect(simulator.requests[0]?.bytesSent).toBe(Buffer.byteLength(text))
  }
})

test('a reader who leaves cancels the answer', async () => {
  const simulator = createSimulator({ pace: never })
  await using server = await simulator.listen()
  const reader = (await post(fetch, body, { url: server.url })).body?.getReader()
  await reader?.read()
  expect(simulator.requests[0]?.ended).toBe(undefined)
  await reader?.cancel()
  expect(await simulator.requests[0]?.finished).toBe('cancelled')
  // message-start and content-start; no token was due.
  expect(simulator.requests[0]?.eventsSent).toBe(2)
})

test('an abort cancels the answer, also before its headers', async () => {
  const simulator = createSimulator({ pace: never })
  await using server = await simulator.listen()
  const controller = new AbortController()
  const failure = reasonOf(post(fetch, ask('x'), { url: server.url, signal: controller.signal }))
  await until(() => simulator.requests.length === 1)
  const reason = new Error('enough')
  controller.abort(reason)
  expect(await failure).toBe(reason)
  expect(await simulator.requests[0]?.finished).toBe('cancelled')
})

test('a client that does not read stops the answer from growing', async () => {
  let pulled = 0
  function* pieces(): Generator<string> {
    for (const piece = ' word'.repeat(2000); ; pulled++) yield piece
  }
  const script: Script = { deltas: pieces() }
  const simulator = createSimulator({ scripts: [script] })
  await using server = await simulator.listen()
  const client = rawClient(server.port)
  client.pause()
  await until(() => pulled > 0)
  // It has stopped when many turns of the event loop bring nothing more; an answer without a brake would go on to the
  // model's limit of 8192 tokens, 80 MB.
  for (let last = -1, calm = 0; calm < 200; calm = pulled === last ? calm + 1 : 0, last = pulled) {
    await new Promise(setImmediate)
  }
  expect(pulled).toBeLessThan(4000)
  const before = pulled
  client.resume()
  await until(() => pulled > before)
  client.destroy()
  expect(await simulator.requests[0]?.finished).toBe('cancelled')
  expect(pulled).toBeLessThan(8000)
})

test('a reset breaks the connection after the bytes before it', async () => {
  const simulator = createSimulator({ scripts: [{ destroyAfterBytes: 500 }] })
  await using server = await simulator.listen()
  const reader = (await post(fetch, body, { url: server.url })).body?.getReader()
  let bytes = 0
  const readAll = async (): Promise<void> => {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) bytes += read.value.length
  }
  await expect(readAll()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'ECONNRESET' } })
  expect(bytes).toBe(500)
})

test('a truncated body ends as if it were whole', async () => {
  for (const request of [body, { ...body, stream: false }]) {
    const simulator = createSimulator({ scripts: [{ truncateAfterBytes: 100 }] })
    await using server = await simulator.listen()
    expect(await (await post(fetch, request, { url: server.url })).text()).toHaveLength(100)
    expect(await simulator.requests[0]?.finished).toBe('completed')
  }
})

test('a stall at byte 0 still sends the headers, and close ends it', async () => {
  const simulator = createSimulator({ scripts: [{ stallAfterBytes: 0 }] })
  const server = await simulator.listen()
  const response = await post(fetch, body, { url: server.url })
  expect(response.status).toBe(200)
  const reading = reasonOf(response.text())
  await server.close()
  await server.close()
  expect(await reading).toBeInstanceOf(TypeError)
  expect(await simulator.requests[0]?.finished).toBe('cancelled')
  await expect(post(fetch, body, { url: server.url })).rejects.toThrow(TypeError)
})

test('a taken port is an error', async () => {
  const simulator = createSimulator()
  await using server = await simulator.listen()
  await expect(simulator.listen({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})

test('a script that cannot be followed is told to the client', async () => {
  const simulator = createSimulator({ scripts: [{ chunking: 0 }] })
  await using server = await simulator.listen()
  const response = await post(fetch, body, { url: server.url })
  expect(response.status).toBe(500)
  expect(await response.text()).toContain('chunking')
})

test('browsers may call it', async () => {
  const simulator = createSimulator({ scripts: [{ times: 1, status: 500 }] })
  await using server = await simulator.listen()
  const asked = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,x-client-name',
  }
  for (const send of [fetch, simulator.fetch]) {
    const preflight = await send(`${server.url}/v2/chat`, { method: 'OPTIONS', headers: asked })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization,x-client-name')
  }
  // The preflights have not used up the script.
  const failed = await post(fetch, body, { url: server.url })
  expect([failed.status, failed.headers.get('access-control-allow-origin')]).toEqual([500, '*'])
  expect(failed.headers.get('access-control-expose-headers')).toBe('X-Debug-Trace-ID')
})

test('requests on one connection are answered one after another', async () => {
  const simulator: Simulator = createSimulator()
  await using server = await simulator.listen()
  const client = rawClient(server.port)
  const first = JSON.stringify({})
  client.write(
    `POST /v2/chat HTTP/1.1\r\nhost: x\r\ncontent-length: ${first.length}\r\nconnection: close\r\n\r\n${first}`,
  )
  let text = ''
  client.on('data', (chunk) => (text += String(chunk)))
  await once(client, 'close')
  expect(text.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 401'])
  expect(simulator.requests.map(({ ended }) => ended)).toEqual(['completed', 'completed'])
})

test('an answer over the socket can be parsed', async () => {
  const simulator = createSimulator()
  await using server = await simulator.listen({ host: '127.0.0.1' })
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
  const { message } = await jsonOf(await post(fetch, ask('Who wrote Dune?'), { url: server.url }))
  expect(message.content?.[0]?.text).toContain('Frank Herbert')
})
