import { InterlinguaError } from '@interlingua/core'
import { trialLimits } from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { answering } from './exchange.ts'
import { recorded, recordings } from './recording.ts'
import { transports } from './transport.ts'
import { fetchOf, streamText } from './wire-bytes.ts'

const end = { type: 'message-end', delta: { finish_reason: 'COMPLETE' } }

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  async function failure(
    status: number,
    message: string,
    headers: Record<string, string> = {},
  ): Promise<InterlinguaError> {
    const { fetch } = answering(() => ({ status, headers, body: { id: 'an-id', message } }))
    const model = createCohere({ apiKey: 'key', fetch, retry: false })('command-a-03-2025')
    const caught = (answer: Promise<unknown>): Promise<unknown> => answer.catch((error: unknown) => error)
    const called = await caught(model.call('Hi'))
    const streamed = await caught(model.stream('Hi').response())
    if (!(called instanceof InterlinguaError)) throw new TypeError('expected an InterlinguaError')
    if (!(streamed instanceof InterlinguaError)) throw new TypeError('expected an InterlinguaError of the stream')
    const of = ({ code, field, retryAfterMs }: InterlinguaError) => [code, field, retryAfterMs === undefined]
    expect(of(streamed)).toEqual(of(called))
    return called
  }

  // https://docs.cohere.com/reference/errors, and Cohere's own texts where they were recorded.
  const unknown = 'is not a valid field. For proper usage, please refer to https://docs.cohere.com/reference/chat'
  test.each([
    [400, 'a model parameter is required for this endpoint.', 'model'],
    [400, 'invalid request: temperature must be between 0 and 1.0 inclusive.', 'temperature'],
    [400, 'invalid request: document at index 0 cannot be empty', 'documents'],
    [400, 'invalid request: all elements in tools must have a name.', 'tools'],
    [400, 'invalid request: response_format is not supported with RAG.', 'response_format'],
    [400, 'too many tokens: max tokens must be less than or equal to 4096', 'max_tokens'],
    [400, 'invalid request: tool call id not found in previous tool calls', 'messages'],
    [400, 'invalid request: tool call id must be provided with tool message', 'messages'],
    [400, 'invalid request: cannot have duplicate tool ids', 'messages'],
    [400, 'invalid request: system turn must be the first in the list', 'messages'],
    [400, 'invalid json syntax', undefined],
    [400, 'too many tokens: total number of tokens in the prompt cannot exceed 256000', undefined],
    [404, "model 'command-z' not found, make sure the correct model ID was used", undefined],
    [422, `unknown field: parameter name ${unknown}`, 'name'],
    [422, `unknown field: parameter tools.function.strict ${unknown}`, 'tools.function.strict'],
    [500, 'internal server error', undefined],
  ])('%i %s is about %s', async (status, message, field) => {
    expect((await failure(status, message)).field).toBe(field)
  })

  describe('when a retry can help', () => {
    const minute = 'You are using a Trial key, which is limited to 40 API calls / minute.'
    const month = 'You are using a Trial key, which is limited to 1000 API calls / month.'
    const inAMinute = (): string => new Date(Date.now() + 60_000).toUTCString()

    test.each([
      // Nobody said when the minute began: a guess would be taken for the server's word.
      [minute, {}, undefined],
      ['trial token rate limit exceeded, limit is 100000 tokens per minute', {}, undefined],
      [month, {}, undefined],
      ['rate limit exceeded', {}, undefined],
      [minute, { 'retry-after': '7' }, 7_000],
      [minute, { 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    ])('%s %o', async (message, headers, expected) => {
      const error = await failure(429, message, headers)
      expect(error.retryAfterMs).toBe(expected)
      expect(error.retryable).toBe(message !== month)
    })

    test('a date, and other errors than those of limits', async () => {
      const { retryAfterMs } = await failure(503, 'service unavailable', { 'retry-after': inAMinute() })
      expect(retryAfterMs).toBeGreaterThan(50_000)
      expect(retryAfterMs).toBeLessThanOrEqual(60_000)
      expect((await failure(503, 'service unavailable')).retryAfterMs).toBeUndefined()
    })
  })

  describe('the limits of a trial key', () => {
    const headers = {
      'x-trial-endpoint-call-limit': '20',
      'x-trial-endpoint-call-remaining': '0',
      'x-endpoint-monthly-call-limit': '1000',
    }
    const limits = { callsPerMinute: 20, remaining: 0, callsPerMonth: 1_000 }

    test('are on an error', async () => {
      expect(trialLimits((await failure(429, 'too many calls per minute', headers)).headers)).toEqual(limits)
      expect(trialLimits((await failure(429, 'too many calls per minute')).headers)).toBeUndefined()
    })

    test('are on a response, streamed or not', async () => {
      const { fetch } = answering(() => ({ headers, body: { id: 'x', finish_reason: 'COMPLETE' } }))
      expect((await createCohere({ apiKey: 'key', fetch })('any').call('Hi')).trialLimits).toEqual(limits)
      const events = streamText([end])
      const streaming = fetchOf(events, { headers: { ...headers, 'content-type': 'text/event-stream' } })
      const streamed = await createCohere({ apiKey: 'key', fetch: streaming })('any').stream('Hi').response()
      expect(streamed.trialLimits).toEqual(limits)
    })

    test.each([
      [{}, undefined],
      [{ 'x-trial-endpoint-call-limit': ' ', 'x-trial-endpoint-call-remaining': 'some' }, undefined],
      [{ 'x-trial-endpoint-call-limit': '40' }, { callsPerMinute: 40 }],
    ])('%o are %o', (told, expected) => expect(trialLimits(told)).toEqual(expected))

    test.skipIf(!recorded)('as recorded', async () => {
      const all = recordings('api.cohere.com/v2/chat', 'json').filter(({ status }) => status === 200)
      const seen = await Promise.all(
        all.map(async ({ body, headers: packed }) => {
          const { 'content-encoding': _, ...rest } = packed
          const fetch = fetchOf([body], { headers: rest })
          const { trialLimits: told } = await createCohere({ apiKey: 'key', fetch })('any').call('Hi')
          expect(told?.callsPerMonth).toBe(rest['x-endpoint-monthly-call-limit'] ? 1_000 : undefined)
          expect(told?.callsPerMinute).toBe(numberOf(rest['x-trial-endpoint-call-limit']))
          expect(told?.remaining).toBe(numberOf(rest['x-trial-endpoint-call-remaining']))
          return told !== undefined
        }),
      )
      expect(new Set(seen).size).toBe(2)
    })
  })
})

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number.parseInt(text, 10)
}
