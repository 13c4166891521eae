import fc from 'fast-check'
import { type CohereCallResponse } from '@interlingua/cohere'
import { createSimulator } from '@interlingua/simulator'
import { InterlinguaError, isInterlinguaError } from '@interlingua/core'
import { describe, expect, test, vi } from 'vitest'
import { answers, eventsOf } from './answer.ts'
import { cut, fetchOf, streamText } from './wire-bytes.ts'
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

  describe('law 2, any split: the same bytes, cut anywhere, give the same chunks', () => {
    const events = [
      { type: 'message-start', id: 'x', delta: { message: { role: 'assistant', content: [] } } },
      { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
      ...['Grüße', ' 👩‍👩‍👧', '\n\n', ' [DONE] data: ', '日本'].map((text) => ({
        type: 'content-delta',
        index: 0,
        delta: { message: { content: { text } } },
      })),
      { type: 'content-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage: {} } },
    ]
    const chunksOf = async (reads: Uint8Array[]): Promise<unknown[]> => {
      const seen: unknown[] = []
      for await (const [chunk] of modelOver(fetchOf(reads)).stream('Hi')) seen.push(chunk.event)
      return seen
    }
    const endings = { LF: '\n', CRLF: '\r\n', CR: '\r' }

    describe.each(Object.entries(endings))('lines that end in %s', (_, ending) => {
      // JSON holds no raw line end, so that every one of them belongs to the framing.
      const bytes = new TextEncoder().encode(streamText(events).replaceAll('\n', ending))

      test('in one read', async () => expect(await chunksOf([bytes])).toEqual(events))
      test('one byte at a time', async () => {
        expect(await chunksOf(cut(bytes, [...bytes.keys()]))).toEqual(events)
      })
      test('at any places', async () => {
        const places = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 40 })
        await fc.assert(
          fc.asyncProperty(places, async (at) => {
            expect(await chunksOf(cut(bytes, at))).toEqual(events)
          }),
        )
      })
    })
  })

  describe('law 3, one ending: a finish reason, or one typed error with what had arrived', () => {
    const answer = { thinking: 'Hm.', text: 'Read “Dune”.' }
    const text = streamText(
      eventsOf(
        {
          id: 'x',
          finish_reason: 'COMPLETE',
          message: {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: answer.thinking },
              { type: 'text', text: answer.text },
            ],
          },
          usage: { billed_units: { input_tokens: 1, output_tokens: 2 } },
        },
        4,
      ),
    )
    const bytes = new TextEncoder().encode(text)
    const doneMarker = 'data: [DONE]\n\n'
    // The last event is complete with the brace that closes its JSON, also where the connection ends right there.
    const complete = bytes.length - doneMarker.length - '\n\n'.length

    test('cut at every byte: an error unless the last event is complete', async () => {
      for (let length = 0; length < bytes.length; length++) {
        const stream = modelOver(fetchOf([bytes.subarray(0, length)])).stream('Hi')
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

    test('a connection that is reset is an error that keeps its cause', async () => {
      await using server = await createSimulator({ scripts: [{ destroyAfterBytes: 600 }] }).listen()
      const model = createCohere({ apiKey: 'key', baseURL: server.url, retry: false })(modelId)
      const error = await model
        .stream('Recommend a fantasy book')
        .response()
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'connection', provider: 'cohere', model: modelId, retryable: true })
      expect(error).toHaveProperty('cause')
    })

    test('a failure inside the stream throws after its chunk, with the text and the usage known by then', async () => {
      const failed = [
        ...eventsOf(
          { id: 'x', finish_reason: 'COMPLETE', message: { role: 'assistant', tool_plan: 'I will query' } },
          6,
        ).slice(0, -1),
        // As recorded from a server whose model wrote an invalid tool call.
        {
          type: 'message-end',
          delta: {
            finish_reason: 'ERROR',
            usage: { billed_units: { input_tokens: 3 } },
            error: 'your request resulted in an invalid tool generation. Try updating the messages or tool definitions',
            error_type: 'INVALID_TOOL_GENERATION',
          },
        },
      ]
      const stream = modelOver(fetchOf(streamText(failed))).stream('Hi')
      const types: string[] = []
      const reading = async (): Promise<void> => {
        for await (const [chunk] of stream) types.push(chunk.event.type)
      }
      const error = await reading().catch((reason: unknown) => reason)
      expect(types.at(-1)).toBe('message-end')
      expect(error).toMatchObject({ code: 'server', message: expect.stringContaining('invalid tool generation') })
      expect(error).toHaveProperty('partial.message.plan', 'I will query')
      expect(error).toHaveProperty('partial.usage.billed.inputTokens', 3)
      await expect(stream.response()).rejects.toBe(error)
    })

    test('the same failure without streaming throws as well', async () => {
      const body = { id: 'x', finish_reason: 'ERROR', message: { role: 'assistant' }, usage: {}, error: 'no luck' }
      const model = modelOver(fetchOf(JSON.stringify(body), { headers: { 'content-type': 'application/json' } }))
      await expect(model.call('Hi')).rejects.toMatchObject({
        code: 'server',
        message: expect.stringContaining('no luck'),
      })
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
