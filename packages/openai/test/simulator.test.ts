import { InterlinguaError, type Message } from '@interlingua/core'
import { createOpenAI } from '@interlingua/openai'
import { createSimulator, openaiErrors, type Script } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'

function start(...scripts: Script[]) {
  const simulator = createSimulator({ scripts })
  const options = { apiKey: 'key', fetch: simulator.fetch }
  const bodies = () => simulator.requests.map(({ body }) => body)
  const provider = createOpenAI(options)
  return { simulator, bodies, provider, chat: createOpenAI({ ...options, api: 'chat' }), responses: provider }
}

const weather = {
  name: 'get_weather',
  description: 'Tells the weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
} as const

async function failure(promise: PromiseLike<unknown>): Promise<InterlinguaError> {
  const error: unknown = await Promise.resolve(promise).catch((reason: unknown) => reason)
  if (!(error instanceof InterlinguaError)) throw new Error('it did not fail', { cause: error })
  return error
}

describe('chat completions', () => {
  test('several answers, streamed and not, are the same', async () => {
    const { chat } = start()
    const model = chat('gpt-4o-mini')
    const called = await model.call('Recommend a fantasy book', { n: 3 })
    expect(called.choices).toHaveLength(3)
    expect(new Set(called.choices.map(({ message }) => JSON.stringify(message.content))).size).toBeGreaterThan(1)
    const streamed = await model.stream('Recommend a fantasy book', { n: 3 }).response()
    expect(streamed.choices).toEqual(called.choices)
    expect(streamed.message).toEqual(called.message)
    expect(streamed.usage).toEqual(called.usage)
  })

  test('log-probabilities add up to the text, streamed and not', async () => {
    const { chat } = start()
    const options = { logprobs: true, topLogprobs: 2 }
    const called = await chat('gpt-4o-mini').call('Who wrote Dune?', options)
    const streamed = await chat('gpt-4o-mini').stream('Who wrote Dune?', options).response()
    expect(called.logprobs?.map(({ text }) => text).join('')).toBe(called.content)
    expect(streamed.logprobs).toEqual(called.logprobs)
  })

  test('a refusal goes back as one', async () => {
    const { chat, bodies } = start({ refusal: 'I cannot say.', times: 2 })
    const streamed = await chat('gpt-4o-mini').stream('How?').response()
    const called = await chat('gpt-4o-mini').call('How?')
    expect(streamed).toMatchObject({ refusal: 'I cannot say.', content: '' })
    expect(streamed.message).toEqual(called.message)
    await called.resume('Why?')
    expect(bodies().at(-1)).toMatchObject({ messages: [{}, { role: 'assistant', refusal: 'I cannot say.' }, {}] })
  })

  test('a strict schema is sent strict, and the answer has its form', async () => {
    const { chat, bodies } = start()
    const schema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
    const { content } = await chat('gpt-4o-mini').call('Recommend a fantasy book', {
      responseFormat: { type: 'json_schema', jsonSchema: schema, strict: true },
    })
    expect(JSON.parse(content)).toEqual({ title: expect.stringMatching(/\w/) })
    expect(bodies()[0]).toMatchObject({ response_format: { json_schema: { strict: true } } })
  })

  test('a strict tool that strict mode does not take is made one that it takes', async () => {
    const { chat, bodies } = start()
    const properties = { city: { type: 'string' }, unit: { type: 'string' } }
    const tool = { ...weather, parameters: { type: 'object', properties, required: ['city'] } }
    await chat('gpt-4o-mini').call('Weather in Paris?', { tools: [tool], strictTools: true })
    expect(bodies()[0]).toMatchObject({
      tools: [{ function: { strict: true, parameters: { required: ['city', 'unit'], additionalProperties: false } } }],
    })
  })

  test('what OpenAI refuses is an error with its own words, and the field', async () => {
    const { chat } = start()
    const refused = failure(chat('gpt-5-mini').call('Hi', { temperature: 0.5 }))
    expect(await refused).toMatchObject({
      code: 'invalid_request',
      status: 400,
      field: 'temperature',
      retryable: false,
    })
    expect((await refused).requestId).toMatch(/^req_/)
    expect(await failure(chat('gpt-9').call('Hi'))).toMatchObject({ code: 'not_found', status: 404 })
  })
})

