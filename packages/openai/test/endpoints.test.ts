import { createOpenAI } from '@interlingua/openai'
import { AzureOpenAI } from 'openai'
import { describe, expect, test } from 'vitest'
import { answer } from './sent.ts'
import { answering } from './wire-bytes.ts'

const vector = (text: string): number[] => [text.length, 0.5]

/** A server of embeddings, which gives them in no order. */
function embeddings(sent: Record<string, unknown>[]): typeof globalThis.fetch {
  return async (_, init) => {
    const body = JSON.parse(typeof init?.body === 'string' ? init.body : '') as {
      input: string[]
      encoding_format?: string
    }
    sent.push(body)
    const data = body.input.map((text, index) => ({
      index,
      embedding: body.encoding_format === 'base64' ? btoa(text) : vector(text),
    }))
    const usage = { prompt_tokens: body.input.length, total_tokens: body.input.length }
    return Response.json({ model: 'text-embedding-3-small', data: data.toReversed(), usage })
  }
}

describe('embeddings', () => {
  test('are in the order of the inputs, in as many requests as there have to be, with their cost', async () => {
    const sent: Record<string, unknown>[] = []
    const openai = createOpenAI({ apiKey: 'key', fetch: embeddings(sent) })
    const texts = ['a', 'bb', 'ccc', 'dddd', 'eeeee']
    const response = await openai.embed('text-embedding-3-small').embed(texts, { dimensions: 2, batchSize: 2 })
    expect(response.embeddings).toEqual(texts.map(vector))
    expect(sent.map(({ input }) => input)).toEqual([['a', 'bb'], ['ccc', 'dddd'], ['eeeee']])
    expect(sent[0]).toMatchObject({ model: 'text-embedding-3-small', dimensions: 2 })
    expect(response.usage).toEqual({ inputTokens: 5 })
    // 0.02 USD for a million tokens.
    expect(response.cost?.nanoUsd).toBe(100)
  })

  test('may be Base64', async () => {
    const openai = createOpenAI({ apiKey: 'key', fetch: embeddings([]) })
    const { embeddings: found } = await openai.embed('any').embed(['a'], { encodingFormat: 'base64' })
    expect(found).toEqual([btoa('a')])
  })

  test('that are missing are an error, and so is an input that is none', async () => {
    const openai = createOpenAI({ apiKey: 'key', fetch: answering({ data: [] }) })
    await expect(openai.embed('any').embed(['a'])).rejects.toMatchObject({ code: 'protocol', model: 'any' })
    await expect(openai.embed('any').embed([''])).rejects.toMatchObject({ code: 'invalid_request', field: 'inputs[0]' })
    await expect(openai.embed('any').embed([])).rejects.toMatchObject({ code: 'invalid_request', field: 'inputs' })
  })
})

test('models are listed and described', async () => {
  const model = { id: 'gpt-5-mini', object: 'model', created: 1, owned_by: 'openai', more: true }
  const list = createOpenAI({ apiKey: 'key', fetch: answering({ object: 'list', data: [model] }) })
  expect(await list.models.list()).toEqual([model])
  const one = createOpenAI({ apiKey: 'key', fetch: answering(model) })
  expect(await one.models.get('gpt-5-mini')).toEqual(model)
})

test('a client for Azure puts the deployment into the path, and its key and version to the request', async () => {
  let seen: { readonly url: URL; readonly headers: Headers } | undefined
  const reply = answering(answer)
  const fetch: typeof globalThis.fetch = (input, init) => {
    seen = { url: new URL(input instanceof Request ? input.url : String(input)), headers: new Headers(init?.headers) }
    return reply(input)
  }
  const client = new AzureOpenAI({
    apiKey: 'key',
    endpoint: 'https://r.openai.azure.com',
    apiVersion: '2025-01-01',
    fetch,
  })
  const response = await createOpenAI({ dialect: 'azure', client })('my-deployment').call('Hi')
  expect(response.content).toBe('Yes')
  expect(seen?.url.pathname).toBe('/openai/deployments/my-deployment/chat/completions')
  expect(seen?.url.searchParams.get('api-version')).toBe('2025-01-01')
  expect(seen?.headers.get('api-key')).toBe('key')
})

test('a client that is given beside a key is refused', () => {
  const client = new AzureOpenAI({ apiKey: 'key', endpoint: 'https://r.openai.azure.com', apiVersion: '2025-01-01' })
  expect(() => createOpenAI({ client, apiKey: 'key' })).toThrow(/takes the place/)
})
