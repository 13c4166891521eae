import { createOpenAI, type DialectName, type OpenAIDialect } from '@interlingua/openai'
import { dialects } from '@interlingua/openai/dialects'
import { describe, expect, test } from 'vitest'
import { knownDialect } from '../src/dialects/known.ts'
import { answer, sent } from './sent.ts'
import { answering, fetchOf, streamText } from './wire-bytes.ts'

const all = Object.entries(dialects) as [DialectName, OpenAIDialect][]

describe.each(all)('%s', (name, dialect) => {
  test('says where its facts are from, and when they were looked up', () => {
    expect(dialect.source).toMatch(/^https:/)
    expect(dialect.reviewed).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  test('is known by its names, and by what it makes of schemas, before it is loaded', () => {
    const { name: provider, displayName, takesJsonSchema, hasSchemaSubset } = knownDialect(name)
    expect({ provider, displayName }).toEqual({ provider: dialect.name, displayName: dialect.displayName })
    expect([takesJsonSchema, hasSchemaSubset]).toEqual([dialect.takesJsonSchema, dialect.hasSchemaSubset])
  })

  test('answers, and goes by its name', async () => {
    const baseURL = dialect.baseURL ?? 'https://example.com/v1'
    const model = createOpenAI({ dialect: name, apiKey: 'key', baseURL, fetch: answering(answer) })('any')
    const response = await model.call('Hi')
    expect(response).toMatchObject({ provider: dialect.name, content: 'Yes' })
  })

  test('sends no field that the server has not, and tells of it', async () => {
    const baseURL = dialect.baseURL ?? 'https://example.com/v1'
    const { body, fields } = await sent(
      'Hi',
      { maxTokens: 1, topK: 2, seed: 3, n: 1, logitBias: {}, logprobs: true, topLogprobs: 1, parallelToolCalls: true },
      { dialect: name, baseURL },
    )
    for (const [field, own] of Object.entries(dialect.fields ?? {})) {
      expect(body).not.toHaveProperty(field)
      if (own !== false && field === 'max_completion_tokens') expect(body[own]).toBe(1)
    }
    expect(fields.length).toBeGreaterThanOrEqual('top_k' in (dialect.fields ?? {}) ? 1 : 0)
  })
})

test('an address that only the caller knows is asked for', async () => {
  const error: unknown = await createOpenAI({ dialect: 'azure', apiKey: 'key' })('any')
    .call('Hi')
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'invalid_request', field: 'baseURL', provider: 'azure' })
})

test('an address of one’s own is asked through chat completions, unless it is said otherwise', async () => {
  const urls: string[] = []
  const fetch: typeof globalThis.fetch = async (input) => {
    urls.push(input instanceof Request ? input.url : input.toString())
    return Response.json(urls.length === 1 ? answer : { id: 'x', status: 'completed', output: [] })
  }
  const baseURL = 'https://llm.example.com/v1'
  await createOpenAI({ baseURL, apiKey: '', fetch })('any').call('Hi')
  await createOpenAI({ baseURL, api: 'responses', apiKey: '', fetch })('any').call('Hi')
  await createOpenAI({ apiKey: '', fetch })('any').call('Hi')
  expect(urls).toEqual([`${baseURL}/chat/completions`, `${baseURL}/responses`, 'https://api.openai.com/v1/responses'])
})

test('Azure takes its key in a header of its own, and a version behind the address', async () => {
  const { url, headers } = await sent(
    'Hi',
    {},
    { dialect: 'azure', baseURL: 'https://r.openai.azure.com/openai/v1/', query: { 'api-version': 'preview' } },
  )
  expect(url).toBe('https://r.openai.azure.com/openai/v1/chat/completions?api-version=preview')
  expect(headers.get('api-key')).toBe('key')
  expect(headers.get('authorization')).toBeNull()
})

test('a server on this machine needs no key', async () => {
  const { url, headers } = await sent('Hi', {}, { dialect: 'llamacpp', apiKey: undefined })
  expect(url).toBe('http://localhost:8080/v1/chat/completions')
  expect(headers.get('authorization')).toBeNull()
})

test('Mistral has words of its own', async () => {
  const tools = [{ name: 'a', parameters: { type: 'object' } }]
  const { body } = await sent('Hi', { seed: 7, maxTokens: 5, tools, toolChoice: 'required' }, { dialect: 'mistral' })
  expect(body).toMatchObject({ random_seed: 7, max_tokens: 5, tool_choice: 'any' })
})

test('usage is asked for where it does not come unasked', async () => {
  const streamed = async (dialect: DialectName): Promise<unknown> => {
    let body: unknown
    const reply = fetchOf(streamText([{ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }]))
    const fetch: typeof globalThis.fetch = (input, init) => {
      body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
      return reply(input)
    }
    await createOpenAI({ dialect, apiKey: 'key', fetch })('any').stream('Hi').response()
    return body
  }
  expect(await streamed('openai')).toMatchObject({ stream_options: { include_usage: true } })
  expect(await streamed('mistral')).not.toHaveProperty('stream_options')
})

test('xAI leaves the reasoning out of its completion tokens, and tells the cost', async () => {
  const usage = {
    prompt_tokens: 291,
    completion_tokens: 26,
    total_tokens: 513,
    completion_tokens_details: { reasoning_tokens: 196 },
    cost_in_usd_ticks: 12_340,
  }
  const model = createOpenAI({ dialect: 'xai', apiKey: 'key', fetch: answering({ ...answer, usage }) })('grok-4')
  const response = await model.call('Hi')
  expect(response.usage).toMatchObject({ inputTokens: 291, outputTokens: 26, reasoningTokens: 196 })
  expect(response.cost).toEqual({ nanoUsd: 1_234, items: [] })
})

test('Perplexity’s numbers lead to its pages', async () => {
  const pages = [
    { url: 'https://example.com/1', title: 'One' },
    { url: 'https://example.com/2', title: 'Two', date: '2026-01-01' },
  ]
  const said = { ...answer, choices: [{ index: 0, message: { content: 'Rain [2], sun [9].' }, finish_reason: 'stop' }] }
  const fetch = answering({ ...said, search_results: pages })
  const { citations } = await createOpenAI({ dialect: 'perplexity', apiKey: 'key', fetch })('sonar').call('Hi')
  expect(citations).toEqual([
    {
      start: 5,
      end: 8,
      text: '[2]',
      target: 'text',
      verified: true,
      sources: [{ type: 'url', id: '2', url: 'https://example.com/2', title: 'Two', data: { date: '2026-01-01' } }],
    },
  ])
})

test('one that is not known is described', async () => {
  const mine: OpenAIDialect = {
    name: 'mine',
    displayName: 'Mine',
    baseURL: 'https://llm.example.com/v1',
    fields: { max_completion_tokens: 'max_tokens', seed: false },
  }
  const { url, body, fields } = await sent('Hi', { maxTokens: 3, seed: 1 }, { dialect: mine })
  expect(url).toBe('https://llm.example.com/v1/chat/completions')
  expect(body).toMatchObject({ max_tokens: 3 })
  expect(fields).toEqual(['seed'])
})
