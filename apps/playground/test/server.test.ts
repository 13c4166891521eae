import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { Fold } from '@interlingua/core'
import { createSimulator, type RequestRecord } from '@interlingua/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunRecord, ServerState } from '../src/protocol.ts'
import { providers } from '../src/server/providers.ts'
import { type Playground, startPlayground } from '../src/server/server.ts'
import { noFault } from '../src/setup.ts'
import { recordOf, recordsOf, requestOf, sendRun } from './run-request.ts'

let playground: Playground

beforeAll(async () => {
  playground = await startPlayground({ port: 0, environment: {} })
})

afterAll(() => playground.close())

function textOf(records: readonly RunRecord[]): string {
  const fold = new Fold()
  for (const record of records) if (record.type === 'chunk') for (const delta of record.deltas) fold.add(delta)
  return fold.text('text')
}

describe('a run', () => {
  test('is told event by event, from the request to the result', async () => {
    const records = await recordsOf(playground.url, requestOf({ prompt: 'Who wrote Dune?' }))
    expect(records.slice(0, 3).map(({ type }) => type)).toEqual(['begin', 'request', 'response'])
    expect(recordOf(records, 'begin')).toMatchObject({
      simulated: true,
      answering: 'the simulator, in place of Cohere',
    })
    expect(recordOf(records, 'response')).toMatchObject({ status: 200, server: 'interlingua-simulator' })
    const { result } = recordOf(records, 'end')
    expect(result).toMatchObject({ provider: 'cohere', finishReason: { unified: 'stop', raw: 'COMPLETE' } })
    expect(textOf(records)).toContain('Frank Herbert')
    expect(result.messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
    // Cohere's names of its events: what the vendor documents for a plain answer.
    const events = records.flatMap((record) =>
      record.type === 'chunk' ? [(record.event as { type: string }).type] : [],
    )
    expect([...new Set(events)]).toEqual([
      'message-start',
      'content-start',
      'content-delta',
      'content-end',
      'message-end',
    ])
  })

  test.each(providers.map(({ id, models }) => ({ id, model: models[0] ?? '' })))(
    '$id answers offline',
    async ({ id, model }) => {
      const records = await recordsOf(playground.url, requestOf({ prompt: 'Who wrote Dune?' }, { provider: id, model }))
      expect(records.at(-1)).toMatchObject({ type: 'end' })
      expect(textOf(records)).toContain('Frank Herbert')
    },
  )

  test('what a provider has no place for is told', async () => {
    const documents = [{ id: 'a', title: 'A', text: 'Dune was written by Frank Herbert.' }]
    const lane = { provider: 'openai', model: 'gpt-5-mini' }
    const records = await recordsOf(playground.url, requestOf({ documents }, lane))
    expect(recordOf(records, 'warnings').warnings).toMatchObject([{ code: 'unsupported', field: 'documents' }])
  })

  test('goes on with another provider', async () => {
    const first = await recordsOf(playground.url, requestOf({ prompt: 'Recommend a fantasy book' }))
    const { messages } = recordOf(first, 'end').result
    const next = {
      ...requestOf({}, { provider: 'openai', model: 'gpt-5-mini' }),
      messages: [...messages, { role: 'user' as const, content: 'Another one' }],
    }
    const records = await recordsOf(playground.url, next)
    expect(recordOf(records, 'end').result.messages.map(({ role }) => role)).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
    ])
    expect(recordOf(records, 'end').result.provider).toBe('openai')
  })
})

describe('a fault', () => {
  test('429 is a typed error', async () => {
    const lane = { fault: { ...noFault, kind: 'rate-limit' as const } }
    const { error } = recordOf(await recordsOf(playground.url, requestOf({}, lane)), 'failure')
    expect(error).toMatchObject({ code: 'rate_limit', status: 429, retryable: true, attempts: 1 })
  })

  test('503 is tried again where that is asked for', async () => {
    const lane = { fault: { ...noFault, kind: 'overloaded' as const }, recovery: 'retry' as const }
    const records = await recordsOf(playground.url, requestOf({}, lane))
    expect(recordOf(records, 'retry')).toMatchObject({ attempt: 1, error: { status: 503 } })
    expect(records.filter(({ type }) => type === 'request')).toHaveLength(2)
    expect(recordOf(records, 'end').result.warnings).toMatchObject([{ code: 'failed_attempt' }])
  })

  test('an answer that is cut is taken over by another model', async () => {
    const lane = { fault: { ...noFault, kind: 'cut' as const, afterBytes: 2000 }, recovery: 'fallback' as const }
    const records = await recordsOf(playground.url, requestOf({}, lane))
    const handOff = records
      .flatMap((record) => (record.type === 'chunk' ? record.deltas : []))
      .find(({ type }) => type === 'hand-off')
    expect(handOff).toMatchObject({ from: { provider: 'cohere' }, to: { provider: 'openai', model: 'gpt-5-mini' } })
    expect(recordOf(records, 'end').result.provider).toBe('openai')
  })

  test('a cut without recovery is an error that says so', async () => {
    const lane = { fault: { ...noFault, kind: 'cut' as const, afterBytes: 2000 } }
    const records = await recordsOf(playground.url, requestOf({}, lane))
    expect(recordOf(records, 'failure').error.code).toBe('truncated')
    expect(textOf(records)).not.toBe('')
  })
})

