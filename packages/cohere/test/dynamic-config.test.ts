import { createCohere } from '@interlingua/cohere'
import {
  defineCall,
  defineTool,
  type DynamicConfig,
  jsonSchema,
  middleware,
  type Model,
  override,
  promptTemplate,
  retry,
  structured,
} from '@interlingua/core'
import { contextModel, withModel } from '@interlingua/core/context'
import { createSimulator, type Script } from '@interlingua/simulator'
import { describe, expect, test, vi } from 'vitest'
import { noWait, wrappers } from '@interlingua/wrappers-test'

function setUp(...scripts: Script[]) {
  const simulator = createSimulator({ scripts })
  const cohere = createCohere({ apiKey: 'key', fetch: simulator.fetch })
  const body = (index = 0) => simulator.requests[index]?.body as Record<string, unknown>
  return { simulator, cohere, model: cohere('command-a-03-2025'), body }
}

const titled = jsonSchema<{ title: string }>({
  type: 'object',
  properties: { title: { type: 'string' } },
  required: ['title'],
})
const search = defineTool({ name: 'search', input: titled, run: ({ title }) => `Has ${title}` })
const lend = defineTool({ name: 'lend', run: (_, { reader }: { reader: string }) => `Lent to ${reader}` })

describe.each(wrappers)('a dynamic config through $wrapper', ({ wrap }) => {
  const config = {
    messages: [{ role: 'user', content: 'Recommend a book' }],
    tools: [search],
    seed: 7,
    metadata: { tags: ['dynamic'] },
  } satisfies DynamicConfig

  test.for(['call', 'stream'] as const)('is merged over what the %s has', async (kind) => {
    const { simulator, model, body } = setUp()
    const prompt = vi.fn(async (_genre: string) => config)
    const ask = defineCall({
      model: wrap(model),
      prompt,
      tools: [lend],
      maxTokens: 20,
      seed: 1,
      metadata: { tags: ['static'] },
    })
    const stream = ask.stream('fantasy')
    expect(simulator.requests).toHaveLength(0)
    expect(stream.call).toMatchObject({ args: ['fantasy'], metadata: { tags: ['static'] } })
    const response = kind === 'call' ? await ask('fantasy') : await stream.response()
    expect(prompt).toHaveBeenCalledOnce()
    expect(simulator.requests).toHaveLength(1)
    expect(body()).toMatchObject({
      messages: config.messages,
      tools: [{ function: { name: 'search' } }],
      max_tokens: 20,
      seed: 7,
      stream: kind === 'stream',
    })
    expect(JSON.stringify(body())).not.toMatch(/dynamic|static|metadata/)
    expect(response.call).toMatchObject({
      args: ['fantasy'],
      dynamicConfig: config,
      metadata: { tags: ['dynamic'] },
      params: { maxTokens: 20, seed: 7 },
      config: { tools: [search] },
    })
    if (kind === 'stream') expect(stream.call).toEqual(response.call)
  })

  test('holds for what is asked next', async () => {
    const { simulator, model, body } = setUp()
    const first = await wrap(model).call(() => ({ messages: 'Hi', seed: 7 }), { maxTokens: 20 })
    await first.resume('And you?')
    const last = simulator.requests.length - 1
    expect(body(last)).toMatchObject({ seed: 7, max_tokens: 20 })
    expect(body(last)['messages']).toHaveLength(3)
  })

  test('is the same in an explanation', async () => {
    const { simulator, model, body } = setUp()
    const ask = defineCall({ model: wrap(model), prompt: () => config, maxTokens: 20 })
    const explained = await ask.explain()
    const streamed = await ask.explain.stream()
    expect(simulator.requests).toHaveLength(0)
    await ask()
    await ask.stream().response()
    expect(explained.body).toEqual(body(0))
    expect(streamed.body).toEqual(body(1))
    expect(explained.messages).toEqual(config.messages)
  })

  test('that is wrong is told, and sends nothing', async () => {
    const { simulator, model } = setUp()
    // A prompt of plain JavaScript may give anything.
    const prompt = (): string => undefined as never
    const failure = { code: 'prompt', provider: 'cohere', message: expect.stringContaining('Is a `return` missing?') }
    await expect(wrap(model).call(prompt)).rejects.toMatchObject(failure)
    await expect(wrap(model).stream(prompt).response()).rejects.toMatchObject(failure)
    await expect(wrap(model).explain(prompt)).rejects.toMatchObject(failure)
    expect(simulator.requests).toHaveLength(0)
  })
})

