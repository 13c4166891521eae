import { inspect } from 'node:util'
import { type CohereCallResponse, createCohere } from '@interlingua/cohere'
import {
  type BaseCallResponse,
  defineCall,
  defineTool,
  fallback,
  isInterlinguaError,
  jsonSchema,
  middleware,
  type Model,
  type ProviderTypes,
  promptTemplate,
  retry,
  type StreamOf,
} from '@interlingua/core'
import { createSimulator, type Script } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { noWait, wrappers } from '@interlingua/wrappers-test'

function setUp(...scripts: Script[]) {
  const simulator = createSimulator({ scripts })
  return { simulator, model: createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025') }
}

const search = defineTool({
  name: 'search',
  input: jsonSchema<{ title: string }>({ type: 'object', properties: { title: { type: 'string' } } }),
  run: ({ title }) => title,
})

/** What a stream and a response both tell. */
function told(source: StreamOf<ProviderTypes> | BaseCallResponse) {
  const { provider, model, id, content, thinking, message, toolCalls, citations, finishReason } = source
  const { usage, cost, warnings, timings, startedAt, endedAt, messages, userMessage, request, call } = source
  return {
    provider,
    model,
    id,
    content,
    thinking,
    message,
    toolCalls,
    citations,
    finishReason,
    usage,
    cost,
    warnings,
    timings,
    startedAt,
    endedAt,
    messages,
    userMessage,
    request,
    call,
  }
}

describe.each(wrappers)('what a stream tells through $wrapper', ({ wrap }) => {
  const define = (model: Model) =>
    defineCall({
      model: wrap(model),
      prompt: promptTemplate('Recommend a {genre} book'),
      maxTokens: 30,
      metadata: { tags: ['shop'], team: 'books' },
    })

  test('is what its response tells, in the end', async () => {
    const { model } = setUp()
    const stream = define(model).stream({ genre: 'fantasy' })
    const response = await stream.response()
    expect(told(stream)).toEqual(told(response))
    expect(stream.cost?.nanoUsd).toBeGreaterThan(0)
    expect(stream.userMessage).toEqual({ role: 'user', content: 'Recommend a fantasy book' })
  })

  test('is as much as has come, at any moment', async () => {
    const { model } = setUp()
    const before = Date.now()
    const stream = define(model).stream({ genre: 'fantasy' })
    expect(told(stream)).toMatchObject({
      provider: 'cohere',
      model: 'command-a-03-2025',
      content: '',
      toolCalls: [],
      usage: {},
      messages: [],
      call: {
        template: 'Recommend a {genre} book',
        args: [{ genre: 'fantasy' }],
        metadata: { tags: ['shop'], team: 'books' },
      },
    })
    for (const name of ['id', 'cost', 'startedAt', 'endedAt', 'timings', 'finishReason', 'request'] as const) {
      expect(stream[name]).toBeUndefined()
    }
    let text = ''
    for await (const [chunk] of stream) {
      text += chunk.content
      expect(stream.content).toBe(text)
      expect(stream.content).toBe(stream.partial.content)
      expect(stream.message).toEqual(stream.partial.message)
      expect(stream.usage).toEqual(stream.partial.usage)
      expect(stream.cost).toEqual(stream.partial.cost)
      expect(stream.id).toBe(stream.partial.id)
      expect(stream.messages).toHaveLength(1)
      expect(stream.startedAt).toBeGreaterThanOrEqual(before)
    }
    expect(text).not.toBe('')
    expect(stream.endedAt).toBeGreaterThanOrEqual(stream.startedAt ?? Infinity)
    expect(stream.endedAt).toBeLessThanOrEqual(Date.now() + 1)
  })

  test('stays after a break, with the time of it', async () => {
    const { model } = setUp()
    const stream = define(model).stream({ genre: 'fantasy' })
    for await (const [chunk] of stream) if (chunk.content) break
    expect(stream.content).not.toBe('')
    expect(stream.message.content).not.toEqual([])
    expect(stream.finishReason).toBeUndefined()
    expect(stream.endedAt).toBeGreaterThanOrEqual(stream.startedAt ?? Infinity)
    expect(told(stream).call).toEqual(stream.partial.call)
  })

  test('stays after an error, which has the record too', async () => {
    const { model } = setUp({ truncateAfterBytes: 900 })
    const stream = define(model).stream({ genre: 'fantasy' })
    const error = await stream.response().catch((reason: unknown) => reason)
    if (!isInterlinguaError(error)) throw new Error('no error of ours')
    expect(error.partial?.call).toEqual(stream.call)
    expect(error.partial?.call).toMatchObject({ args: [{ genre: 'fantasy' }], params: { maxTokens: 30 } })
    expect(stream.endedAt).toBeGreaterThanOrEqual(stream.startedAt ?? Infinity)
  })
})

describe('what failed before an answer', () => {
  test.for(['retry', 'fallback'] as const)('of %s counts in the usage of the stream', async (kind) => {
    const units = {
      billed_units: { input_tokens: 10, output_tokens: 20 },
      tokens: { input_tokens: 70, output_tokens: 20 },
    }
    const end = { type: 'message-end', delta: { finish_reason: 'ERROR', usage: units } }
    const { model } = setUp(
      { cohere: { mapEvent: ({ type }) => (type === 'message-end' ? [end] : []) }, times: 1 },
      { cohere: { usage: units } },
    )
    const wrapped = kind === 'retry' ? retry(model, { wait: noWait, when: () => true }) : fallback([model, model])
    const stream = wrapped.stream('Hi')
    for await (const [chunk] of stream) if (chunk.content) expect(stream.usage).toEqual(stream.partial.usage)
    const response = await stream.response()
    expect(stream.usage.billed).toEqual({ inputTokens: 20, outputTokens: 40 })
    expect(stream.usage).toEqual(response.usage)
    expect(stream.cost).toEqual(response.cost)
  })
})

describe('a record', () => {
  test('of a call has the arguments and no template where there is none', async () => {
    const { model } = setUp()
    const ask = defineCall({ model, prompt: (genre: string, count?: number) => `${count} ${genre} books`, seed: 3 })
    const { call, startedAt, endedAt } = await ask('fantasy', 2)
    expect(call).toEqual({ args: ['fantasy', 2], metadata: {}, config: {}, params: { seed: 3 } })
    expect(endedAt).toBeGreaterThanOrEqual(startedAt)
  })

  test('of a model that is asked itself has what it was asked with', async () => {
    const { model } = setUp()
    const { call } = await model.call('Hi', { tools: [search], seed: 3, metadata: { tags: ['a'] } })
    expect(call).toEqual({
      metadata: { tags: ['a'] },
      config: { tools: [search], metadata: { tags: ['a'] } },
      params: { seed: 3 },
    })
  })

  test('knows of tags, and the provider does not', async () => {
    const { model, simulator } = setUp()
    const ask = defineCall({ model, prompt: () => 'Hi', metadata: { tags: ['secret-project'] } })
    await ask()
    await ask.stream().response()
    await ask.with({ metadata: { tags: ['other-project'] } })()
    for (const { body, headers } of simulator.requests) expect(JSON.stringify({ body, headers })).not.toMatch(/project/)
    expect((await ask.with({ metadata: { tags: ['other'] } })()).call.metadata).toEqual({ tags: ['other'] })
  })

  test('stays with each step of a run, and with what is resumed', async () => {
    const { model } = setUp({ toolCalls: [{ name: 'search', arguments: { title: 'Momo' } }], times: 1 }, {})
    const ask = defineCall({ model, prompt: promptTemplate('A {genre} book'), tools: [search] })
    const { steps, response } = await ask.run([{ genre: 'fantasy' }])
    expect(steps).toHaveLength(2)
    const resumed = await response.resume('Another one')
    const streamed = response.resumeStream('Another one')
    await streamed.response()
    for (const { call } of [...steps.map((step) => step.response), resumed, streamed]) {
      expect(call).toMatchObject({ template: 'A {genre} book', args: [{ genre: 'fantasy' }] })
    }
  })

  test('is seen by the hooks of a middleware', async () => {
    const { model } = setUp()
    const seen: unknown[] = []
    const watched = middleware(model, { finish: ({ response }) => void seen.push(response?.call) })
    const ask = defineCall({ model: watched, prompt: (genre: string) => genre, metadata: { tags: ['a'] } })
    await ask('fantasy')
    await ask.stream('fantasy').response()
    expect(seen).toMatchObject([
      { args: ['fantasy'], metadata: { tags: ['a'] } },
      { args: ['fantasy'], metadata: { tags: ['a'] } },
    ])
  })

  test('does not get into what is printed or stored', async () => {
    const { model } = setUp()
    const ask = defineCall({
      model,
      prompt: (secret: string) => `Hi${secret.slice(0, 0)}`,
      metadata: { tags: ['tag'] },
    })
    const response: CohereCallResponse = await ask('argument')
    expect(response.call.args).toEqual(['argument'])
    const stream = ask.stream('argument')
    await stream.response()
    for (const each of [response, stream]) {
      expect(JSON.stringify(each)).not.toMatch(/argument|tag/)
      expect(inspect(each, { depth: 9 })).not.toMatch(/argument|'tag'/)
    }
    expect(Object.keys(JSON.parse(JSON.stringify(response)))).not.toContain('call')
  })

  test('of a response that was made by hand is empty', async () => {
    const { model } = setUp()
    const response = await model.call('Hi')
    const copy = Object.assign(Object.create(Object.getPrototypeOf(response)) as typeof response, response)
    expect(copy.call).toEqual({ metadata: {}, config: {}, params: {} })
  })
})
