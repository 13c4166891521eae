import { defineCall, defineTool, isInterlinguaError, jsonSchema, type Model } from '@interlingua/core'
import { createSimulator, type Listening, type Script, type Simulator } from '@interlingua/simulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Provider, providers } from './provider.ts'
import { spoken } from './spoken.ts'

const getWeather = defineTool({
  name: 'get_weather',
  description: 'Tells the weather of a city',
  input: jsonSchema<{ city: string }>({
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
  }),
  run: ({ city }) => `Rain in ${city}`,
})

const book = jsonSchema<{ title: string; author: string }>({
  type: 'object',
  properties: { title: { type: 'string' }, author: { type: 'string' } },
  required: ['title', 'author'],
  additionalProperties: false,
})

/** More text than the buffers of any socket hold. */
const endless = {
  *[Symbol.iterator]() {
    for (;;) yield ' word'.repeat(3_000)
  },
}

type Way = 'in this process' | 'over a socket'

/** One suite of programs: nothing in a program knows whose model it is given. */
describe.each<Way>(['in this process', 'over a socket'])('%s', (way) => {
  let script: Script = {}
  let simulator: Simulator
  let server: Listening | undefined

  beforeAll(async () => {
    simulator = createSimulator({ script: () => script })
    if (way === 'over a socket') server = await simulator.listen()
  })
  afterAll(() => server?.close())

  describe.each(providers)('$name', (provider: Provider) => {
    const { lacks, options, thinkingOptions } = provider

    function start(
      scripted: Script = {},
      kind: 'model' | 'thinker' | 'seer' = 'model',
      apiKey = 'key',
      id = provider[kind],
    ): Model {
      script = scripted
      simulator.clear()
      const access = server ? { url: server.url } : { url: 'http://simulator.test', fetch: simulator.fetch }
      const model = provider.connect({ ...access, apiKey })(id)
      expect(model.provider).toBe(provider.provider)
      return model
    }

    test('text, streamed and not, is the same', async () => {
      const recommend = defineCall({
        model: start(),
        prompt: (genre: string) => `Recommend a ${genre} book`,
        ...options,
      })
      const called = await recommend('fantasy')
      const stream = recommend.stream('fantasy')
      const text = (await Array.fromAsync(stream.text())).join('')
      const streamed = await stream.response()
      expect(called.content).toMatch(/\w/)
      expect(text).toBe(called.content)
      expect(spoken(streamed.message)).toEqual(spoken(called.message))
      expect(streamed.message.provider).toBe(provider.provider)
      expect(called.message.provider).toBe(provider.provider)
      expect(called.finishReason.unified).toBe('stop')
      expect(called.warnings).toEqual([])
    })

    test('tokens are counted, the same streamed and not, and what they cost where the prices are known', async () => {
      const model = start({ text: 'Dune.' })
      const called = await model.call('Who wrote Dune?', options)
      const streamed = await model.stream('Who wrote Dune?', options).response()
      expect(called.usage.inputTokens).toBeGreaterThan(0)
      expect(called.usage.outputTokens).toBeGreaterThan(0)
      expect(streamed.usage).toEqual(called.usage)
      expect(streamed.cost).toEqual(called.cost)
      if (lacks.cost === undefined) expect(called.cost?.nanoUsd).toBeGreaterThan(0)
      else expect(called.cost).toBeUndefined()
    })

    test.runIf(lacks.tools === undefined)('tools are called, run, and their results answered', async () => {
      const ask = defineCall({
        model: start(),
        tools: [getWeather],
        prompt: (city: string) => `What is the weather in ${city}?`,
        ...options,
      })
      const { response, steps, stopReason } = await ask.run(['Paris'])
      expect(stopReason).toBe('finished')
      expect(steps).toHaveLength(2)
      expect(steps[0]?.response.toolCalls).toMatchObject([{ name: 'get_weather', args: { city: 'Paris' } }])
      expect(steps[0]?.response.finishReason.unified).toBe('tool_calls')
      expect(response.content).toContain('Rain in Paris')
    })

    test.runIf(lacks.tools === undefined)('several tools at once, streamed', async () => {
      const model = start()
      const prompt = 'What is the weather in Paris and Rome?'
      const calls = []
      const stream = model.stream(prompt, { tools: [getWeather], ...options })
      for await (const [, tool] of stream) if (tool) calls.push(tool.args)
      expect(calls).toEqual([{ city: 'Paris' }, { city: 'Rome' }])
      const { toolCalls } = await stream.response()
      expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2)
      const called = await model.call(prompt, { tools: [getWeather], ...options })
      expect(called.toolCalls.map(({ args }) => args)).toEqual(calls)
    })

    test('output has the form that is asked for', async () => {
      const recommend = defineCall({
        model: start(),
        output: book,
        prompt: (genre: string) => `Recommend a ${genre} book`,
        ...options,
      })
      const called = (await recommend('fantasy')).output
      expect(called).toEqual({ title: expect.stringMatching(/\w/), author: expect.stringMatching(/\w/) })
      const streamed = await recommend.stream('fantasy').response()
      expect(streamed.output).toEqual(called)
    })

    test.runIf(lacks.thinking === undefined)('thoughts are told apart from what is said', async () => {
      const model = start({ thinking: 'Let me see.', text: 'It is Dune.' }, 'thinker')
      const called = await model.call('Which book is it?', { ...options, ...thinkingOptions })
      expect(called).toMatchObject({ thinking: 'Let me see.', content: 'It is Dune.' })
      const stream = model.stream('Which book is it?', { ...options, ...thinkingOptions })
      let thinking = ''
      for await (const [chunk] of stream) thinking += chunk.thinking
      expect(thinking).toBe('Let me see.')
      expect(spoken((await stream.response()).message)).toEqual(spoken(called.message))
    })

    test.runIf(lacks.thinking !== undefined)(`thoughts are not shown: ${lacks.thinking}`, async () => {
      const model = start({ thinking: 'Let me see.', text: 'It is Dune.' }, 'thinker')
      expect(await model.call('Which book is it?', options)).toMatchObject({ thinking: '', content: 'It is Dune.' })
    })

    const shown = {
      role: 'user',
      content: [
        { type: 'text', text: 'What is it?' },
        { type: 'image', url: 'https://example.com/rain.png' },
      ],
    } as const

    test.runIf(lacks.images === undefined)('images are shown', async () => {
      const { warnings } = await start({}, 'seer').call([shown], options)
      expect(warnings).toEqual([])
      expect(JSON.stringify(simulator.requests[0]?.body)).toContain('https://example.com/rain.png')
    })

    test.runIf(lacks.images !== undefined)(`images are not shown, which is told: ${lacks.images}`, async () => {
      const { warnings } = await start({}, 'seer').call([shown], options)
      expect(warnings).toMatchObject([{ code: 'unsupported', field: 'messages[0].content[1]' }])
    })

    test.runIf(lacks.refusals === undefined)('a refusal is no answer', async () => {
      const response = await start({ refusal: 'I cannot say.' }).call('How?', options)
      expect(response).toMatchObject({ refusal: 'I cannot say.', content: '' })
      expect(await response.resume('Why?')).toMatchObject({ warnings: [] })
    })

    const failureOf = async (model: Model): Promise<unknown> => {
      const error: unknown = await model.call('Hi', { retry: { attempts: 1 } }).catch((reason: unknown) => reason)
      expect(isInterlinguaError(error)).toBe(true)
      expect(error).toHaveProperty('provider', provider.provider)
      return error
    }

    test('failures are told apart', async () => {
      const nobodys = start({}, 'model', 'key', 'no-such-model')
      expect(await failureOf(nobodys)).toMatchObject({ code: 'not_found', model: 'no-such-model', retryable: false })
      const busy = start({ error: { status: 429, message: 'Too fast', code: 'rate_limit_exceeded' } })
      expect(await failureOf(busy)).toMatchObject({ code: 'rate_limit', status: 429, retryable: true })
      const down = start({ error: { status: 503, message: 'Overloaded' } })
      expect(await failureOf(down)).toMatchObject({ code: 'overloaded', status: 503, retryable: true })
    })

    test.runIf(lacks.keys === undefined)('a wrong key is told', async () => {
      expect(await failureOf(start({}, 'model', 'invalid'))).toMatchObject({ code: 'authentication', retryable: false })
    })

    test('a failure that passes is not the caller’s', async () => {
      const model = start()
      let failures = 1
      const scripted = { error: { status: 503, message: 'Overloaded', retryAfterMs: 1 } }
      simulator.clear()
      const prompt = (): string => 'Hi'
      script = scripted
      const response = await model.call(prompt, {
        ...options,
        retry: {
          backOff: { maxMs: 1 },
          onRetry: () => {
            failures--
            script = {}
          },
        },
      })
      expect(failures).toBe(0)
      expect(response.content).not.toBe('')
      expect(simulator.requests).toHaveLength(2)
    })

    test('a stream that is cut is an error, with what had come', async () => {
      const stream = start({ text: 'word '.repeat(300), truncateAfterBytes: 4_000 }).stream('Hi', options)
      const error: unknown = await stream.response().catch((reason: unknown) => reason)
      expect(error).toMatchObject({ code: 'truncated', provider: provider.provider })
    })

    test('leaving a stream closes the connection', async () => {
      const stream = start({ deltas: endless }).stream('Hi', options)
      for await (const [chunk] of stream) if (chunk.content) break
      expect(await simulator.requests[0]?.finished).toBe('cancelled')
      expect(stream.partial.content).toMatch(/^( word)+$/)
      await expect(stream.response()).rejects.toMatchObject({ code: 'aborted' })
    })

    test('a signal stops a call', async () => {
      const stop = new AbortController()
      const answer = start({ stallBeforeHeaders: true }).call('Hi', { ...options, signal: stop.signal })
      stop.abort()
      await expect(answer).rejects.toMatchObject({ code: 'aborted' })
    })

    test('a conversation goes on', async () => {
      const model = start()
      const first = await model.call('Recommend a fantasy book', options)
      const second = await first.resume('Another one')
      const third = await second.resumeStream('And another one').response()
      expect(third.messages).toHaveLength(5)
      expect(third.warnings).toEqual([])
      expect(new Set([first.content, second.content, third.content]).size).toBe(3)
    })
  })
})
