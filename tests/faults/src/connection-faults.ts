import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import type { ErrorCode } from '@interlingua/core'
import type { Script } from '@interlingua/simulator'
import { failureOf, type Fault, type Wire } from './fault.ts'
import { answerText } from './wire.ts'

const category = 'connection and status'
const lost: readonly ErrorCode[] = ['connection', 'truncated']
const page = '<!doctype html><title>Bad Gateway</title><h1>Bad Gateway</h1>'
const json = { 'content-type': 'application/json' }

const statuses: readonly (readonly [status: number, code: ErrorCode, retryable: boolean])[] = [
  [400, 'invalid_request', false],
  [401, 'authentication', false],
  [402, 'quota', false],
  [403, 'permission', false],
  [404, 'not_found', false],
  [408, 'timeout', true],
  [422, 'invalid_request', false],
  [409, 'server', true],
  [429, 'rate_limit', true],
  [529, 'overloaded', true],
  [500, 'server', true],
  [502, 'server', true],
  [503, 'overloaded', true],
  [504, 'timeout', true],
]

const bodies: Readonly<Record<string, { readonly body: string | Uint8Array; readonly type: string }>> = {
  text: { body: 'it broke', type: 'text/plain' },
  'a page': { body: page, type: 'text/html' },
  nothing: { body: '', type: 'application/json' },
  'a text that is declared to be JSON': { body: 'upstream connect error', type: 'application/json' },
  'JSON that is declared to be a stream': { body: '{"message":"it broke"}', type: 'text/event-stream' },
  'half of a JSON text': { body: '{"message":"it', type: 'application/json' },
  'a JSON scalar': { body: 'null', type: 'application/json' },
  'bytes that are no text': { body: new Uint8Array([255, 254, 0, 200]), type: 'application/json' },
  'a megabyte': { body: 'x'.repeat(2 ** 20), type: 'text/plain' },
}

const compressed = (encoding: string, body: Uint8Array, wire: Wire): Script => ({
  status: 200,
  headers: { 'content-type': wire.type, 'content-encoding': encoding },
  body,
})

/** The connection cannot be made, or what answers is no answer. */
export const connectionFaults: readonly Fault[] = [
  {
    category,
    name: 'refused',
    scripts: () => ({}),
    settings: { baseURL: 'http://127.0.0.1:1' },
    codes: ['connection'],
    requests: 0,
  },
  {
    category,
    name: 'a host that is not there',
    scripts: () => ({}),
    settings: { baseURL: 'http://nowhere.invalid' },
    codes: ['connection'],
    requests: 0,
  },
  {
    category,
    name: 'TLS with a server that has none',
    scripts: () => ({}),
    play: async ({ createModel, url }) => {
      const { code } = await failureOf(createModel({ baseURL: url.replace('http:', 'https:') }))
      return code === 'connection' ? undefined : `code ${code}`
    },
  },
  {
    category,
    name: 'reset before the headers',
    scripts: () => ({ breakBeforeHeaders: 'reset' }),
    codes: ['connection'],
  },
  {
    category,
    name: 'closed before the headers',
    scripts: () => ({ breakBeforeHeaders: 'close' }),
    codes: ['connection'],
  },
  {
    category,
    name: 'something that is not HTTP',
    scripts: () => ({ rawResponse: 'SSH-2.0-OpenSSH_9.9\r\n' }),
    codes: ['connection'],
  },
  {
    category,
    name: 'a flood of headers',
    scripts: () => ({ rawResponse: `HTTP/1.1 200 OK\r\n${'x-flood: flood\r\n'.repeat(20_000)}\r\n` }),
    codes: ['connection'],
  },
  {
    category,
    name: 'half of the headers',
    scripts: () => ({ rawResponse: 'HTTP/1.1 200 OK\r\ncontent-type: text/ev' }),
    codes: ['connection'],
  },
  {
    category,
    name: 'a chunk length that is no number',
    scripts: ({ type }) => ({
      rawResponse: `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n`,
    }),
    codes: lost,
  },
  {
    category,
    name: 'a content length that is too long',
    scripts: (wire) => ({ rawResponse: withLength(wire, wire.end + 1_000, wire.good.subarray(0, wire.end)) }),
    codes: lost,
  },
  {
    category,
    name: 'a content length that is too short',
    scripts: (wire) => ({ rawResponse: withLength(wire, wire.middle, wire.good) }),
    codes: lost,
  },
  {
    category,
    name: 'a connection that ends with the body, without a length',
    scripts: (wire) => ({ rawResponse: withLength(wire, undefined, wire.good) }),
    text: answerText,
  },
  {
    category,
    name: 'early hints before the headers',
    scripts: (wire) => ({
      rawResponse: Buffer.concat([
        Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'),
        withLength(wire, wire.good.length, wire.good),
      ]),
    }),
    text: answerText,
  },
  ...statuses.map(([status, code, retryable]): Fault => ({
    category,
    name: `status ${status}`,
    scripts: () => ({ status, headers: json, body: '{"id":"x","message":"no luck"}' }),
    codes: [code],
    error: (error) =>
      error.status === status && error.retryable === retryable && error.message.includes('no luck')
        ? undefined
        : `status ${error.status}, retryable ${error.retryable}: ${error.message}`,
  })),
  ...Object.entries(bodies).map(([name, { body, type }]): Fault => ({
    category,
    name: `status 500 with ${name}`,
    scripts: () => ({ status: 500, headers: { 'content-type': type }, body }),
    codes: ['server'],
    error: (error) => (error.message.length < 1_000 ? undefined : `a message of ${error.message.length} characters`),
  })),
  {
    category,
    name: 'a page with status 200',
    scripts: () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: page }),
    codes: ['protocol'],
  },
  {
    category,
    name: 'an error with status 200',
    scripts: () => ({ status: 200, headers: json, body: '{"error":{"message":"no luck"}}' }),
    codes: ['protocol', 'server'],
  },
  { category, name: 'an empty stream', scripts: (wire) => wire.stream(''), codes: ['truncated', 'protocol'] },
  { category, name: 'status 204', scripts: () => ({ status: 204, body: '' }), codes: ['protocol', 'truncated'] },
  ...[301, 302, 307, 308].map((status): Fault => ({
    category,
    name: `a redirect with status ${status}`,
    scripts: () => [{ status, headers: { location: '/elsewhere' }, body: '' }],
    codes: ['protocol', 'connection'],
    // A client that follows may be led in circles; what matters is that nothing of it is taken for an answer.
    requests: 'any',
  })),
  { category, name: 'gzip', scripts: (wire) => compressed('gzip', gzipSync(wire.good), wire), text: answerText },
  {
    category,
    name: 'deflate',
    scripts: (wire) => compressed('deflate', deflateSync(wire.good), wire),
    text: answerText,
  },
  {
    category,
    name: 'brotli',
    scripts: (wire) => compressed('br', brotliCompressSync(wire.good), wire),
    text: answerText,
  },
  {
    category,
    name: 'gzip that is none',
    scripts: (wire) => compressed('gzip', wire.good, wire),
    codes: [...lost, 'protocol'],
  },
  {
    category,
    name: 'half of a gzip stream',
    scripts: (wire) => {
      const whole = gzipSync(wire.good)
      return compressed('gzip', whole.subarray(0, whole.length / 2), wire)
    },
    codes: lost,
  },
]

function withLength({ type }: Wire, length: number | undefined, body: Uint8Array): Uint8Array {
  const tells = length === undefined ? '' : `content-length: ${length}\r\n`
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n${tells}connection: close\r\n\r\n`),
    body,
  ])
}
