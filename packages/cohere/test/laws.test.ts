import fc from 'fast-check'
import { type CohereCallResponse } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { answers, eventsOf } from './answer.ts'
import { fetchOf, streamText } from './wire-bytes.ts'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  const modelId = 'command-a-03-2025'
  const modelOver = (fetch: typeof globalThis.fetch) => createCohere({ apiKey: 'key', fetch, retry: false })(modelId)

  /** What must be the same whether an answer was streamed or not. */
  function essence({
    id,
    model,
    message,
    content,
    thinking,
    toolCalls,
    citations,
    finishReason,
    usage,
    cost,
  }: CohereCallResponse) {
    return { id, model, message, content, thinking, toolCalls, citations, finishReason, usage, cost }
  }

  describe('law 1, fold = call: the fold of a stream equals the unstreamed response', () => {
    test('for any answer that the grammar allows, in pieces of any length', async () => {
      await fc.assert(
        fc.asyncProperty(answers, fc.integer({ min: 1, max: 9 }), async (answer, length) => {
          const called = await modelOver(
            fetchOf(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } }),
          ).call('Hi')
          const streamed = await modelOver(fetchOf(streamText(eventsOf(answer, length))))
            .stream('Hi')
            .response()
          expect(essence(streamed)).toEqual(essence(called))
        }),
      )
    })

    test.each([
      ['plain', {}],
      ['cut by max_tokens', { maxTokens: 5 }],
      ['ended by a stop sequence', { stop: ['by'] }],
    ])('over the simulator: %s', async (_, params) => {
      const model = modelOver(createSimulator().fetch)
      const called = await model.call('Recommend a fantasy book', params)
      const streamed = await model.stream('Recommend a fantasy book', params).response()
      expect(called.content).not.toBe('')
      expect({ ...essence(streamed), id: called.id }).toEqual(essence(called))
    })

    test('with thinking', async () => {
      const model = createCohere({ apiKey: 'key', fetch: createSimulator().fetch })('command-a-reasoning-08-2025')
      const called = await model.call('Recommend a fantasy book')
      const streamed = await model.stream('Recommend a fantasy book').response()
      expect(called.thinking).not.toBe('')
      expect({ ...essence(streamed), id: called.id }).toEqual(essence(called))
    })
  })

  describe('law 9, linear: every byte is parsed once', () => {
    test.each([10, 1_000])('with %i pieces of text and of tool arguments', async (count) => {
      const long = 'word '.repeat(count)
      const events = eventsOf(
        {
          id: 'x',
          finish_reason: 'TOOL_CALL',
          message: {
            role: 'assistant',
            content: [{ type: 'text', text: long }],
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: JSON.stringify({ long }) } }],
          },
        },
        5,
      )
      const parse = vi.spyOn(JSON, 'parse')
      const stream = modelOver(fetchOf(streamText(events))).stream('Hi')
      for await (const [chunk, tool] of stream) void [chunk.content, tool]
      const parsed = parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0)
      parse.mockRestore()
      const data = events.reduce((sum, event) => sum + JSON.stringify(event).length, 0)
      // The data once, and the arguments once more when they are complete.
      expect(parsed).toBe(data + JSON.stringify({ long }).length)
    })
  })
})