describe('the model of a dynamic config', () => {
  test('answers this call, and what is asked next, and no other call', async () => {
    const { model, cohere, body } = setUp()
    const ask = defineCall({
      model,
      prompt: (hard: boolean) => ({ messages: 'Hi', model: hard ? cohere('command-r-08-2024') : undefined }),
    })
    const response = await ask(true)
    expect(response.model).toBe('command-r-08-2024')
    await response.resume('Go on')
    const stream = ask.stream(true)
    expect(stream.model).toBe('command-a-03-2025')
    expect((await stream.response()).model).toBe('command-r-08-2024')
    expect(stream.model).toBe('command-r-08-2024')
    await ask(false)
    expect([0, 1, 2, 3].map((index) => body(index)['model'])).toEqual([
      'command-r-08-2024',
      'command-r-08-2024',
      'command-r-08-2024',
      'command-a-03-2025',
    ])
  })

  test('answers every step of a run, and what is asked after it', async () => {
    const { model, cohere, simulator } = setUp({
      toolCalls: [{ name: 'search', arguments: '{"title":"Momo"}' }],
      times: 1,
    })
    const prompt = () => ({ messages: 'Momo?', model: cohere('command-r-08-2024') })
    const { response } = await defineCall({ model, prompt, tools: [search] }).run([])
    await response.resume('Go on')
    const asked = simulator.requests.map(({ body: sent }) => (sent as { model: string }).model)
    expect(asked).toEqual(['command-r-08-2024', 'command-r-08-2024', 'command-r-08-2024'])
  })

  test('stands in place of the model with all that wraps it', async () => {
    const { model, cohere, body } = setUp()
    await override(model, { seed: 1 }).call(() => ({ messages: 'Hi', model: cohere('command-r-08-2024') }))
    expect(body()).toMatchObject({ model: 'command-r-08-2024' })
    expect(body()).not.toHaveProperty('seed')
  })

  test('is asked for the output of the call, too', async () => {
    const { model, cohere, body } = setUp({ text: '{"title":"Momo"}' })
    const ask = defineCall({
      model,
      output: titled,
      prompt: () => ({ messages: 'A book?', model: cohere('command-r-08-2024') }),
    })
    expect((await ask()).output).toEqual({ title: 'Momo' })
    expect(body()).toMatchObject({ model: 'command-r-08-2024', response_format: { type: 'json_object' } })
  })
})

