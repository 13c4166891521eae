import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineCall, defineTool, InterlinguaError, outputParser, retry } from '../src/index.ts'
import { calling, saying, scriptedModel } from './scripted-model.ts'

const book = z.object({ title: z.string(), year: z.int() })
const momo = { title: 'Momo', year: 1973 }
const output = calling({ id: 'a', name: 'output', args: momo })
const lookUp = defineTool({
  name: 'look_up',
  input: z.object({ title: z.string() }),
  run: ({ title }, { library }: { library: string }) => `${library} has ${title}`,
})

describe('a call with an output', () => {
  test('answers with a value, streamed and not', async () => {
    const { model, asked } = scriptedModel(output, output)
    const recommend = defineCall({ model, prompt: (genre: string) => `A ${genre} book`, output: book, temperature: 0 })
    const response = await recommend('fantasy')
    expect(response.output).toEqual(momo)
    expect(response.call).toMatchObject({ args: ['fantasy'], params: { temperature: 0 } })
    const stream = recommend.stream('fantasy')
    const seen: unknown[] = []
    for await (const partial of stream.partials()) seen.push(partial)
    expect(seen.at(-1)).toEqual(momo)
    expect((await stream.response()).output).toEqual(momo)
    expect(stream.call.args).toEqual(['fantasy'])
    expect(asked).toHaveLength(2)
    expect(asked[0]).toMatchObject({ params: { temperature: 0 }, config: { toolChoice: { name: 'output' } } })
    expect(asked[0]?.params).not.toHaveProperty('output')
    expect(asked[0]?.params).not.toHaveProperty('outputOptions')
  })

  test('takes the options of an output in a place of their own', async () => {
    const { model, asked } = scriptedModel(saying('{"title":"Momo"}'), saying(JSON.stringify(momo)))
    const recommend = defineCall({
      model,
      prompt: () => 'A book',
      output: book,
      outputOptions: { mode: 'prompted', repair: { attempts: 1 } },
    })
    expect((await recommend()).output).toEqual(momo)
    expect(asked).toHaveLength(2)
    expect(JSON.stringify(asked[0]?.messages)).toContain('JSON Schema')
    expect(JSON.stringify(asked[1]?.messages)).toContain('cannot be used')
  })

  test('runs tools first, and has the output in the end', async () => {
    for (const streamed of [false, true]) {
      const { model, asked } = scriptedModel(
        calling({ id: 'a', name: 'look_up', args: { title: 'Momo' } }),
        calling({ id: 'b', name: 'output', args: momo }),
      )
      const recommend = defineCall({ model, prompt: () => 'A book', output: book, tools: [lookUp] })
      const context = { library: 'Ours' }
      const result = await (streamed ? recommend.runStream([], { context }).result() : recommend.run([], { context }))
      expect(result.response.output).toEqual(momo)
      expect(result.steps[0]?.toolResults).toMatchObject([{ value: 'Ours has Momo' }])
      expect(() => result.steps[0]?.response.output).toThrow(/calls tools first/)
      expect(result.stopReason).toBe('finished')
      expect(asked).toHaveLength(2)
    }
  })

  test('has tools that are run by hand, with their context', async () => {
    const { model } = scriptedModel(
      calling({ id: 'a', name: 'look_up', args: { title: 'Momo' } }),
      calling({ id: 'b', name: 'output', args: momo }),
    )
    const recommend = defineCall({ model, prompt: () => 'A book', output: book, tools: [lookUp] })
    const first = await recommend()
    const results = await first.runTools({ context: { library: 'Ours' } })
    expect(results).toMatchObject([{ content: 'Ours has Momo' }])
    expect((await first.resume(results)).output).toEqual(momo)
  })

  test('can be given later, and replaced; the call itself stays as it is', async () => {
    const { model } = scriptedModel(output, output, saying('Momo\nEmil'), saying('Momo'))
    const text = defineCall({ model, prompt: () => 'A book' })
    const structured = text.with({ output: book })
    expect((await structured()).output).toEqual(momo)
    expect((await structured.with({ temperature: 0 })()).output).toEqual(momo)
    const lines = structured.with({ output: outputParser(({ content }) => content.split('\n')) })
    expect((await lines()).output).toEqual(['Momo', 'Emil'])
    expect(await text()).not.toHaveProperty('output')
  })

  test('goes with a prompt that says more', async () => {
    const { model, asked } = scriptedModel(output)
    const other = scriptedModel(output)
    const prompt = vi.fn((hard: boolean) => ({
      messages: 'A book',
      temperature: 1,
      ...(hard && { model: retry(other.model) }),
    }))
    const recommend = defineCall({ model, prompt, output: book })
    expect((await recommend(false)).output).toEqual(momo)
    expect((await recommend.stream(true).response()).output).toEqual(momo)
    expect([asked.length, other.asked.length]).toEqual([1, 1])
    expect(other.asked[0]).toMatchObject({ params: { temperature: 1 }, config: { toolChoice: { name: 'output' } } })
    expect(prompt).toHaveBeenCalledTimes(2)
  })

  test('that is no schema is refused when the call is defined', () => {
    const { model } = scriptedModel()
    const define = (): unknown =>
      defineCall({ model, prompt: () => 'Hi', output: { '~standard': { version: 1, vendor: 'x' } } as never })
    expect(define).toThrow(InterlinguaError)
  })
})

describe('a run that does not end by itself', () => {
  test('tells that it took as many steps as it may, with what the last tools gave', async () => {
    const again = calling({ id: 'a', name: 'look_up', args: { title: 'Momo' } })
    const { model, asked } = scriptedModel(again, again, again)
    const recommend = defineCall({ model, prompt: () => 'A book', tools: [lookUp] })
    const { stopReason, steps, messages } = await recommend.run([], { context: { library: 'Ours' }, maxSteps: 3 })
    expect({ stopReason, steps: steps.length, asked: asked.length }).toEqual({
      stopReason: 'max_steps',
      steps: 3,
      asked: 3,
    })
    expect(messages.at(-1)).toMatchObject({ role: 'tool', content: 'Ours has Momo' })
  })

  test('goes on after a tool that never returns', async () => {
    const never = defineTool({ name: 'never', timeoutMs: 5, run: () => new Promise(() => {}) })
    const { model } = scriptedModel(calling({ id: 'a', name: 'never' }), saying('It takes too long.'))
    const ask = defineCall({ model, prompt: () => 'Hi', tools: [never] })
    const { steps, response } = await ask.run([])
    expect(steps[0]?.toolResults).toMatchObject([{ error: { code: 'timeout' }, message: { isError: true } }])
    expect(response.content).toBe('It takes too long.')
  })

  test('ends when it is cancelled while a model never ends its answer', async () => {
    const controller = new AbortController()
    const never = (_: unknown, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<never> =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new InterlinguaError({ code: 'aborted', message: 'stopped' })))
        controller.abort()
      })
    const model = { ...scriptedModel().model, call: never }
    const running = defineCall({ model, prompt: () => 'Hi' }).run([], { signal: controller.signal })
    await expect(running).rejects.toMatchObject({ code: 'aborted', run: { steps: [] } })
  })
})
