import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { BaseCallResponse, defineTool, type Message } from '../src/index.ts'
import { calling, saying, scriptedModel } from './scripted-model.ts'

const weather = defineTool({
  name: 'weather',
  input: z.object({ city: z.string() }),
  run: ({ city }) => `Rain in ${city}`,
})
const paris = calling({ id: 'a', name: 'weather', args: { city: 'Paris' } })
const both = calling(
  { id: 'a', name: 'weather', args: { city: 'Paris' } },
  { id: 'b', name: 'weather', args: { city: 'Rome' } },
)
const question: Message = { role: 'user', content: 'The weather?' }
const rain = (toolCallId: string, city: string): Message => ({
  role: 'tool',
  toolCallId,
  content: `Rain in ${city}`,
})

describe('response.runTools and response.resume', () => {
  const tools = [weather]

  test('an agent is a loop of three words', async () => {
    const { model, asked } = scriptedModel(both, paris, saying('Rain'))
    const first = await model.call([question], { tools, temperature: 0.5, toolChoice: 'auto' })
    let response = first
    while (response.toolCalls.length > 0) response = await response.resume(await response.runTools())
    expect(response.content).toBe('Rain')
    expect(asked.map(({ model: id, params, config }) => [id, params, config])).toEqual(
      asked.map(() => ['acme-1', { temperature: 0.5 }, { tools, toolChoice: 'auto' }]),
    )
    expect(asked[1]?.messages).toEqual([question, first.message, rain('a', 'Paris'), rain('b', 'Rome')])
    expect(asked[2]?.messages).toHaveLength(6)
  })

  test('a text is what the user says next', async () => {
    const { model, asked } = scriptedModel(saying('Hello'), saying('Bye'))
    const response = await model.call('Hi')
    await response.resume('And now?', { seed: 3 })
    expect(asked[1]).toMatchObject({
      messages: [{ role: 'user', content: 'Hi' }, response.message, { role: 'user', content: 'And now?' }],
      params: { seed: 3 },
    })
  })

  test('streamed as well', async () => {
    const { model, asked } = scriptedModel(paris, saying('Rain'))
    const response = await model.stream([question], { tools }).response()
    const pieces: string[] = []
    for await (const text of response.resumeStream(await response.runTools()).text()) pieces.push(text)
    expect(pieces).toEqual(['Rain'])
    expect(asked[1]).toMatchObject({ messages: [question, response.message, rain('a', 'Paris')], stream: true })
  })

  test.each(['required', { name: 'weather' }] as const)(
    'the choice %j is not repeated: the model could never answer',
    async (toolChoice) => {
      const { model, asked } = scriptedModel(paris, saying('Rain'), saying('Still'))
      const first = await model.call([question], { tools, toolChoice })
      await first.resume(await first.runTools())
      await first.resume(await first.runTools(), { toolChoice: 'none' })
      expect(asked.map(({ config }) => config.toolChoice)).toEqual([toolChoice, undefined, 'none'])
    },
  )

  test('a tool call without a result is a typed error, and nothing is sent', async () => {
    const { model, asked } = scriptedModel(both)
    const response = await model.call([question], { tools })
    const expected = { code: 'invalid_request', message: expect.stringContaining('weather (b)') }
    await expect(response.resume([rain('a', 'Paris')])).rejects.toMatchObject(expected)
    expect(() => response.resumeStream('Go on')).toThrow(expect.objectContaining({ code: 'invalid_request' }))
    expect(asked).toHaveLength(1)
  })

  test('a tool without `run` is left to the caller', async () => {
    const { model } = scriptedModel(
      calling({ id: 'x', name: 'ask_user' }, { id: 'b', name: 'weather', args: { city: 'Rome' } }),
    )
    const response = await model.call([question], { tools: [weather, { name: 'ask_user', parameters: {} }] })
    expect(await response.runTools()).toEqual([rain('b', 'Rome')])
  })

  test('the caller’s signal stops the tools, that of the call too', async () => {
    const { model } = scriptedModel(paris, paris)
    const slow = defineTool({ name: 'weather', run: () => new Promise(() => {}) })
    const controller = new AbortController()
    const one = await model.call([question], { tools: [slow] })
    const other = await model.call([question], { tools: [slow], signal: controller.signal })
    const running = [one.runTools({ signal: controller.signal }), other.runTools()]
    controller.abort()
    for (const each of running) await expect(each).rejects.toMatchObject({ code: 'aborted' })
  })

  test('what a response carries for that is not in it', async () => {
    const { model } = scriptedModel(paris)
    const response = await model.call([question], { tools })
    expect(inspect(response, { depth: 9, showHidden: true })).not.toContain('toolChoice')
    expect(JSON.stringify(response)).not.toContain('parameters')
    const expected = { code: 'invalid_request', message: expect.stringContaining('a copy') }
    await expect(new BaseCallResponse(response).resume('Hi')).rejects.toMatchObject(expected)
  })
})