describe('a dynamic config', () => {
  test('merges headers by name, and leaves alone what is undefined', async () => {
    const { model, simulator, body } = setUp()
    await model.call(() => ({ messages: 'Hi', headers: { 'x-a': '2' }, seed: undefined, temperature: 0 }), {
      headers: { 'x-a': '1', 'x-b': '1' },
      seed: 5,
      temperature: 1,
    })
    expect(simulator.requests[0]?.headers).toMatchObject({ 'x-a': '2', 'x-b': '1' })
    expect(body()).toMatchObject({ seed: 5, temperature: 0 })
  })

  test('gives documents to one call, of which the next knows nothing', async () => {
    const { model, body } = setUp()
    const ask = defineCall({
      model,
      prompt: async (question: string) => ({
        messages: question,
        ...(question.endsWith('?') && { documents: ['Momo is by Michael Ende.'] }),
      }),
    })
    await ask('Who wrote Momo?')
    await ask('Thank you.')
    expect(body(0)).toHaveProperty('documents')
    expect(body(1)).not.toHaveProperty('documents')
  })

  test('is seen by a structured model when it chooses its mode', async () => {
    const { model, body } = setUp({ toolCalls: [{ name: 'search', arguments: { title: 'Momo' } }] })
    const librarian = structured(model, titled, { mode: 'tool' })
    const response = await librarian.call(() => ({ messages: 'A book?', tools: [search] }))
    expect(response.toolCalls).toMatchObject([{ name: 'search' }])
    expect(body()['tools']).toMatchObject([{ function: { name: 'search' } }, { function: { name: 'output' } }])
  })

  test('is seen by the hooks of a middleware', async () => {
    const { model } = setUp()
    const request = vi.fn()
    await middleware(model, { request }).call(() => ({ messages: 'Hi', seed: 3 }), { maxTokens: 5 })
    expect(request.mock.calls).toMatchObject([[{ options: { seed: 3, maxTokens: 5 }, messages: [{ content: 'Hi' }] }]])
  })

  test('is worked out once for all attempts', async () => {
    const { model, simulator, body } = setUp({ status: 503, times: 1 }, { text: 'Hi' })
    const prompt = vi.fn(() => ({ messages: 'Hi', seed: 3 }))
    await retry(model, { wait: noWait }).call(prompt)
    expect(prompt).toHaveBeenCalledOnce()
    expect(simulator.requests).toHaveLength(2)
    expect(body(1)).toMatchObject({ seed: 3 })
  })

  test.for([true, false])('gives tools to a run, streamed: %s', async (streamed) => {
    const { model, simulator, body } = setUp(
      { toolCalls: [{ name: 'search', arguments: { title: 'Momo' } }], times: 1 },
      { text: 'Here it is' },
    )
    const ask = defineCall({ model, prompt: () => ({ messages: 'Momo?', tools: [search], seed: 2 }) })
    const { response, steps, stopReason } = await (streamed ? ask.runStream([]).result() : ask.run([]))
    expect(stopReason).toBe('finished')
    expect(steps[0]?.toolResults).toMatchObject([{ value: 'Has Momo' }])
    expect(simulator.requests).toHaveLength(2)
    expect(body(1)).toMatchObject({ seed: 2, tools: [{ function: { name: 'search' } }] })
    expect(response.call).toMatchObject({ args: [], dynamicConfig: { seed: 2 } })
  })

  test('may come from a prompt of a context model, which stays the one of its call', async () => {
    const { cohere, body } = setUp()
    const one: Model = cohere('command-a-03-2025')
    const ask = defineCall({ model: contextModel(), prompt: () => ({ messages: 'Hi', seed: 4 }) })
    const stream = withModel(one, () => ask.stream())
    await withModel(cohere('command-r-08-2024'), () => stream.response())
    expect(body()).toMatchObject({ model: 'command-a-03-2025', seed: 4 })
  })

  test('is not waited for when the call is stopped', async () => {
    const { model, simulator } = setUp()
    const finish = vi.fn()
    const watched = middleware(model, { finish })
    const never = (): Promise<string> => new Promise(() => {})
    const controller = new AbortController()
    const called = watched.call(never, { signal: controller.signal })
    controller.abort()
    await expect(called).rejects.toMatchObject({ code: 'aborted' })
    const stream = watched.stream(never)
    const response = stream.response()
    // The first read asks for the prompt.
    await Promise.resolve()
    stream.cancel()
    await expect(response).rejects.toMatchObject({ code: 'aborted' })
    expect(finish.mock.calls.map(([end]) => end.outcome)).toEqual(['aborted', 'aborted'])
    expect(simulator.requests).toHaveLength(0)
  })

  test('leaves a conversation that many calls share as it is', async () => {
    const { model } = setUp()
    const history = [{ role: 'user', content: 'Hi' }] as const
    const ask = defineCall({ model, prompt: (_count: number) => history })
    const responses = await Promise.all([ask(1), ask(2)])
    expect(responses.map(({ call }) => call.args)).toEqual([[1], [2]])
  })

  test.for([
    [42, /gave a number/],
    [null, /gave null/],
    [undefined, /gave undefined\. Is a `return` missing\?/],
    [{ role: 'user', content: 'Hi' }, /a single message\. Put it in a list/],
    [{ prompt: 'Hi', temperature: 0 }, /without `messages`, but with prompt, temperature/],
    [{ messages: { role: 'user' } }, /`messages` that are an object/],
    [['Hi'], /item 0 is a string and no message/],
    [{ messages: [{ content: 'Hi' }] }, /item 0 is an object and no message/],
    [promptTemplate('Hi'), /gave a function\. Call it/],
    [{ messages: promptTemplate('Hi') }, /`messages` that are a function\. Call it/],
    [{ messages: 'Hi', params: { temperature: 0 } }, /`params`: parameters stand beside/],
    [{ messages: 'Hi', signal: new AbortController().signal }, /`signal`: a prompt comes too late/],
    [{ messages: 'Hi', client: {} }, /`client`: a client belongs to a provider/],
    [{ messages: 'Hi', tools: search }, /`tools` that are an object\. Give a list/],
    [{ messages: 'Hi', computedFields: ['a'] }, /`computedFields` that are a list/],
    [{ messages: 'Hi', metadata: 'checkout' }, /`metadata` that is a string/],
    [{ messages: 'Hi', model: 'command-a' }, /`model` that is a string/],
  ])('of the shape %j is an error that helps', async ([shape, message]) => {
    const { model, simulator } = setUp()
    const ask = defineCall({ model, prompt: () => shape as never })
    const failure = { code: 'prompt', message: expect.stringMatching(message as RegExp), model: 'command-a-03-2025' }
    await expect(ask()).rejects.toMatchObject(failure)
    await expect(ask.messages()).rejects.toMatchObject({ code: 'prompt' })
    expect(simulator.requests).toHaveLength(0)
  })

  test('whose function throws is an error with the cause', async () => {
    const { model } = setUp()
    const cause = new Error('no database')
    const ask = defineCall({
      model,
      prompt: () => {
        throw cause
      },
    })
    for (const asked of [ask(), ask.stream().response(), ask.messages(), ask.explain(), ask.run([])]) {
      await expect(asked).rejects.toMatchObject({ code: 'prompt', cause })
    }
  })
})
