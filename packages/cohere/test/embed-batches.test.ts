import { createServer } from 'node:http'
import { calcPrice } from '@pydantic/genai-prices'
import { createCohere, type WireEmbedRequest } from '@interlingua/cohere'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answering } from './exchange.ts'
import { embedder } from './embedder.ts'

const inputType = 'search_document'
const modelOver = (fetch: typeof globalThis.fetch) =>
  createCohere({ apiKey: 'key', fetch, retry: false }).embed('embed-v4.0')
const image = { type: 'image', url: 'data:image/png;base64,iVBORw0KGgo=' } as const
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index))

describe('many inputs', () => {
  test('are sent 96 at a time, and come back in order, however the answers overtake each other', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(4), { minLength: 8, maxLength: 8 }),
        async (count, maxConcurrency, delays) => {
          let open = 0
          let most = 0
          const { fetch, sent } = answering(async (request) => {
            most = Math.max(most, ++open)
            await new Promise((resolve) => setTimeout(resolve, delays[sent.length % 8]))
            open--
            return embedder(request)
          })
          const texts = numbers(count)
          const response = await modelOver(fetch).embed(texts, { inputType, maxConcurrency })
          expect(response.embeddings.map(([value]) => value)).toEqual(texts.map(Number))
          const lengths = sent.map(({ body }) => (body as Partial<WireEmbedRequest>).texts?.length ?? 0)
          expect(Math.max(...lengths)).toBeLessThanOrEqual(96)
          expect(lengths).toHaveLength(Math.ceil(count / 96))
          expect(most).toBeLessThanOrEqual(maxConcurrency)
          expect(most).toBe(Math.min(maxConcurrency, lengths.length))
          expect(response.raw.flatMap(({ texts: some }) => some)).toEqual(texts)
          expect(response.usage.billed).toEqual({ inputTokens: count, imageTokens: 0 })
          expect(response.cost?.nanoUsd).toBe(count * 120)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('four at a time unless told otherwise', async () => {
    let open = 0
    let most = 0
    const { fetch } = answering(async (sent) => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setTimeout(resolve, 5))
      open--
      return embedder(sent)
    })
    await modelOver(fetch).embed(numbers(96 * 7), { inputType })
    expect(most).toBe(4)
  })

  test('every answer can be reached, and what all of them say is told once', async () => {
    const { fetch } = answering((sent) => {
      const { headers, body } = embedder(sent)
      const meta = { ...body.meta, warnings: [`about ${body.id}`] }
      return { headers: { ...headers, 'x-api-warning': 'this model is old' }, body: { ...body, meta } }
    })
    const response = await modelOver(fetch).embed(['1', '2', '3'], { inputType, batchSize: 2 })
    expect(response).toMatchObject({ id: 'id-1', requestId: 'trace-1', headers: { 'x-debug-trace-id': 'trace-1' } })
    expect(response.answers.map(({ requestId, body }) => [requestId, body['id']])).toEqual([
      ['trace-1', 'id-1'],
      ['trace-3', 'id-3'],
    ])
    expect(response.warnings).toEqual([
      { code: 'provider', message: 'this model is old' },
      { code: 'provider', message: 'about id-1' },
      { code: 'provider', message: 'about id-3' },
    ])
  })

  test('the field does not depend on where they are cut', async () => {
    const { fetch, sent } = answering(embedder)
    await modelOver(fetch).embed([...numbers(96), image], { inputType })
    expect(sent.map(({ body }) => Object.keys(body ?? {}).filter((key) => key.endsWith('s')))).toEqual([
      ['embedding_types', 'inputs'],
      ['embedding_types', 'inputs'],
    ])
  })

  test('images are cut at 20 MB too: https://docs.cohere.com/reference/embed', async () => {
    const { fetch, sent } = answering(embedder)
    const large = { type: 'image', data: new Uint8Array(5_000_000), mediaType: 'image/png' } as const
    const huge = { ...large, data: new Uint8Array(16_000_000) }
    await modelOver(fetch).embed([huge, large, large, large, huge, image], { inputType, maxConcurrency: 1 })
    const sizes = sent.map(({ body }) => (body as Partial<WireEmbedRequest>).images?.map((url) => url.length))
    // 5 MB are 6.7 MB of base64: two fit, a third does not. One that fits nowhere goes alone.
    expect(sizes.map((list) => list?.length)).toEqual([1, 2, 1, 1, 1])
  })
})

