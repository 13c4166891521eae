import {
  type CohereEmbeddingType,
  type CohereEmbedInput,
  type CohereEmbedOptions,
  createCohere,
  type WireEmbedRequest,
  type WireEmbedResponse,
} from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { answering, exchanges, replaying } from './exchange.ts'
import { embedder } from './embedder.ts'
import { recorded } from './recording.ts'

const inputType = 'search_document'
const modelOver = (fetch: typeof globalThis.fetch, id = 'embed-v4.0') =>
  createCohere({ apiKey: 'key', fetch }).embed(id)
const image = { type: 'image', url: 'data:image/png;base64,iVBORw0KGgo=' } as const

describe.skipIf(!recorded)('every recorded answer', () => {
  const all = exchanges('/v2/embed').map((exchange) => [exchange.name, exchange] as const)

  test.each(all.filter(([, { status }]) => status === 200))('%s', async (_, exchange) => {
    const request = exchange.request as Partial<WireEmbedRequest>
    const body = exchange.body as Partial<WireEmbedResponse>
    const { fetch, sent } = replaying(exchange)
    const response = await modelOver(fetch, request.model).embed(request.texts ?? [], {
      inputType: request.input_type ?? inputType,
      ...(request.truncate && { truncate: request.truncate }),
    })
    expect(response.embeddings).toEqual(body.embeddings?.float)
    expect(response.byType.float).toBe(response.embeddings)
    expect(response.embeddings).toHaveLength(request.texts?.length ?? -1)
    expect(response).toMatchObject({ provider: 'cohere', model: request.model, id: body.id, warnings: [], raw: [body] })
    expect(response.requestId).toBe(exchange.headers['x-debug-trace-id'])
    const { billed } = response.usage
    expect(billed?.inputTokens).toBe(body.meta?.billed_units?.input_tokens)
    // The header counts what is billed.
    expect(String(billed?.inputTokens)).toBe(exchange.headers['num_tokens'])
    expect(billed?.imageTokens).toBe(body.meta?.billed_units?.image_tokens)
    expect(response.usage.inputTokens).toBeUndefined()

    // What is sent is what was recorded, but for what says nothing, and for the type that Cohere documents as required.
    const said = Object.entries(request).filter(([, value]) => value !== null)
    expect(sent[0]?.body).toEqual({ embedding_types: ['float'], ...Object.fromEntries(said) })
  })

  test.each(all.filter(([, { status }]) => status !== 200))('%s', async (_, exchange) => {
    const { fetch } = replaying(exchange)
    await expect(modelOver(fetch, 'nonexistent').embed(['Hello'], { inputType })).rejects.toMatchObject({
      code: 'not_found',
      status: 404,
      provider: 'cohere',
      model: 'nonexistent',
      message: expect.stringContaining(String(exchange.body['message'])),
    })
  })

  test('there are some of each', () =>
    expect(new Set(all.map(([, { status }]) => status))).toEqual(new Set([200, 404])))
})

describe('the request', () => {
  const body = async (inputs: readonly CohereEmbedInput[], options: Partial<CohereEmbedOptions> = {}) => {
    const { fetch, sent } = answering(embedder)
    const response = await modelOver(fetch).embed(inputs, { inputType, ...options })
    expect(sent).toHaveLength(1)
    return { sent: sent[0], body: sent[0]?.body, response }
  }

  test('texts', async () => {
    const { sent } = await body(['1', '2'])
    expect(sent).toMatchObject({ method: 'POST', url: { pathname: '/v2/embed' } })
    expect(sent?.headers.get('authorization')).toBe('Bearer key')
    expect(sent?.body).toEqual({
      model: 'embed-v4.0',
      texts: ['1', '2'],
      input_type: 'search_document',
      embedding_types: ['float'],
    })
  })

  test('every option has its field: https://docs.cohere.com/reference/embed', async () => {
    const all: Partial<CohereEmbedOptions> = {
      inputType: 'clustering',
      outputDimension: 256,
      truncate: 'START',
      maxTokens: 100,
      priority: 3,
      headers: { 'x-team': 'search' },
    }
    const { sent } = await body(['1'], all)
    expect(sent?.body).toEqual({
      model: 'embed-v4.0',
      texts: ['1'],
      input_type: 'clustering',
      embedding_types: ['float'],
      output_dimension: 256,
      truncate: 'START',
      max_tokens: 100,
      priority: 3,
    })
    expect(sent?.headers.get('x-team')).toBe('search')
  })

  test('images alone are `images`, bytes as `data:` URLs', async () => {
    const bytes = { type: 'image', data: new TextEncoder().encode('hi!'), mediaType: 'image/webp' } as const
    const { body: sent } = await body([image, bytes], { inputType: 'image' })
    expect(sent).toMatchObject({ images: [image.url, 'data:image/webp;base64,aGkh'] })
    expect(sent).not.toHaveProperty('texts')
    expect(sent).not.toHaveProperty('inputs')
  })

  test('any mixture is `inputs`', async () => {
    const both = { content: [{ type: 'text', text: 'A shoe' }, image] } as const
    const { body: sent } = await body(['1', image, both])
    const url = { type: 'image_url', image_url: { url: image.url } }
    expect(sent).toMatchObject({
      inputs: [
        { content: [{ type: 'text', text: '1' }] },
        { content: [url] },
        { content: [{ type: 'text', text: 'A shoe' }, url] },
      ],
    })
    expect(sent).not.toHaveProperty('texts')
  })

  test('the detail of an image cannot be sent, and is told', async () => {
    const close = { ...image, detail: 'high' } as const
    const warning = { code: 'unsupported', field: 'inputs[1].detail' }
    expect((await body(['1', close])).response.warnings).toMatchObject([warning])
    expect((await body([{ ...image, detail: 'auto' }])).response.warnings).toEqual([])
    expect((await body(['1', close], { onUnsupported: 'ignore' })).response.warnings).toEqual([])
    await expect(body(['1', close], { onUnsupported: 'error' })).rejects.toMatchObject({
      code: 'unsupported',
      provider: 'cohere',
      field: 'inputs[1].detail',
    })
  })
})