describe.each(['chat', 'responses'] as const)('errors of %s', (api) => {
  test.each([
    ['insufficientQuota', 'quota', false],
    ['rateLimit', 'rate_limit', true],
    ['country', 'permission', false],
    ['permission', 'permission', false],
    ['serverError', 'server', true],
    ['overloaded', 'overloaded', true],
    ['gateway', 'server', true],
  ] as const)('%s is %s', async (name, code, retryable) => {
    const model = start(openaiErrors[name])[api]('gpt-4o-mini')
    // One after the other: what fails while nobody waits for it is an unhandled rejection.
    for (const ask of [
      () => model.call('Hi', { retry: { attempts: 1 } }),
      () => model.stream('Hi', { retry: { attempts: 1 } }).response(),
    ]) {
      expect(await failure(ask())).toMatchObject({ code, retryable, provider: 'openai', model: 'gpt-4o-mini' })
    }
  })

  test('one inside a stream is an error, with what had come', async () => {
    const { [api]: provider } = start({ ...openaiErrors.insideStream, text: 'One two three four' })
    const error = await failure(provider('gpt-4o-mini').stream('Hi').response())
    expect(error).toMatchObject({ code: 'server', provider: 'openai' })
    expect(error.partial).toBeDefined()
  })
})

describe('the Responses API', () => {
  const summarized = { reasoning: { effort: 'low', summary: 'auto' } } as const

  test('goes on from a response that the server has, and sends what is new', async () => {
    const { responses, bodies } = start()
    const model = responses('gpt-4o-mini')
    const first = await model.call('Recommend a fantasy book')
    const second = await model.call([...first.messages, first.message, { role: 'user', content: 'Another one' }], {
      previousResponseId: first.id,
    })
    expect(second.content).not.toBe(first.content)
    expect(bodies()[1]).toMatchObject({
      previous_response_id: first.id,
      input: [{ role: 'user', content: 'Another one' }],
    })
    const gone = failure(model.call('Hi', { previousResponseId: 'resp_none' }))
    expect(await gone).toMatchObject({ status: 400 })
  })

  test.each([true, false])('reasoning goes back with what it led to, streamed: %s', async (isStream) => {
    const { responses, bodies } = start()
    const model = responses('gpt-5-mini')
    const prompt: Message[] = [{ role: 'user', content: 'What is the weather in Paris?' }]
    const options = { tools: [weather], ...summarized }
    const first = await (isStream ? model.stream(prompt, options).response() : model.call(prompt, options))
    expect(first.items.map(({ type }) => type)).toEqual(['reasoning', 'function_call'])
    expect(first.thinking).not.toBe('')
    const results = first.toolCalls.map(({ id }): Message => ({
      role: 'tool',
      toolCallId: id,
      content: 'Rain in Paris',
    }))
    const second = await model.call([...prompt, first.message, ...results], options)
    expect(second.content).toContain('Rain in Paris')
    expect(second.warnings).toEqual([])
    expect(bodies()[1]).toMatchObject({ input: [{}, first.items[0], first.items[1], { type: 'function_call_output' }] })
  })

  test('with nothing stored reasoning goes back encrypted', async () => {
    const { responses, bodies } = start()
    const model = responses('gpt-5-mini')
    const sealed = await model.call('Recommend a fantasy book', { store: false, ...summarized })
    expect(sealed.items[0]).toHaveProperty('encrypted_content', expect.any(String))
    expect((await sealed.resume('Another one')).warnings).toEqual([])
    expect(bodies()[1]).toMatchObject({
      input: [{}, { type: 'reasoning', encrypted_content: expect.any(String) }, {}, {}],
    })
  })
})

describe('the other endpoints', () => {
  test('vectors are of the size that is asked for', async () => {
    const { provider } = start()
    const { embeddings, usage } = await provider
      .embed('text-embedding-3-small')
      .embed(['Rain', 'Sun'], { dimensions: 64 })
    expect(embeddings).toHaveLength(2)
    expect(embeddings[0]).toHaveLength(64)
    expect(usage.inputTokens).toBeGreaterThan(0)
  })

  test('models are listed and found', async () => {
    const simulator = createSimulator({ openai: { dialect: 'openai' } })
    const { models } = createOpenAI({ apiKey: 'key', fetch: simulator.fetch })
    const ids = (await models.list()).map(({ id }) => id)
    expect(ids).toContain('gpt-4o-mini')
    expect(await models.get('gpt-4o-mini')).toMatchObject({ id: 'gpt-4o-mini' })
    expect(await failure(models.get('gpt-9'))).toMatchObject({ code: 'not_found' })
  })
})
