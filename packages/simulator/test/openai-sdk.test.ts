import OpenAI, { APIError } from 'openai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSimulator, type Listening } from '../src/index.ts'
import { reasonOf } from './client.ts'

const simulator = createSimulator()
let server: Listening

beforeAll(async () => {
  server = await simulator.listen()
})
afterAll(() => server.close())

function client(apiKey = 'test', prefix = '/openai'): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${server.url}${prefix}/v1`, maxRetries: 0 })
}

const question = { role: 'user' as const, content: 'Who wrote Dune?' }
const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
}
const answer = {
  name: 'book',
  strict: true,
  schema: {
    type: 'object',
    properties: { title: { type: 'string' }, author: { type: 'string' }, year: { type: 'integer' } },
    required: ['title', 'author', 'year'],
    additionalProperties: false,
  },
}

describe('chats', () => {
  test.each(['gpt-4o-mini', 'gpt-5-mini'])('streamed and whole answers of %s agree', async (model) => {
    const whole = await client().chat.completions.create({ model, messages: [question] })
    const stream = client().chat.completions.stream({
      model,
      messages: [question],
      stream_options: { include_usage: true },
    })
    const deltas: string[] = []
    stream.on('content', (delta) => deltas.push(delta))
    const final = await stream.finalChatCompletion()
    expect(final.choices[0]?.message.content).toBe(whole.choices[0]?.message.content)
    expect(deltas.join('')).toBe(whole.choices[0]?.message.content)
    expect(deltas.join('')).toContain('Frank Herbert')
    expect(await stream.totalUsage()).toMatchObject({
      prompt_tokens: whole.usage?.prompt_tokens,
      completion_tokens: whole.usage?.completion_tokens,
    })
    expect(final.choices[0]?.finish_reason).toBe('stop')
    expect((whole.usage?.completion_tokens_details?.reasoning_tokens ?? 0) > 0).toBe(model.startsWith('gpt-5'))
  })

  test('the runner of tools gets its calls and its answer', async () => {
    const asked: string[] = []
    const runner = client().chat.completions.runTools({
      model: 'gpt-4o',
      stream: true,
      messages: [{ role: 'user', content: 'What is the weather in Paris and Rome?' }],
      tools: [
        {
          type: 'function',
          function: {
            ...weather,
            parse: (text: string): { city: string } => JSON.parse(text),
            function: ({ city }: { city: string }) => {
              asked.push(city)
              return `sunny in ${city}`
            },
          },
        },
      ],
    })
    expect(await runner.finalContent()).toBe(
      'According to get_weather: sunny in Paris. According to get_weather: sunny in Rome.',
    )
    expect(asked).toEqual(['Paris', 'Rome'])
  })

  test('structured output is parsed', async () => {
    const completion = await client().chat.completions.parse({
      model: 'gpt-4o',
      messages: [question],
      response_format: { type: 'json_schema', json_schema: answer },
    })
    expect(JSON.parse(completion.choices[0]?.message.content ?? '')).toEqual({
      title: 'Dune',
      author: 'Frank Herbert',
      year: 1965,
    })
  })

  test('several choices, log probabilities and a limit', async () => {
    const stream = client().chat.completions.stream({
      model: 'gpt-4o',
      messages: [{ role: 'user', content: 'Recommend a fantasy book' }],
      n: 2,
      logprobs: true,
      top_logprobs: 2,
      max_completion_tokens: 5,
    })
    const { choices } = await stream.finalChatCompletion().catch((error: unknown) => {
      // The client takes a cut answer for an error.
      expect(String(error)).toContain('length')
      return stream.currentChatCompletionSnapshot ?? { choices: [] }
    })
    expect(choices).toHaveLength(2)
    for (const { message, logprobs, finish_reason: reason } of choices) {
      expect(reason).toBe('length')
      expect(logprobs?.content?.map(({ token }) => token).join('')).toBe(message.content)
      expect(logprobs?.content).toHaveLength(5)
      for (const { top_logprobs: top } of logprobs?.content ?? []) expect(top).toHaveLength(2)
    }
  })

  test('a refusal and annotations by script', async () => {
    const { fetch } = createSimulator({
      scripts: [
        { times: 2, refusal: 'I cannot help with that.' },
        { text: 'See this.', citations: [{ start: 4, end: 8, url: 'https://example.com/', title: 'Example' }] },
      ],
    })
    const own = new OpenAI({ apiKey: 'test', fetch, maxRetries: 0 })
    const whole = await own.chat.completions.create({ model: 'gpt-4o', messages: [question] })
    expect(whole.choices[0]?.message).toMatchObject({ content: null, refusal: 'I cannot help with that.' })
    const stream = own.chat.completions.stream({ model: 'gpt-4o', messages: [question] })
    expect((await stream.finalMessage()).refusal).toBe('I cannot help with that.')
    const cited = await own.chat.completions.create({ model: 'gpt-4o', messages: [question] })
    expect(cited.choices[0]?.message.annotations).toEqual([
      {
        type: 'url_citation',
        url_citation: { start_index: 4, end_index: 8, url: 'https://example.com/', title: 'Example' },
      },
    ])
  })
})

describe('embeddings and models', () => {
  test('neighbours make sense, and both encodings agree', async () => {
    const input = ['The cat sleeps on the sofa', 'A cat is sleeping', 'Quarterly revenue grew']
    const packed = await client().embeddings.create({ model: 'text-embedding-3-small', input })
    const floats = await client().embeddings.create({
      model: 'text-embedding-3-small',
      input,
      encoding_format: 'float',
    })
    const [one = [], other = [], far = []] = floats.data.map(({ embedding }) => embedding)
    expect(one).toHaveLength(1536)
    for (const [at, value] of (packed.data[0]?.embedding ?? []).entries()) expect(value).toBeCloseTo(one[at] ?? NaN, 5)
    const cosine = (first: number[], second: number[]): number =>
      first.reduce((sum, value, at) => sum + value * (second[at] ?? 0), 0)
    expect(cosine(one, other)).toBeGreaterThan(cosine(one, far) + 0.1)
    const short = await client().embeddings.create({ model: 'text-embedding-3-large', input: 'x', dimensions: 8 })
    expect(short.data[0]?.embedding).toHaveLength(8)
  })

  test('models', async () => {
    const { data } = await client().models.list()
    expect(data.map(({ id }) => id)).toContain('gpt-4o')
    expect(await client().models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', object: 'model' })
    await expect(client().models.retrieve('gpt-none')).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
    // The client is known by its headers where the path is not OpenAI's alone.
    expect((await client('test', '').models.list()).data).toEqual(data)
  })
})

describe('errors', () => {
  const body = { model: 'gpt-4o', messages: [question] }

  test('keys, models and limits', async () => {
    await expect(client('sk-invalid').chat.completions.create(body)).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    })
    await expect(client().chat.completions.create({ ...body, model: 'gpt-none' })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      requestID: expect.stringMatching(/^req_/),
    })
    const limited = createSimulator({ openai: { rateLimit: { requestsPerMinute: 1 } } })
    const own = new OpenAI({ apiKey: 'test', fetch: limited.fetch, maxRetries: 0 })
    await own.chat.completions.create(body)
    const refused = await reasonOf(own.chat.completions.create(body))
    if (!(refused instanceof APIError)) throw new Error('not refused')
    expect([refused.status, refused.code, refused.type]).toEqual([429, 'rate_limit_exceeded', 'requests'])
    expect(refused.headers?.get('x-ratelimit-remaining-requests')).toBe('0')
    expect(Number(refused.headers?.get('retry-after-ms'))).toBeGreaterThan(0)
  })

  test.each(['deepseek', 'groq', 'llamacpp', 'mistral', 'ollama', 'openrouter', 'venice', 'vllm', 'xai'])(
    'the client reads the stream of %s',
    async (dialect) => {
      const stream = await client('test', `/${dialect}`).chat.completions.create({
        model: 'some-model',
        messages: [question],
        stream: true,
      })
      let [text, ended] = ['', '']
      for await (const { choices } of stream) {
        const [choice] = choices
        if (typeof choice?.delta.content === 'string') text += choice.delta.content
        ended ||= choice?.finish_reason ?? ''
      }
      expect([text, ended]).toEqual(['Dune was written by Frank Herbert and first published in 1965.', 'stop'])
    },
  )
})
