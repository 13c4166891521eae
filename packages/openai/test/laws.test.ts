import fc from 'fast-check'
import type { OpenAICallResponse } from '@interlingua/openai'
import { describe, expect, test, vi } from 'vitest'
import { answers, eventsOf } from './answer.ts'
import { transports } from './transport.ts'
import { answering, fetchOf, streamText } from './wire-bytes.ts'

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

  describe('the end of the body without [DONE]', () => {
    const said = [
      { id: 'x', choices: [{ index: 0, delta: { content: 'Read “Dune”.' }, finish_reason: null }] },
      { id: 'x', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
    ]
    const usage = { id: 'x', choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } }

    test('is an end after the usage', async () => {
      const response = await modelOver(fetchOf(streamText([...said, usage], '')))
        .stream('Hi')
        .response()
      expect(response).toMatchObject({ content: 'Read “Dune”.', usage: { inputTokens: 3, outputTokens: 4 } })
    })

    test('is none before it: what the answer cost would be lost without a word', async () => {
      const stream = modelOver(fetchOf(streamText(said, ''))).stream('Hi')
      await expect(stream.response()).rejects.toMatchObject({
        code: 'truncated',
        message: expect.stringContaining('without its usage'),
        partial: { content: 'Read “Dune”.', finishReason: { unified: 'stop' } },
      })
    })

    test('is one where the server is known to end so', async () => {
      const dialect = { name: 'silent', displayName: 'Silent', baseURL: 'http://127.0.0.1:9', endsSilently: true }
      const model = createOpenAI({ dialect, apiKey: 'key', fetch: fetchOf(streamText(said, '')) })('any')
      expect((await model.stream('Hi').response()).content).toBe('Read “Dune”.')
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
