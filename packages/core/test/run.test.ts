import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineCall, defineTool, type InterlinguaError, type Message } from '../src/index.ts'
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
const rain = (toolCallId: string, city: string): Message => ({
  role: 'tool',
  toolCallId,
  content: `Rain in ${city}`,
})

describe('call.run', () => {
  test('asks until the model asks for no more tools', async () => {
    const { model, asked } = scriptedModel(both, paris, saying('Rain'))
    const ask = defineCall({ model, prompt: (city: string) => `Weather in ${city}?`, tools: [weather], temperature: 0 })
    const seen: number[] = []
    const result = await ask.run(['Paris'], { onStep: ({ index }) => void seen.push(index) })
    expect(result).toMatchObject({
      stopReason: 'finished',
      response: { content: 'Rain' },
      usage: { inputTokens: 40, outputTokens: 17 },
      cost: { nanoUsd: 40_000 + 34_000, costs: [{}, {}, {}] },
    })
    expect(seen).toEqual([0, 1, 2])
    expect(result.steps.map(({ toolResults }) => toolResults.map(({ value }) => value))).toEqual([
      ['Rain in Paris', 'Rain in Rome'],
      ['Rain in Paris'],
      [],
    ])
    expect(result.messages).toEqual([...(asked[2]?.messages ?? []), result.response.message])
    expect(asked.every(({ params }) => params.temperature === 0)).toBe(true)
  })

  test('is told what goes wrong, and goes on', async () => {
    const { model, asked } = scriptedModel(
      calling({ id: 'a', name: 'radio' }, { id: 'b', name: 'weather', raw: '{"city"' }, { id: 'c', name: 'weather' }),
      saying('Sorry'),
    )
    const result = await defineCall({ model, prompt: () => 'Hi', tools: [weather] }).run([])
    expect(result.stopReason).toBe('finished')
    expect(asked[1]?.messages.slice(2)).toMatchObject([
      { toolCallId: 'a', isError: true, content: 'There is no tool radio. The tools are: weather.' },
      { toolCallId: 'b', isError: true, content: expect.stringContaining('are not JSON') },
      { toolCallId: 'c', isError: true, content: expect.stringContaining('city') },
    ])
  })

  test('gives tools their context', async () => {
    const { model } = scriptedModel(calling({ id: 'a', name: 'whoami' }), saying('Ada'))
    const whoami = defineTool({ name: 'whoami', run: (_, { user }: { user: string }) => user })
    const result = await defineCall({ model, prompt: () => 'Who?', tools: [whoami] }).run([], {
      context: { user: 'Ada' },
    })
    expect(result.steps[0]?.toolResults).toMatchObject([{ value: 'Ada' }])
  })

  test.each([
    ['maxSteps', { maxSteps: 2 }, 'max_steps', 2],
    ['the default of ten', {}, 'max_steps', 10],
    ['stopWhen', { stopWhen: async ({ index }: { index: number }) => index === 2 }, 'stop_when', 3],
  ])('ends by %s, which shows, with a conversation that can go on', async (_, options, stopReason, steps) => {
    const { model, asked } = scriptedModel(...Array.from({ length: 20 }, () => paris))
    const result = await defineCall({ model, prompt: () => 'Hi', tools: [weather] }).run([], options)
    expect(result).toMatchObject({ stopReason, steps: { length: steps }, usage: { inputTokens: 10 * steps } })
    expect(asked).toHaveLength(steps)
    expect(result.messages.at(-1)).toEqual(rain('a', 'Paris'))
  })

  test('makes the model call a tool once, where it has to', async () => {
    const { model, asked } = scriptedModel(paris, saying('Rain'))
    await defineCall({ model, prompt: () => 'Hi', tools: [weather], toolChoice: 'required' }).run([])
    expect(asked.map(({ config }) => config.toolChoice)).toEqual(['required', undefined])
  })

  test('hands a tool without `run` over to the caller', async () => {
    const { model } = scriptedModel(
      calling({ id: 'x', name: 'ask_user' }, { id: 'b', name: 'weather', args: { city: 'Rome' } }),
      saying('Thanks'),
    )
    const ask = defineCall({ model, prompt: () => 'Hi', tools: [weather, { name: 'ask_user', parameters: {} }] })
    const { response, stopReason, messages } = await ask.run([])
    expect(stopReason).toBe('tool_without_run')
    expect(messages.at(-1)).toEqual(rain('b', 'Rome'))
    const answer: Message = { role: 'tool', toolCallId: 'x', content: 'Yes' }
    expect((await response.resume([...(await response.runTools()), answer])).content).toBe('Thanks')
  })

  test('a response of a run can be resumed after it', async () => {
    const { model, asked } = scriptedModel(paris, saying('Rain'), saying('Bring one'))
    const { response } = await defineCall({ model, prompt: () => 'Hi', tools: [weather] }).run([])
    expect((await response.resume('An umbrella?')).content).toBe('Bring one')
    expect(asked[2]).toMatchObject({ config: { tools: [weather] }, messages: { length: 5 } })
  })

  test('usage and cost that one step does not tell are unknown', async () => {
    const silent = saying('Rain').filter(({ type }) => type !== 'usage')
    const { model } = scriptedModel(paris, silent)
    const { usage, cost } = await defineCall({ model, prompt: () => 'Hi', tools: [weather] }).run([])
    expect({ usage, cost }).toEqual({ usage: {}, cost: undefined })
  })

  test.each([0, -1, Number.NaN])('maxSteps of %d is a typed error', async (maxSteps) => {
    const { model, asked } = scriptedModel()
    const expected = { code: 'invalid_request', field: 'maxSteps' }
    await expect(defineCall({ model, prompt: () => 'Hi' }).run([], { maxSteps })).rejects.toMatchObject(expected)
    expect(asked).toEqual([])
  })

  test('an error keeps every step before it', async () => {
    const { model } = scriptedModel(paris, new TypeError('no route'))
    const error: unknown = await defineCall({ model, prompt: () => 'Hi', tools: [weather], retry: false })
      .run([])
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'connection', run: { usage: { inputTokens: 10 }, cost: { nanoUsd: 20_000 } } })
    const { run } = error as InterlinguaError
    expect(run?.steps).toHaveLength(1)
    expect(run?.messages).toHaveLength(3)
    expect(inspect(error)).not.toContain('Rain in Paris')
  })

  test('what a hook throws surfaces', async () => {
    const { model } = scriptedModel(paris)
    const ask = defineCall({ model, prompt: () => 'Hi', tools: [weather] })
    const mine = new Error('mine')
    const onStep = () => Promise.reject(mine)
    await expect(ask.run([], { onStep })).rejects.toBe(mine)
  })

  test('abort while tools run keeps the results that are there', async () => {
    const { model } = scriptedModel(
      calling({ id: 'a', name: 'never' }, { id: 'b', name: 'weather', args: { city: 'Rome' } }),
    )
    const stopped = vi.fn<() => void>()
    const never = defineTool({
      name: 'never',
      run: (_, __, { signal }) => {
        signal.addEventListener('abort', stopped)
        return new Promise(() => {})
      },
    })
    const controller = new AbortController()
    const error: unknown = await defineCall({ model, prompt: () => 'Hi', tools: [weather, never] })
      .run([], { signal: controller.signal, onToolResult: () => controller.abort() })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'aborted', partial: { toolCalls: { length: 2 } } })
    expect((error as InterlinguaError).run?.steps).toMatchObject([{ toolResults: [{ value: 'Rain in Rome' }] }])
    expect(stopped).toHaveBeenCalledOnce()
  })
})
