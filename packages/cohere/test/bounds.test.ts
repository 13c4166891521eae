import type { ServerResponse } from 'node:http'
import type { Limits } from '@interlingua/core'
import { describe, expect, test, vi } from 'vitest'
import { answer, end, serving, start, streamHead, text } from './serving.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const modelId = 'command-a-03-2025'
  const piece = 'x'.repeat(1_000)

  /** Writes for as long as anyone listens. */
  function flood(response: ServerResponse, first: string, more: string): void {
    response.write(first)
    const timer = setInterval(() => response.write(more), 1)
    response.once('close', () => clearInterval(timer))
  }

  test('an event that never ends is not read on', async () => {
    await using server = await serving((response) => flood(streamHead(response), `${start}data: {"type":"`, piece))
    const stream = createCohere({ apiKey: 'key', baseURL: server.url, limits: { eventCharacters: 5_000 } })(
      modelId,
    ).stream('Hi')
    const error = await stream.response().catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      code: 'protocol',
      retryable: false,
      message: expect.stringContaining('limits.eventCharacters'),
    })
    await vi.waitUntil(() => server.open() === 0)
  })

  test('a stream that never ends, of events that are small', async () => {
    await using server = await serving((response) => flood(streamHead(response), start, text(piece)))
    const stream = createCohere({ apiKey: 'key', baseURL: server.url, limits: { responseCharacters: 20_000 } })(
      modelId,
    ).stream('Hi')
    const error = await stream.response().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'protocol', message: expect.stringContaining('limits.responseCharacters') })
    expect(stream.partial.content.length).toBeGreaterThan(0)
    expect(stream.partial.content.length).toBeLessThan(20_000)
    await vi.waitUntil(() => server.open() === 0)
  })

  test('a whole answer that never ends, of chat and of the other endpoints', async () => {
    await using server = await serving((response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      flood(response, '{"id":"', piece)
    })
    const cohere = createCohere({ apiKey: 'key', baseURL: server.url, limits: { responseCharacters: 20_000 } })
    const refused = { code: 'protocol', message: expect.stringContaining('limits.responseCharacters') }
    await expect(cohere(modelId).call('Hi')).rejects.toMatchObject(refused)
    await expect(cohere.tokenize('Hi', { model: modelId })).rejects.toMatchObject(refused)
    await vi.waitUntil(() => server.open() === 0)
  })

  test('what just fits is read', async () => {
    const body = start + text('Read') + end
    await using server = await serving((response, index) =>
      index === 0 ? streamHead(response).end(body) : response.setHeader('content-type', 'application/json').end(answer),
    )
    const of = (limits: Limits) => createCohere({ apiKey: 'key', baseURL: server.url, limits })(modelId)
    expect((await of({ responseCharacters: body.length }).stream('Hi').response()).content).toBe('Read')
    expect((await of({ responseCharacters: answer.length }).call('Hi')).content).toBe('Read Dune')
    await expect(of({ responseCharacters: answer.length - 1 }).call('Hi')).rejects.toMatchObject({ code: 'protocol' })
  })

  test.each([0, -5, Number.NaN])('a limit of %d is refused', (eventCharacters) => {
    const refused = { code: 'invalid_request', field: 'limits.eventCharacters' }
    expect(() => createCohere({ limits: { eventCharacters } })).toThrow(expect.objectContaining(refused))
  })
})
