import { createCohere } from '@interlingua/cohere'
import { defineCall, defineTool, structured } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const usage = { billed_units: { input_tokens: 4, output_tokens: 3 }, tokens: { input_tokens: 70, output_tokens: 3 } }
const lookUp = defineTool({ name: 'look_up', run: () => 'Nothing.' })

function start(scripts = [{ deltas: ['Read ', 'Dune.'], chunking: 'event' as const, cohere: { usage } }]) {
  const simulator = createSimulator({ scripts })
  const model = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025')
  const prompt = (genre: string) => `Recommend a ${genre} book`
  return { simulator, model, recommend: defineCall({ model, prompt, tools: [lookUp], temperature: 0.2 }) }
}

describe('a stream says of itself', () => {
  test('whom it asks, and with what, before anything is sent', async () => {
    const { simulator, recommend } = start()
    const stream = recommend.stream('fantasy')
    expect([stream.provider, stream.model]).toEqual(['cohere', 'command-a-03-2025'])
    expect(stream.params).toEqual({ temperature: 0.2 })
    expect(stream.config.tools).toEqual([lookUp])
    expect([stream.messages, stream.partial.content, simulator.requests]).toEqual([[], '', []])
    await stream.response()
    expect(stream.messages).toEqual([{ role: 'user', content: 'Recommend a fantasy book' }])
  })

  test('what has come of the answer, at every moment', async () => {
    const stream = start().recommend.stream('fantasy')
    const contents = new Set<string>()
    for await (const [chunk] of stream) {
      const { content, message, usage: known, finishReason } = stream.partial
      contents.add(content)
      expect(message).toMatchObject({ role: 'assistant' })
      expect(message.content).toEqual(content === '' ? expect.anything() : [{ type: 'text', text: content }])
      // Nothing is made up while it is unknown.
      if (chunk.finishReason === undefined) expect([known, finishReason.unified]).toEqual([{}, 'unknown'])
    }
    expect([...contents]).toEqual(['', 'Read ', 'Read Dune.'])
    expect(stream.partial.id).toMatch(/^[\da-f-]{36}$/)
    expect(stream.partial).toMatchObject({
      usage: { inputTokens: 70, outputTokens: 3 },
      finishReason: { unified: 'stop', raw: 'COMPLETE' },
    })
  })

  test('when it was sent, and how long it took, streamed or not', async () => {
    const before = Date.now()
    const { recommend } = start()
    for (const { timings } of [await recommend.stream('fantasy').response(), await recommend('fantasy')]) {
      expect(timings.startedAt).toBeGreaterThanOrEqual(before)
      expect(timings.startedAt).toBeLessThanOrEqual(Date.now())
      expect(timings.totalMs).toBeGreaterThanOrEqual(timings.headersMs ?? Number.NaN)
    }
  })

  test('the request as it was sent, without the key', async () => {
    const { simulator, recommend } = start()
    const stream = recommend.stream('fantasy')
    const { request } = await stream.response()
    expect(request?.body).toEqual(simulator.requests[0]?.body)
    expect(request?.body).toMatchObject({ model: 'command-a-03-2025', temperature: 0.2, tools: [{ type: 'function' }] })
    expect(JSON.stringify(stream.partial)).not.toContain('Bearer')
  })
})

test('a field of the output may come from the call instead of the model', async () => {
  const { simulator, model } = start([{ deltas: ['{"title":"Dune"}'], chunking: 'event', cohere: { usage } }])
  const recommend = async (genre: string) => {
    const book = z.object({ title: z.string() }).transform(({ title }) => ({ title, genre }))
    const { output } = await structured(model, book).call(`Recommend a ${genre} book as JSON`)
    return output
  }
  expect(await recommend('fantasy')).toEqual({ title: 'Dune', genre: 'fantasy' })
  // The model is not asked for it.
  expect(JSON.stringify(simulator.requests[0]?.body)).not.toContain('"genre"')
})
