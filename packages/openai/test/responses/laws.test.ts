import { isInterlinguaError } from '@interlingua/core'
import type { OpenAIResponsesCallResponse } from '@interlingua/openai'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { answers, eventsOf, type SentEvent } from './answer.ts'
import { fetchOf } from '../wire-bytes.ts'
import { fetchEvents, fetchJson, framed, modelOver } from './model.ts'
import { eventsIn, recorded, recordings, type WholeResponse } from './recording.ts'
import { sentFor } from './sent.ts'

/** What must be the same whether an answer was streamed or not. */
function essence(response: OpenAIResponsesCallResponse) {
  const { id, model, message, content, thinking, refusal, toolCalls, citations } = response
  const { finishReason, usage, cost, warnings, items } = response
  return {
    id,
    model,
    message,
    content,
    thinking,
    refusal,
    toolCalls,
    citations,
    finishReason,
    usage,
    cost,
    warnings,
    items,
  }
}

/** Tokens in any order: a stream brings those of each part with its pieces. */
const tokens = ({ logprobs }: OpenAIResponsesCallResponse) => logprobs.map((each) => JSON.stringify(each)).toSorted()

const whole: WholeResponse = {
  id: 'resp_1',
  model: 'gpt-5.6',
  status: 'completed',
  incomplete_details: null,
  output: [
    { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: '**Grüße** 👩‍👩‍👧' }] },
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'read “Dune” [DONE] \u2028 日本', annotations: [], logprobs: [] }],
    },
    { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'weather', arguments: '{"city":"Köln"}' },
  ],
  usage: {
    input_tokens: 1,
    output_tokens: 2,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  },
}
const events = eventsOf(whole, 4, { pieces: true, items: true, output: true })

describe('law 1, fold = call: the fold of a stream equals the unstreamed response', () => {
  const habits = fc
    .record({ pieces: fc.boolean(), items: fc.boolean(), output: fc.boolean() })
    .filter(({ items, output }) => items || output)

  test('whatever of it the stream repeats', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.integer({ min: 1, max: 9 }), habits, async (answer, length, habit) => {
        const called = await modelOver(fetchJson(answer)).call('Hi')
        const streamed = await modelOver(fetchEvents(eventsOf(answer, length, habit)))
          .stream('Hi')
          .response()
        expect(essence(streamed)).toEqual(essence(called))
        expect(tokens(streamed)).toEqual(tokens(called))
      }),
    )
  })
})

describe('law 3, one ending', () => {
  async function outcome(text: string): Promise<unknown> {
    try {
      return (await modelOver(fetchOf(text)).stream('Hi').response()).content
    } catch (error) {
      if (isInterlinguaError(error)) return error.code
      throw error
    }
  }

  test.skipIf(!recorded).each(recordings('sse').filter((_, index) => index % 12 === 0))(
    '%s: cut after any of its events',
    async (_, recording) => {
      const all = eventsIn(recording)
      for (const at of all.keys()) expect(await outcome(framed(all.slice(0, at)))).toBe('truncated')
      expect(await outcome(framed(all))).not.toBe('truncated')
    },
  )

  test('what had arrived is kept, items that are complete included', async () => {
    const upToCall = events.slice(0, events.findIndex(({ type }) => type.startsWith('response.function_call')) + 1)
    const stream = modelOver(fetchEvents(upToCall)).stream('Hi')
    const error: unknown = await stream.response().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      code: 'truncated',
      partial: { content: 'read “Dune” [DONE] \u2028 日本', items: whole.output.slice(0, 2) },
    })
  })

  test('what comes after the end is no part of the answer', async () => {
    const late: SentEvent = { type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'late' }
    const text = `${framed([...events, late])}data: [DONE]\n\n`
    expect(await outcome(text)).toBe('read “Dune” [DONE] \u2028 日本')
    expect(await outcome(`${framed(events)}data: [DONE]\n\n`)).toBe('read “Dune” [DONE] \u2028 日本')
  })
})

test('law 6, same history: any answer that is complete goes back as it came', async () => {
  await fc.assert(
    fc.asyncProperty(answers, fc.integer({ min: 1, max: 9 }), async (answer, length) => {
      const habit = { pieces: true, items: true, output: true }
      const { message } = await modelOver(fetchEvents(eventsOf(answer, length, habit)), 'xai')
        .stream('Hi')
        .response()
      // As a conversation is kept: in JSON.
      const kept = JSON.parse(JSON.stringify(message)) as typeof message
      const { input, warnings } = await sentFor([{ role: 'user', content: 'Hi' }, kept], 'xai')
      const last = answer.output.findLastIndex(({ type }) => type !== 'reasoning')
      // Reasoning at the end of an answer that was cut led to nothing.
      const output = answer.status === 'completed' ? answer.output : answer.output.slice(0, last + 1)
      expect(input.slice(1)).toEqual(output)
      expect(warnings.length).toBe(answer.output.length - output.length)
    }),
  )
})

test('law 9, linear: every byte is parsed once, and the arguments once more when they are complete', async () => {
  const long = JSON.stringify({ long: 'word '.repeat(500) })
  const output = [{ type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: long }]
  const sent = eventsOf({ ...whole, output }, 5, { pieces: true, items: true, output: true })
  const parse = vi.spyOn(JSON, 'parse')
  await modelOver(fetchEvents(sent)).stream('Hi').response()
  const parsed = parse.mock.calls.reduce((sum, [json]) => sum + json.length, 0)
  parse.mockRestore()
  const data = sent.reduce((sum, event) => sum + JSON.stringify(event).length, 0)
  expect(parsed).toBe(data + long.length)
})
