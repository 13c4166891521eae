import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineCall, defineTool, type RunEvent } from '../src/index.ts'
import { type Answer, calling, saying, scriptedModel } from './scripted-model.ts'

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
describe('call.runStream', () => {
  const collect = async (run: AsyncIterable<RunEvent>) => {
    const events: RunEvent[] = []
    for await (const event of run) events.push(event)
    return events
  }
  const told = (event: RunEvent): string => {
    if (event.type === 'chunk') return event.tool ? `call ${event.tool.id}` : event.chunk.content
    return event.type === 'step' ? `step ${event.step.index}` : `result ${event.result.toolCall.id}`
  }

  test('tells everything as it happens, and comes to the same result', async () => {
    const answers = [both, saying('Rain')]
    const ask = (model: ReturnType<typeof scriptedModel>['model']) =>
      defineCall({ model, prompt: () => 'Hi', tools: [weather] })
    const run = ask(scriptedModel(...answers).model).runStream([])
    const events = await collect(run)
    expect(events.map(told).filter(Boolean)).toEqual([
      'call a',
      'call b',
      'result a',
      'result b',
      'step 0',
      'Rain',
      'step 1',
    ])
    const result = await run.result()
    expect(await run.result()).toBe(result)
    const whole = await ask(scriptedModel(...answers).model).run([])
    const essence = ({ messages, usage, cost, stopReason }: typeof whole) => ({ messages, usage, cost, stopReason })
    expect(essence(result)).toEqual(essence(whole))
  })

  test('alone, result() reads it; text() is the text of all steps', async () => {
    const ask = (...answers: readonly Answer[]) =>
      defineCall({ model: scriptedModel(...answers).model, prompt: () => 'Hi', tools: [weather] }).runStream([])
    expect((await ask(paris, saying('Rain')).result()).response.content).toBe('Rain')
    const pieces: string[] = []
    for await (const text of ask(paris, saying('Rain')).text()) pieces.push(text)
    expect(pieces).toEqual(['Rain'])
  })

  test('can be read once', async () => {
    const run = defineCall({ model: scriptedModel().model, prompt: () => 'Hi' }).runStream([])
    await run.result()
    expect(() => run[Symbol.asyncIterator]()).toThrow(expect.objectContaining({ code: 'stream_consumed' }))
  })

  test.each([
    ['an error', new TypeError('no route'), 'connection'],
    ['a stream that is cut', saying('Ra').slice(0, 1), 'truncated'],
  ])('%s in the second step keeps the first, and ends iteration and result alike', async (_, answer, code) => {
    const run = defineCall({
      model: scriptedModel(paris, answer).model,
      prompt: () => 'Hi',
      tools: [weather],
      retry: false,
    }).runStream([])
    await expect(collect(run)).rejects.toMatchObject({ code })
    const error: unknown = await run.result().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code, run: run.partial })
    expect(run.partial.steps[0]).toMatchObject({ toolResults: [{ value: 'Rain in Paris' }] })
    if (code === 'truncated') expect(run.partial.response?.content).toBe('Ra')
  })

  test('break closes the connection and stops the tools at once', async () => {
    const { model, asked } = scriptedModel(paris, saying('Rain'))
    const run = defineCall({ model, prompt: () => 'Hi', tools: [weather] }).runStream([])
    for await (const event of run) if (event.type === 'chunk' && event.step === 1) break
    expect(asked[1]?.signal?.aborted).toBe(true)
    expect(run.partial).toMatchObject({ steps: { length: 2 }, response: { content: 'Rain' } })
    await expect(run.result()).rejects.toMatchObject({ code: 'aborted', run: run.partial })
  })

  test('cancel() ends a tool that is waited for', async () => {
    const never = defineTool({ name: 'weather', run: () => new Promise(() => {}) })
    const { model } = scriptedModel(paris)
    const run = defineCall({ model, prompt: () => 'Hi', tools: [never] }).runStream([])
    const result = run.result()
    await vi.waitFor(() => expect(run.partial.response?.toolCalls).toHaveLength(1))
    run.cancel('enough')
    await expect(result).rejects.toMatchObject({ code: 'aborted', run: { steps: { length: 1 } } })
  })

  test('cancelled before it is read, it sends nothing', async () => {
    const { model, asked } = scriptedModel(saying('Rain'))
    const run = defineCall({ model, prompt: () => 'Hi' }).runStream([])
    run.cancel()
    await expect(run.result()).rejects.toMatchObject({ code: 'aborted', run: { steps: [], messages: [] } })
    expect(asked).toEqual([])
  })

  test('a tool that was started for an answer that fails is stopped with it', async () => {
    const stopped = vi.fn<() => void>()
    const never = defineTool({
      name: 'weather',
      run: (_, __, { signal }) => {
        signal.addEventListener('abort', stopped)
        return new Promise(() => {})
      },
    })
    const { model } = scriptedModel(paris.slice(0, 3))
    const run = defineCall({ model, prompt: () => 'Hi', tools: [never] }).runStream([], { eagerTools: true })
    await expect(run.result()).rejects.toMatchObject({ code: 'truncated' })
    expect(stopped).toHaveBeenCalledOnce()
  })

  test.each([
    [false, ['call a', 'call b', 'start a', 'start b']],
    [true, ['start a', 'call a', 'start b', 'call b']],
  ])('eagerTools %s: when a tool starts', async (eagerTools, expected) => {
    const seen: string[] = []
    const tool = defineTool({
      name: 'weather',
      run: (_, __, { toolCall }) => {
        seen.push(`start ${toolCall.id}`)
        return toolCall.id
      },
    })
    const { model, asked } = scriptedModel(both, saying('Rain'))
    const run = defineCall({ model, prompt: () => 'Hi', tools: [tool] }).runStream([], { eagerTools })
    for await (const event of run) if (event.type === 'chunk' && event.tool) seen.push(told(event))
    expect(seen).toEqual(expected)
    expect(asked[1]?.messages.slice(-2)).toMatchObject([{ toolCallId: 'a' }, { toolCallId: 'b' }])
    expect((await run.result()).steps[0]?.toolResults).toMatchObject([{ value: 'a' }, { value: 'b' }])
  })
})