describe('the types of vectors', () => {
  test('each that was asked for, and the first of them as `embeddings`', async () => {
    const { fetch, sent } = answering(embedder)
    const response = await modelOver(fetch).embed(['7', '8'], { inputType, embeddingTypes: ['int8', 'base64'] })
    expect(sent[0]?.body).toMatchObject({ embedding_types: ['int8', 'base64'] })
    expect(response.embeddings).toEqual([[7], [8]])
    expect(response.byType).toEqual({ int8: [[7], [8]], base64: ['7=', '8='] })
  })

  const without = (types: CohereEmbeddingType[], count: number) =>
    answering((sent) => {
      const { body } = embedder(sent)
      const kept = Object.entries(body.embeddings).filter(([type]) => !types.some((left) => left === type))
      return {
        body: { ...body, embeddings: Object.fromEntries(kept.map(([type, list]) => [type, list.slice(0, count)])) },
      }
    })

  test('one that is missing, and vectors that are missing, are errors', async () => {
    const ask = { inputType, embeddingTypes: ['float', 'ubinary'] } as const
    const failed = (message: string) => ({
      code: 'protocol',
      provider: 'cohere',
      message: expect.stringContaining(message),
    })
    await expect(modelOver(without(['ubinary'], 9).fetch).embed(['1'], ask)).rejects.toMatchObject(
      failed('no embeddings of type ubinary'),
    )
    await expect(modelOver(without([], 2).fetch).embed(['1', '2', '3'], ask)).rejects.toMatchObject(
      failed('2 embeddings of type float for 3 inputs'),
    )
  })
})

describe('what plain JavaScript may get wrong', () => {
  test.each([
    ['inputs', 'a string', ['abc', { inputType }]],
    ['inputType', 'what the vectors are for', [['abc']]],
    ['inputType', 'what the vectors are for', [['abc'], {}]],
    ['inputs[1]', 'a number', [['abc', 5], { inputType }]],
    ['inputs[0].data', 'a string', [[{ type: 'image', data: 'iVBORw0=', mediaType: 'image/png' }], { inputType }]],
    ['inputs[0].content', 'a string', [[{ content: 'abc' }], { inputType }]],
    ['inputs[0].content[0]', 'a part', [[{ content: ['abc'] }], { inputType }]],
    ['embeddingTypes', 'an array', [['abc'], { inputType, embeddingTypes: 'float' }]],
  ])('%s: %s', async (field, message, args) => {
    const { fetch, sent } = answering(embedder)
    const model = modelOver(fetch)
    const response: unknown = Reflect.apply(model.embed, model, args)
    await expect(response).rejects.toMatchObject({
      code: 'invalid_request',
      provider: 'cohere',
      model: 'embed-v4.0',
      field,
      message: expect.stringContaining(message),
    })
    expect(sent).toHaveLength(0)
  })

  test('a number that JSON cannot say is left out, and told once', async () => {
    const { fetch, sent } = answering(embedder)
    const { warnings } = await modelOver(fetch).embed(['1', '2'], { inputType, batchSize: 1, maxTokens: Number.NaN })
    expect(sent[0]?.body).not.toHaveProperty('max_tokens')
    expect(warnings).toMatchObject([{ code: 'unsupported', field: 'maxTokens' }])
  })
})