describe('a failure', () => {
  test('stops the others, and says which inputs it was about', async () => {
    const aborted: string[] = []
    const { fetch, sent } = answering(async ({ body }, signal) => {
      const first = (body as Partial<WireEmbedRequest>).texts?.[0] ?? ''
      if (first === '4') return { status: 400, headers: { 'x-debug-trace-id': 't' }, body: { message: 'too odd' } }
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(first)
          reject(new Error('stopped'))
        })
      })
      return { body: {} }
    })
    const embedded = modelOver(fetch).embed(numbers(20), { inputType, batchSize: 2, maxConcurrency: 3 })
    await expect(embedded).rejects.toMatchObject({
      name: 'InterlinguaError',
      code: 'invalid_request',
      status: 400,
      provider: 'cohere',
      model: 'embed-v4.0',
      requestId: 't',
      field: 'inputs[4..5]',
      body: '{"message":"too odd"}',
      headers: { 'x-debug-trace-id': 't' },
      message: 'Cohere (embed-v4.0): too odd (HTTP 400) The request was for inputs 4 to 5 of 20.',
    })
    expect(aborted).toEqual(['0', '2'])
    expect(sent).toHaveLength(3)
  })

  test('of the only request is as it is', async () => {
    const { fetch } = answering(() => ({
      status: 429,
      headers: { 'retry-after': '2' },
      body: { message: 'slow down' },
    }))
    await expect(modelOver(fetch).embed(['1'], { inputType })).rejects.toMatchObject({
      code: 'rate_limit',
      retryable: true,
      retryAfterMs: 2_000,
      message: 'Cohere (embed-v4.0): slow down (HTTP 429)',
    })
  })

  test.each([
    ['inputs', [], {}],
    ['embeddingTypes', ['1'], { embeddingTypes: [] }],
    ['maxConcurrency', ['1'], { maxConcurrency: 0 }],
    ['maxConcurrency', ['1'], { maxConcurrency: Number.NaN }],
    ['batchSize', ['1'], { batchSize: 0 }],
    // "Maximum number of texts per call is 96": https://docs.cohere.com/reference/embed
    ['batchSize', ['1'], { batchSize: 97 }],
    ['batchSize', ['1'], { batchSize: 1.5 }],
  ])('before anything is sent: %s', async (field, inputs, options) => {
    const { fetch, sent } = answering(embedder)
    const embedded = modelOver(fetch).embed(inputs, { inputType, ...options })
    await expect(embedded).rejects.toMatchObject({
      code: 'invalid_request',
      provider: 'cohere',
      model: 'embed-v4.0',
      field,
    })
    expect(sent).toHaveLength(0)
  })

  test('abort closes every connection, and nothing more is sent', async () => {
    let closed = 0
    let arrived = 0
    const all = Promise.withResolvers<void>()
    const gone = Promise.withResolvers<void>()
    const server = createServer((request) => {
      if (++arrived === 2) all.resolve()
      request.socket.on('close', () => {
        if (++closed === 2) gone.resolve()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const baseURL = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const controller = new AbortController()
    const { signal } = controller
    const model = createCohere({ apiKey: 'key', baseURL }).embed('embed-v4.0')
    const embedded = model.embed(numbers(500), { inputType, signal, maxConcurrency: 2 })
    void all.promise.then(() => controller.abort('enough'))
    await expect(embedded).rejects.toMatchObject({
      code: 'aborted',
      cause: 'enough',
      message: expect.not.stringContaining('inputs'),
    })
    await gone.promise
    expect(arrived).toBe(2)
    server.close()
  })

  test('a signal that has aborted already', async () => {
    const { fetch, sent } = answering(embedder)
    const embedded = modelOver(fetch).embed(['1'], { inputType, signal: AbortSignal.abort('no') })
    await expect(embedded).rejects.toMatchObject({ code: 'aborted' })
    expect(sent).toHaveLength(0)
  })
})

describe('the cost', () => {
  const billing = (...bills: (object | undefined)[]) => {
    const queue = [...bills]
    const { fetch } = answering((sent) => {
      const units = queue.shift()
      return { body: { ...embedder(sent).body, meta: units && { billed_units: units } } }
    })
    return modelOver(fetch).embed(numbers(bills.length), { inputType, batchSize: 1, maxConcurrency: 1 })
  }

  test('is that of an independent price list', async () => {
    const { cost } = await billing({ input_tokens: 600_000 }, { input_tokens: 400_000 })
    const elsewhere = calcPrice({ input_tokens: 1_000_000 }, 'embed-v4.0', { providerId: 'cohere' })
    expect(cost?.nanoUsd).toBe(Math.round((elsewhere?.total_price ?? 0) * 1e9))
    expect(cost?.price?.source).toMatch(/^https:/)
  })

  test('is unknown, and never 0, where images have no price, or where a request says nothing of it', async () => {
    const images = await billing({ input_tokens: 1, image_tokens: 0 }, { input_tokens: 1, image_tokens: 1_610 })
    expect(images.usage.billed).toEqual({ inputTokens: 2, imageTokens: 1_610 })
    expect(images.cost).toBeUndefined()
    const silent = await billing({ input_tokens: 1 }, undefined)
    expect(silent.usage).toEqual({})
    expect(silent.cost).toBeUndefined()
  })

  test('counts images where there is a price for them', async () => {
    const { fetch } = answering((sent) => ({
      body: { ...embedder(sent).body, meta: { billed_units: { images: 2 } } },
    }))
    const price = { usdPerMillion: { images: 100 }, source: 'a contract', date: '2026-01-01' }
    const cohere = createCohere({ apiKey: 'key', fetch, prices: { 'embed-english-v3.0': price } })
    const { cost } = await cohere.embed('embed-english-v3.0').embed([image, image], { inputType: 'image' })
    expect(cost).toMatchObject({ nanoUsd: 200_000, price })
  })
})
