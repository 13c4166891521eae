import type { CohereV1CallResponse } from '@interlingua/cohere'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { transports } from '../transport.ts'
import { answers, eventsOf, type StreamedAnswer } from './answer.ts'
import { fetchAnswer, fetchLines, linesOf } from './lines.ts'

const modelId = 'command-a-03-2025'

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

  describe('law 3, one ending', () => {
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
