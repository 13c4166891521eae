import { createServer } from 'node:http'
import fc from 'fast-check'
import { isInterlinguaError } from '@interlingua/core'
import type { OpenAICallResponse } from '@interlingua/openai'
import { describe, expect, test, vi } from 'vitest'
import { answers, eventsOf } from './answer.ts'
import { transports } from './transport.ts'
import { answering, cut, fetchOf, streamText } from './wire-bytes.ts'

describe.each(transports)('over the $transport transport', ({ createOpenAI }) => {
  const modelOver = (fetch: typeof globalThis.fetch) => createOpenAI({ apiKey: 'key', fetch })('gpt-5-mini')

  /** What must be the same whether an answer was streamed or not. */
  function essence(response: OpenAICallResponse) {
    const { id, model, message, content, thinking, refusal, toolCalls, finishReason, usage, cost, logprobs } = response
    return { id, model, message, content, thinking, refusal, toolCalls, finishReason, usage, cost, logprobs }
  }

  test('law 1, fold = call: for any answer, in pieces of any length, with calls interleaved', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.integer({ min: 1, max: 9 }), async (answer, length) => {
        const called = await modelOver(answering(answer)).call('Hi')
        const streamed = await modelOver(fetchOf(streamText(eventsOf(answer, length))))
          .stream('Hi')
          .response()
        expect(essence(streamed)).toEqual(essence(called))
      }),
    )
  })

  describe('law 2, any split: the same bytes, cut anywhere, give the same chunks', () => {
    const events = [
      ...['Grüße', ' 👩‍👩‍👧', '\n\n', ' [DONE] data: ', '日本'].map((content) => ({
        id: 'x',
        choices: [{ index: 0, delta: { content }, finish_reason: null }],
      })),
      { id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ]
    const chunksOf = async (reads: Uint8Array[]): Promise<unknown[]> => {
      const seen: unknown[] = []
      for await (const [chunk] of modelOver(fetchOf(reads)).stream('Hi')) seen.push(chunk.event)
      return seen
    }

    test.each(Object.entries({ LF: '\n', CRLF: '\r\n', CR: '\r' }))('lines that end in %s', async (_, ending) => {
      const bytes = new TextEncoder().encode(
        `: OPENROUTER PROCESSING\n\n${streamText(events)}`.replaceAll('\n', ending),
      )
      expect(await chunksOf(cut(bytes, [...bytes.keys()]))).toEqual(events)
      const places = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 40 })
      await fc.assert(
        fc.asyncProperty(places, async (at) => {
          expect(await chunksOf(cut(bytes, at))).toEqual(events)
        }),
      )
    })
  })

  describe('law 3, one ending', () => {
    const [first, ...others] = [
      { id: 'x', choices: [{ index: 0, delta: { content: 'Read “Dune”.' }, finish_reason: null }] },
      { id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { id: 'x', choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } },
    ]

    test('cut at every byte: an error until a finish reason has come', async () => {
      const bytes = new TextEncoder().encode(streamText([first, ...others]))
      const finished = new TextEncoder().encode(streamText([first, others[0]], '')).length - '\n\n'.length
      const outcomes = await Promise.all(
        [...bytes.keys()].map(async (length) => {
          const stream = modelOver(fetchOf([bytes.subarray(0, length)])).stream('Hi')
          const outcome: unknown = await stream.response().catch((error: unknown) => error)
          expect('Read “Dune”.'.startsWith(stream.partial.content)).toBe(true)
          return isInterlinguaError(outcome) ? outcome.code : stream.partial.content
        }),
      )
      // What is left over when the connection ends may be half of the usage, which comes last.
      const whole = outcomes.map((outcome, length) =>
        length < finished || outcome === 'truncated' ? 'truncated' : 'Read “Dune”.',
      )
      expect(outcomes).toEqual(whole)
      expect(outcomes.at(finished)).toBe('Read “Dune”.')
      expect(outcomes.at(-1)).toBe('Read “Dune”.')
    })

    test('the end of the body after a finish reason is an end, also without [DONE]', async () => {
      const response = await modelOver(fetchOf(streamText([first, ...others], '')))
        .stream('Hi')
        .response()
      expect(response).toMatchObject({ content: 'Read “Dune”.', usage: { inputTokens: 3, outputTokens: 4 } })
    })

    test('a server that holds the connection open after [DONE] is not waited for', async () => {
      const server = createServer((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(streamText([first, ...others]))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
      try {
        const response = await createOpenAI({ apiKey: 'key', baseURL })('gpt-5-mini').stream('Hi').response()
        expect(response.content).toBe('Read “Dune”.')
      } finally {
        server.closeAllConnections()
        server.close()
      }
    })

    // As OpenRouter tells it: https://openrouter.ai/docs/api-reference/errors.
    test('a failure inside the stream throws after its chunk, with what had arrived', async () => {
      const failed = { id: 'x', choices: [], error: { code: 502, message: 'Provider disconnected' } }
      const stream = modelOver(fetchOf(streamText([first, failed]))).stream('Hi')
      const error: unknown = await stream.response().catch((reason: unknown) => reason)
      expect(error).toMatchObject({
        code: 'server',
        retryable: true,
        message: expect.stringContaining('Provider disconnected'),
        partial: { content: 'Read “Dune”.' },
      })
    })
  })

  test('law 9, linear: every byte is parsed once', async () => {
    const long = 'word '.repeat(1_000)
    const args = JSON.stringify({ long })
    const events = eventsOf(
      {
        id: 'x',
        choices: [
          {
            index: 0,
            message: {
              content: long,
              tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: args } }],
            },
            finish_reason: 'tool_calls',
          },
        ],
      },
      5,
    )
    const fetch = fetchOf(streamText(events))
    const stream = modelOver(fetch).stream('Hi')
    const iterator = stream[Symbol.asyncIterator]()
    await iterator.next()
    const parse = vi.spyOn(JSON, 'parse')
    while (!(await iterator.next()).done) void 0
    const parsed = parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0)
    parse.mockRestore()
    const data = events.slice(1).reduce((sum, event) => sum + JSON.stringify(event).length, 0)
    // The data once, and the arguments once more when they are complete.
    expect(parsed).toBe(data + args.length)
  })

  describe('several answers', () => {
    const choice = (index: number, content: string) => ({ index, delta: { content }, finish_reason: null })
    const end = (index: number) => ({ index, delta: {}, finish_reason: 'stop' })
    const events = [
      { id: 'x', choices: [choice(0, 'A')] },
      { id: 'x', choices: [choice(1, 'B')] },
      { id: 'x', choices: [end(0)] },
      { id: 'x', choices: [choice(1, 'C')] },
      { id: 'x', choices: [end(1)] },
    ]

    test('are all there, each added up', async () => {
      const stream = modelOver(fetchOf(streamText(events))).stream('Hi', { n: 2 })
      const others: unknown[] = []
      for await (const [chunk] of stream) others.push(...chunk.others)
      const { content, choices } = await stream.response()
      expect(content).toBe('A')
      expect(choices).toMatchObject([
        { index: 0, message: { content: [{ text: 'A' }] }, finishReason: { unified: 'stop' } },
        { index: 1, message: { content: [{ text: 'BC' }] }, finishReason: { unified: 'stop' } },
      ])
      expect(others.length).toBe(3)
    })

    test('are not complete when one of them is', async () => {
      const stream = modelOver(fetchOf(streamText(events.slice(0, 4), ''))).stream('Hi', { n: 2 })
      await expect(stream.response()).rejects.toMatchObject({ code: 'truncated' })
    })
  })
})