describe('stopping', () => {
  test('a page that leaves closes the connection to the provider', async () => {
    const asked = Promise.withResolvers<RequestRecord>()
    const simulator = createSimulator({ pace: { tokensPerSecond: 20 }, onRequest: asked.resolve })
    await using vendor = await simulator.listen()
    // As though the vendor were there: over a socket, with a key.
    const toVendor: typeof fetch = (input, init) =>
      fetch(
        (input instanceof Request ? input.url : input.toString()).replace('https://api.cohere.com', vendor.url),
        init,
      )
    await using own = await startPlayground({
      port: 0,
      environment: { CO_API_KEY: 'sk-a-secret-key' },
      fetch: toVendor,
    })
    const stop = new AbortController()
    const response = await sendRun(own.url, requestOf({}, { answering: 'provider' }), stop.signal)
    const reader = response.body?.getReader()
    await reader?.read()
    const request = await asked.promise
    stop.abort()
    expect(await request.finished).toBe('cancelled')
  })
})

describe('keys', () => {
  test('go to the provider and to nobody else', async () => {
    const key = 'co-a-secret-key-that-nobody-sees'
    const sent: (string | null)[] = []
    const simulator = createSimulator()
    const spy: typeof fetch = (input, init) => {
      sent.push(new Headers(init?.headers).get('authorization'))
      return simulator.fetch(input, init)
    }
    await using own = await startPlayground({ port: 0, environment: { COHERE_API_KEY: key }, fetch: spy })
    const state = await (await fetch(`${own.url}/api/state`)).text()
    const cohere = (JSON.parse(state) as ServerState).providers.find(({ id }) => id === 'cohere')
    expect(cohere).toMatchObject({ keyFrom: 'COHERE_API_KEY' })
    const records = await recordsOf(own.url, requestOf({}, { answering: 'provider' }))
    expect(sent).toEqual([`Bearer ${key}`])
    const { run, simulated, answering } = recordOf(records, 'begin')
    expect({ simulated, answering }).toEqual({ simulated: false, answering: 'Cohere, with the key in COHERE_API_KEY' })
    const cassette = await (await fetch(`${own.url}/api/cassette?runs=${run}`)).text()
    for (const told of [state, JSON.stringify(records), cassette]) expect(told).not.toContain(key)
    expect(cassette).toContain('[scrubbed]')
  })

  test('a provider without one is refused, with what to do', async () => {
    const records = await recordsOf(playground.url, requestOf({}, { answering: 'provider' }))
    const { error } = recordOf(records, 'failure')
    expect(error).toMatchObject({ code: 'authentication', message: expect.stringContaining('CO_API_KEY') })
  })

  test.each(['headers', 'timeout', 'retry', 'signal'])('a page cannot set %s', async (name) => {
    const request = requestOf({}, { extra: JSON.stringify({ [name]: {} }) })
    for (const each of [request, { ...request, options: request.extra, extra: {} }]) {
      const records = await recordsOf(playground.url, each)
      expect(recordOf(records, 'failure').error).toMatchObject({ code: 'invalid_request', field: name })
    }
  })
})

/** A request as only a program can send it: with any host. */
async function statusOf(method: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  const { port } = new URL(playground.url)
  const request = httpRequest({ host: '127.0.0.1', port, method, path, headers })
  request.end(method === 'POST' ? JSON.stringify(requestOf({ prompt: 'Who wrote Dune?' })) : undefined)
  const [response] = await once(request, 'response')
  response.resume()
  return response.statusCode
}

describe('other pages', () => {
  const json = { 'content-type': 'application/json' }
  const host = (): string => new URL(playground.url).host
  const origin = (): string => playground.url

  test('the own page may run something', async () => {
    expect(
      await statusOf('POST', '/api/runs', { ...json, host: host(), origin: origin(), 'sec-fetch-site': 'same-origin' }),
    ).toBe(200)
    const name = `localhost:${new URL(playground.url).port}`
    expect(await statusOf('POST', '/api/runs', { ...json, host: name, origin: `http://${name}` })).toBe(200)
  })

  test.each<[string, string, string, () => Record<string, string>]>([
    ['a name that resolves to this machine', 'GET', '/api/state', () => ({ host: 'evil.example' })],
    ['the same with the port', 'GET', '/', () => ({ host: `evil.example:${new URL(playground.url).port}` })],
    ['another origin', 'POST', '/api/runs', () => ({ ...json, host: host(), origin: 'https://evil.example' })],
    [
      'another port of this machine',
      'POST',
      '/api/runs',
      () => ({ ...json, host: host(), origin: 'http://127.0.0.1:1' }),
    ],
    ['a sandboxed page', 'POST', '/api/runs', () => ({ ...json, host: host(), origin: 'null' })],
    ['no origin', 'POST', '/api/runs', () => ({ ...json, host: host() })],
    ['a form', 'POST', '/api/runs', () => ({ 'content-type': 'text/plain', host: host(), origin: origin() })],
    ['an image on another site', 'GET', '/api/state', () => ({ host: host(), 'sec-fetch-site': 'cross-site' })],
    ['a preflight', 'OPTIONS', '/api/runs', () => ({ host: host(), origin: 'https://evil.example' })],
    ['a preflight of its own', 'OPTIONS', '/api/runs', () => ({ host: host(), origin: origin() })],
  ])('refused: %s', async (_, method, path, headers) => {
    expect(await statusOf(method, path, headers())).toBe(403)
  })

  test('nothing outside of the page is served', async () => {
    for (const path of [
      '/../package.json',
      '/..%2fpackage.json',
      '/assets/../../package.json',
      '/.env',
      '/package.json',
    ]) {
      expect(await statusOf('GET', path, { host: host() })).toBe(404)
    }
  })

  test('the page may not stand in another one, and loads nothing from elsewhere', async () => {
    const { headers } = await fetch(playground.url)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})
