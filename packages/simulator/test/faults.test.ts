import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createSimulator, type Script } from '@interlingua/simulator'

const events = 'event: a\ndata: {"a":1}\n\ndata: [DONE]\n\n'
const stream: Script = { status: 200, headers: { 'content-type': 'text/event-stream' }, body: events }

async function ask(script: Script, how: 'socket' | 'in process'): Promise<Response> {
  const simulator = createSimulator({ scripts: [script] })
  if (how === 'in process') return simulator.fetch('http://simulated/v2/chat', { method: 'POST', body: '{}' })
  await using server = await simulator.listen()
  const response = await fetch(`${server.url}/v2/chat`, { method: 'POST', body: '{}' })
  const bytes = await response.arrayBuffer()
  return new Response(bytes, response)
}

const ways = ['socket', 'in process'] as const

describe.each(ways)('over a %s', (how) => {
  test.each<Script>([
    { breakBeforeHeaders: 'close' },
    { breakBeforeHeaders: 'reset' },
    { rawResponse: 'not HTTP\r\n' },
    { ...stream, closeAfterBytes: 5 },
    { ...stream, destroyAfterBytes: 5 },
  ])('there is no complete answer: %j', async (script) => {
    await expect(ask(script, how).then((response) => response.text())).rejects.toThrow(TypeError)
  })

  test.each([
    [{ lineEnd: '\r\n' }, events.replaceAll('\n', '\r\n')],
    [{ lineEnd: '\r' }, events.replaceAll('\n', '\r')],
    [{ noSpaces: true }, events.replaceAll(': ', ':')],
    [{ noLastLineEnd: true }, events.trimEnd()],
    [{ severalDataLines: true }, 'event: a\ndata: {\ndata:  "a": 1\ndata: }\n\ndata: [DONE]\n\n'],
    [
      { comments: true, byteOrderMark: true },
      `\uFEFF${events.replaceAll(/^(event: a|data: \[)/gm, ': keep-alive\n\n:\n$1')}`,
    ],
    [{ otherFields: true }, events.replaceAll(/^(event: a|data: \[)/gm, 'id: 1\nretry: 10\nunknown: field\nalone\n$1')],
  ] as const)('the same events with %j', async (framing, expected) => {
    const bytes = await (await ask({ ...stream, framing }, how)).arrayBuffer()
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(expected)
  })

  test('headers that wait', async () => {
    const slept: number[] = []
    const clock = { now: () => 0, sleep: async (ms: number) => void slept.push(ms) }
    const simulator = createSimulator({ scripts: [{ ...stream, headersAfterMs: 700 }], clock })
    await simulator.fetch('http://simulated/v2/chat', { method: 'POST', body: '{}' })
    expect(slept).toEqual([700])
  })
})

test('a body that is held open comes whole, and is cancelled by the client', async () => {
  const simulator = createSimulator({ scripts: [{ ...stream, holdOpen: true }] })
  await using server = await simulator.listen()
  const { body } = await fetch(`${server.url}/v2/chat`, { method: 'POST', body: '{}' })
  const reader = body?.getReader()
  let text = ''
  while (text.length < events.length) text += new TextDecoder().decode((await reader?.read())?.value)
  expect(text).toBe(events)
  expect(simulator.requests[0]?.ended).toBeUndefined()
  await reader?.cancel()
  expect(await simulator.requests[0]?.finished).toBe('cancelled')
})

test('comments come for ever', async () => {
  const simulator = createSimulator({ scripts: [{ ...stream, commentsAfterBytes: 9 }] })
  const { body } = await simulator.fetch('http://simulated/v2/chat', { method: 'POST', body: '{}' })
  const reader = body?.getReader()
  let text = ''
  for (let read = 0; read < 4; read++) text += new TextDecoder().decode((await reader?.read())?.value)
  expect(text).toBe('event: a\n: keep-alive\n\n: keep-alive\n\n: keep-alive\n\n')
  await reader?.cancel()
})

test('raw bytes are all that is sent', async () => {
  const simulator = createSimulator({ scripts: [{ rawResponse: 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort' }] })
  await using server = await simulator.listen()
  const socket = connect(server.port, '127.0.0.1').setEncoding('utf8')
  let got = ''
  socket.on('data', (text) => (got += text))
  socket.write('POST /v2/chat HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}')
  await once(socket, 'close')
  expect(got).toBe('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort')
  expect(simulator.requests[0]?.ended).toBe('completed')
})
