import type { Usage } from '@interlingua/core'
import type { WireChatCompletion, WireUsage } from '@interlingua/openai'
import { afterAll, describe, expect, test } from 'vitest'
import { recorded, type Recording, recordings } from './recording.ts'
import { addUp } from './reference-fold.ts'
import { transports } from './transport.ts'
import { fetchOf } from './wire-bytes.ts'

const textOf = ({ body }: Recording): string => new TextDecoder().decode(body)
const named = (list: readonly Recording[]) => list.map((recording) => [recording.name, recording] as const)

/** The events of a body, read by the plainest means. */
function eventsIn(text: string): WireChatCompletion[] {
  const data = text.split('\n').filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
  return data.map((line) => JSON.parse(line.slice('data: '.length)) as WireChatCompletion)
}

/** Every leaf of a JSON value, as `path = value`. */
function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} = ${JSON.stringify(value)}`]
  const entries = Object.entries(value)
  if (entries.length === 0) return [`${path} = ${JSON.stringify(value)}`]
  return entries.flatMap(([key, member]) => leavesOf(member, `${path}/${key}`))
}

/** The totals of a usage are those of its buckets, and no token is in two of them. */
function expectUsage(usage: Usage, wire: WireUsage | undefined, server: string): void {
  if (wire === undefined) return expect(usage).toEqual({})
  const sum = (...counts: (number | undefined)[]) => counts.reduce<number>((total, count) => total + (count ?? 0), 0)
  const { inputTokens, cacheReadTokens, cacheWriteTokens, imageTokens, audioTokens } = usage
  // Mistral's `total_tokens` tell that audio stands beside `prompt_tokens`: 11 + 375 + 15 = 401.
  const counted = server === 'mistral' ? 0 : audioTokens
  expect(sum(inputTokens, cacheReadTokens, cacheWriteTokens, imageTokens, counted)).toBe(wire.prompt_tokens)
  expect(
    sum(
      ...Object.values({ ...usage, billedNanoUsd: 0, billed: undefined })
        .map(Number)
        .filter(Boolean),
    ),
  ).toBe(wire.total_tokens)
  const { outputTokens, reasoningTokens, outputAudioTokens, acceptedPredictionTokens, rejectedPredictionTokens } = usage
  expect(
    sum(outputTokens, reasoningTokens, outputAudioTokens, acceptedPredictionTokens, rejectedPredictionTokens),
  ).toBe(wire.completion_tokens)
  expect(cacheReadTokens).toBe(wire.prompt_tokens_details?.cached_tokens ?? wire.prompt_cache_hit_tokens)
  expect(reasoningTokens).toBe(wire.completion_tokens_details?.reasoning_tokens)
  const cost = typeof wire.cost === 'object' ? wire.cost.total_cost : wire.cost
  expect(usage.billedNanoUsd).toBe(cost === undefined ? undefined : Math.round(cost * 1e9))
}

describe.each(transports)('over the $transport transport', ({ transport, createOpenAI }) => {
  const counted = { found: 0, all: 0 }
  const modelOf = ({ server, request, body, status }: Recording, type: string) =>
    createOpenAI({
      apiKey: 'key',
      dialect: server,
      fetch: fetchOf([body], { status, headers: { 'content-type': type } }),
    })(request.model)

  function expectReachable(wire: readonly unknown[], kept: readonly unknown[]): void {
    const leaves = leavesOf(wire)
    const reachable = new Set(leavesOf(kept))
    const missing = leaves.filter((leaf) => !reachable.has(leaf))
    counted.all += leaves.length
    counted.found += leaves.length - missing.length
    expect(missing).toEqual([])
  }

  describe.skipIf(!recorded)('every recorded stream', () => {
    test.each(named(recordings('sse')))('%s', async (_, recording) => {
      const events = eventsIn(textOf(recording))
      const said = addUp(events)
      const stream = modelOf(recording, 'text/event-stream').stream('Hi')
      const kept = new Set<unknown>()
      for await (const [chunk] of stream) kept.add(chunk.event)
      expectReachable(events, [...kept])

      const response = await stream.response()
      const { content, thinking, refusal, toolCalls, finishReason, usage, logprobs, id, model } = response
      expect({ content, thinking, refusal, id, model }).toEqual({
        content: said.content,
        thinking: said.thinking,
        refusal: said.refusal,
        id: said.id,
        model: said.model,
      })
      expect(toolCalls.map((call) => ({ id: call.id, name: call.name, raw: call.raw }))).toEqual(said.calls)
      expect(finishReason.raw).toBe(said.finish)
      expect(logprobs.map(({ text }) => text)).toEqual(said.tokens)
      expectUsage(usage, said.usage, recording.server)
      expect(response.message.provider).toBe(recording.server)

      const indexes = [...new Set(events.flatMap(({ choices }) => choices.map(({ index }) => index)))].toSorted(
        (one, other) => one - other,
      )
      expect(response.choices.map(({ index }) => index)).toEqual(indexes)
      for (const { index, message, finishReason: reason } of response.choices) {
        const other = addUp(events, index)
        const parts = typeof message.content === 'string' ? [] : message.content
        expect(parts.map((part) => (part.type === 'text' ? part.text : '')).join('')).toBe(other.content)
        expect(reason.raw).toBe(other.finish)
      }
    })
  })

  describe.skipIf(!recorded)('every recorded answer', () => {
    const answers = recordings('json').filter(({ status }) => status === 200)
    test.each(named(answers))('%s', async (_, recording) => {
      const answer = JSON.parse(textOf(recording)) as WireChatCompletion
      const said = addUp([answer], 0, true)
      const response = await modelOf(recording, 'application/json').call('Hi')
      expectReachable([answer], [response.raw])
      const { content, thinking, refusal, toolCalls, finishReason, usage } = response
      expect({ content, thinking, refusal }).toEqual({
        content: said.content,
        thinking: said.thinking,
        refusal: said.refusal,
      })
      expect(toolCalls.map((call) => ({ id: call.id, name: call.name, raw: call.raw }))).toEqual(said.calls)
      expect(finishReason.raw).toBe(said.finish)
      expectUsage(usage, said.usage, recording.server)
    })
  })

  describe.skipIf(!recorded)('every recorded failure', () => {
    const failures = recordings('json').filter(({ status }) => status >= 400)
    test.each(named(failures))('%s', async (_, recording) => {
      const error: unknown = await modelOf(recording, 'application/json')
        .call('Hi')
        .catch((reason: unknown) => reason)
      const text = textOf(recording)
      const body = JSON.parse(text) as { error?: { message?: string }; message?: string; detail?: string }
      const message = body.error?.message ?? body.message ?? body.detail
      expect(error).toMatchObject({
        provider: recording.server,
        status: recording.status,
        message: expect.stringContaining(message ?? 'a message'),
        body: text,
      })
      const codes: Readonly<Record<number, readonly string[]>> = {
        400: ['invalid_request', 'context_length', 'not_found'],
        401: ['authentication'],
        404: ['not_found'],
        500: ['server'],
      }
      expect(codes[recording.status]).toContain((error as { code?: string }).code)
      if (/exceed_context_size/.test(text)) expect(error).toMatchObject({ code: 'context_length', retryable: false })
    })
  })

  afterAll(() => {
    if (recorded)
      console.info(`Over the ${transport} transport: ${counted.found} of ${counted.all} leaves can be reached.`)
  })
})
