import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { transports } from './transport.ts'

// The simulator refuses what Cohere refuses: a field that does not exist, a text or an image in the wrong place.
describe.each(transports)('the endpoints beside chat, over the $transport', ({ createCohere }) => {
  const start = () => {
    const simulator = createSimulator()
    return { simulator, cohere: createCohere({ apiKey: 'key', fetch: simulator.fetch }) }
  }
  const pixel =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
  const image = { type: 'image', url: pixel } as const

  test('embed: many texts, with every option', async () => {
    const { simulator, cohere } = start()
    const texts = Array.from({ length: 200 }, (_, index) => `text ${index}`)
    const model = cohere.embed('embed-v4.0')
    const all = await model.embed(texts, {
      inputType: 'clustering',
      embeddingTypes: ['float', 'int8', 'uint8', 'binary', 'ubinary', 'base64'],
      outputDimension: 256,
      truncate: 'END',
      maxTokens: 100,
      priority: 1,
    })
    expect(simulator.requests.map(({ status }) => status)).toEqual([200, 200, 200])
    for (const vectors of Object.values(all.byType)) expect(vectors).toHaveLength(200)
    expect(all.byType.float[0]).toHaveLength(256)
    expect(all.byType.ubinary[0]).toHaveLength(256 / 8)
    // The vector of a text does not depend on the texts around it.
    const alone = await model.embed([texts[150] ?? ''], { inputType: 'clustering', outputDimension: 256 })
    expect(alone.embeddings[0]).toEqual(all.byType.float[150])
    expect(all.usage.billed?.inputTokens).toBeGreaterThan(200)
    expect(all.cost?.nanoUsd).toBe((all.usage.billed?.inputTokens ?? 0) * 120)
  })

  test('embed: images, and both in one', async () => {
    const { cohere } = start()
    const model = cohere.embed('embed-v4.0')
    const images = await model.embed([image, image], { inputType: 'image' })
    expect(images.embeddings).toHaveLength(2)
    expect(images.usage.billed?.imageTokens).toBeGreaterThan(0)
    const mixed = await model.embed(['a', image, { content: [{ type: 'text', text: 'a' }, image] }], {
      inputType: 'search_document',
    })
    expect(new Set(mixed.embeddings.map(String)).size).toBe(3)
  })

  test('rerank', async () => {
    const { cohere } = start()
    const books = [
      { title: 'Emma', plot: 'A matchmaker learns.' },
      { title: 'Dune', plot: 'Sand and deserts and spice.' },
    ]
    const { results, usage, id } = await cohere
      .rerank('rerank-v4.0-pro')
      .rerank('sand and deserts', books, { topN: 1, maxTokensPerDocument: 100, priority: 1, rankFields: ['plot'] })
    expect(results).toMatchObject([{ index: 1, document: { title: 'Dune' } }])
    expect(usage.billed).toEqual({ searchUnits: 1 })
    expect(id).toBeTypeOf('string')
  })

  test('tokenize and back', async () => {
    const { cohere } = start()
    const model = 'command-a-03-2025'
    const { tokens, tokenStrings } = await cohere.tokenize('Recommend a book', { model })
    expect(tokens).toHaveLength(tokenStrings.length)
    expect((await cohere.detokenize(tokens, { model })).text).toBe('Recommend a book')
  })

  test('models', async () => {
    const { simulator, cohere } = start()
    const all = await cohere.models.list()
    const paged = await cohere.models.list({ pageSize: 2 })
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    expect(simulator.requests.length).toBe(1 + Math.ceil(all.length / 2))
    const embedders = await cohere.models.list({ endpoint: 'embed' })
    expect(embedders.length).toBeLessThan(all.length)
    for (const { endpoints } of embedders) expect(endpoints).toContain('embed')
    const one = await cohere.models.get('command-a-03-2025')
    expect(one.features).toContain('json_schema')
    expect(one.contextLength).toBe(288_000)
  })

  test('errors are those of chat', async () => {
    const { cohere } = start()
    const missing = { code: 'not_found', status: 404, provider: 'cohere', model: 'no-such' }
    await expect(cohere.embed('no-such').embed(['a'], { inputType: 'search_query' })).rejects.toMatchObject(missing)
    await expect(cohere.rerank('no-such').rerank('a', ['b'])).rejects.toMatchObject(missing)
    await expect(cohere.models.get('no-such')).rejects.toMatchObject(missing)
    const refused = createCohere({ apiKey: 'invalid', fetch: createSimulator().fetch })
    await expect(refused.models.list()).rejects.toMatchObject({ code: 'authentication', status: 401 })
  })
})
