import { createServer, type Server } from 'node:http'
import type { CohereV1CallResponse } from '@interlingua/cohere'
import { InterlinguaError, isInterlinguaError } from '@interlingua/core'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { transports } from '../transport.ts'
import { cut } from '../wire-bytes.ts'
import { answers, eventsOf, type StreamedAnswer } from './answer.ts'
import { fetchAnswer, fetchLines, linesOf } from './lines.ts'

const modelId = 'command-a-03-2025'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** What must be the same whether an answer was streamed or not. */
function essence({
  id,
  model,
  message,
  content,
  toolCalls,
  citations,
  finishReason,
  usage,
  cost,
  warnings,
  searchQueries,
  searchResults,
  documents,
}: CohereV1CallResponse) {
  const search = { searchQueries, searchResults, documents }
  return { id, model, message, content, toolCalls, citations, finishReason, usage, cost, warnings, ...search }
}

const answer: StreamedAnswer = {
  text: 'Grüße 👩‍👩‍👧,\n\nread “Dune” [DONE] \u2028 日本',
  generation_id: 'x',
  finish_reason: 'COMPLETE',
  documents: [{ id: 'doc_0', text: 'Dune is a book.' }],
  citations: [{ start: 17, end: 23, text: '“Dune”', document_ids: ['doc_0'] }],
  meta: { billed_units: { input_tokens: 1, output_tokens: 2 } },
}
const events = eventsOf(answer, 4)
const bytes = new TextEncoder().encode(linesOf(events))

describe.each(transports)('over the $transport transport', ({ createCohereV1 }) => {
  const modelOver = (fetch: typeof globalThis.fetch) => createCohereV1({ apiKey: 'key', fetch, retry: false })(modelId)

  test('law 1, fold = call: the fold of a stream equals the unstreamed response', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.integer({ min: 1, max: 9 }), async (any, length) => {
        const called = await modelOver(fetchAnswer(any)).call('Hi')
        const streamed = await modelOver(fetchLines(linesOf(eventsOf(any, length))))
          .stream('Hi')
          .response()
        expect(essence(streamed)).toEqual(essence(called))
      }),
    )
  })

  describe('law 2, any split: the same bytes, cut anywhere, give the same chunks', () => {
    const chunksOf = async (reads: Uint8Array[]): Promise<unknown[]> => {
      const seen: unknown[] = []
      for await (const [chunk] of modelOver(fetchLines(reads)).stream('Hi')) seen.push(chunk.event)
      return seen
    }

    test('in one read', async () => expect(await chunksOf([bytes])).toEqual(events))
    test('one byte at a time', async () => expect(await chunksOf(cut(bytes, [...bytes.keys()]))).toEqual(events))
    test('at any places, with either line end, and with empty lines', async () => {
      const places = fc.array(fc.nat(), { maxLength: 40 })
      await fc.assert(
        fc.asyncProperty(places, fc.constantFrom('\n', '\r\n', '\n\n'), async (at, ending) => {
          const framed = new TextEncoder().encode(linesOf(events).replaceAll('\n', ending))
          const inside = at.map((place) => place % framed.length)
          expect(await chunksOf(cut(framed, inside))).toEqual(events)
        }),
      )
    })
  })

  describe('law 3, one ending: a finish reason, or one typed error with what had arrived', () => {
    test('cut at every byte: an error unless the last event is complete', async () => {
      // The last event is complete with the brace that closes its JSON.
      const complete = bytes.length - '\n'.length
      for (let length = 0; length < bytes.length; length++) {
        const stream = modelOver(fetchLines([bytes.subarray(0, length)])).stream('Hi')
        const outcome = await stream.response().catch((error: unknown) => error)
        if (length >= complete) {
          expect(outcome, `cut after ${length} bytes`).toMatchObject({ content: answer.text })
          continue
        }
        expect(outcome, `cut after ${length} bytes`).toBeInstanceOf(InterlinguaError)
        if (!isInterlinguaError(outcome)) continue
        expect(outcome.code, `cut after ${length} bytes`).toBe('truncated')
        expect(answer.text.startsWith(outcome.partial?.content ?? 'missing')).toBe(true)
        expect(stream.partial.finishReason).toEqual({ unified: 'unknown', raw: undefined })
      }
    })

    test.each([
      ['ERROR', 'server'],
      ['TIMEOUT', 'timeout'],
    ])('an answer that ends with %s throws, with what had arrived, streamed and not', async (reason, code) => {
      const failed = { ...answer, finish_reason: reason }
      const cause = [...events.slice(0, -1), { ...events.at(-1), finish_reason: reason, response: failed }]
      const expected = {
        code,
        retryable: true,
        partial: { content: answer.text, usage: { billed: { inputTokens: 1 } } },
      }
      await expect(
        modelOver(fetchLines(linesOf(cause)))
          .stream('Hi')
          .response(),
      ).rejects.toMatchObject(expected)
      await expect(modelOver(fetchAnswer(failed)).call('Hi')).rejects.toMatchObject(expected)
    })

    test('events in the place of lines are told apart', async () => {
      const stream = modelOver(fetchLines('event: text-generation\ndata: {}\n\n')).stream('Hi')
      await expect(stream.response()).rejects.toMatchObject({ code: 'protocol' })
    })
  })

  describe('law 7, stop means stop: the socket closes, and the partial response stays', () => {
    /** A server that begins an answer and never ends it. */
    async function stalling() {
      let close = (): void => {}
      const closed = new Promise<void>((resolve) => (close = resolve))
      const server = createServer((_, response) => {
        response.on('close', close)
        response.writeHead(200, { 'content-type': 'application/stream+json' })
        response.write(linesOf(events.slice(0, 3)))
      })
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
      return { closed, model: createCohereV1({ apiKey: 'key', baseURL })(modelId) }
    }

    test('break', async () => {
      const { closed, model } = await stalling()
      const stream = model.stream('Hi')
      for await (const [chunk] of stream) if (chunk.content) break
      await closed
      expect(stream.partial).toMatchObject({ content: 'Grüß', documents: answer.documents })
      await expect(stream.response()).rejects.toMatchObject({ code: 'aborted', partial: { content: 'Grüß' } })
    })

    test('abort while a read is waiting', async () => {
      const { closed, model } = await stalling()
      const stop = new AbortController()
      const stream = model.stream('Hi', { signal: stop.signal })
      const whole = stream.response()
      const reason = new Error('enough')
      await vi.waitUntil(() => stream.partial.content !== '')
      stop.abort(reason)
      await expect(whole).rejects.toMatchObject({
        code: 'aborted',
        cause: reason,
        partial: { content: 'Grüß' },
      })
      await closed
    })
  })

  test('law 9, linear: every byte is parsed once, and the arguments once more when they are complete', async () => {
    const long = 'word '.repeat(500)
    const parameters = { long }
    const asked: StreamedAnswer = { text: long, finish_reason: 'COMPLETE', tool_calls: [{ name: 'f', parameters }] }
    const text = linesOf(eventsOf(asked, 5))
    const parse = vi.spyOn(JSON, 'parse')
    const response = await modelOver(fetchLines(text)).stream('Hi').response()
    const parsed = parse.mock.calls.reduce((sum, [json]) => sum + json.length, 0)
    parse.mockRestore()
    expect(response.toolCalls).toMatchObject([{ args: parameters }])
    const ends = text.split('\n').length - 1
    expect(parsed).toBe(text.length - ends + JSON.stringify(parameters).length)
  })
})
