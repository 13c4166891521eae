import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { jsonOf, post, refused } from './client.ts'

const { fetch } = createSimulator()

interface Listed {
  models: Described[]
  next_page_token?: string
}

interface Described {
  name: string
  endpoints: string[]
  features: string[]
  context_length: number
  default_endpoints: string[]
  tokenizer_url: string
  sampling_defaults?: object
}

function get(path: string): Promise<Response> {
  return fetch(`https://api.cohere.com${path}`, { headers: { authorization: 'Bearer x' } })
}

async function listed(query = ''): Promise<Listed> {
  return jsonOf<Listed>(await get(`/v1/models${query}`))
}

test('a model tells what it can do, as recorded', async () => {
  const plain = await jsonOf<Described>(await get('/v1/models/command-a-03-2025'))
  const common = ['json_mode', 'json_schema', 'strict_tools', 'safety_modes', 'tools']
  expect(plain).toMatchObject({
    name: 'command-a-03-2025',
    endpoints: ['chat'],
    finetuned: false,
    context_length: 288_000,
    tokenizer_url: 'https://storage.googleapis.com/cohere-public/tokenizers/command-a-03-2025.json',
    default_endpoints: ['chat', 'generate'],
    features: common,
    sampling_defaults: { temperature: 0.3, k: 0, p: 0.75, frequency_penalty: 0, presence_penalty: 0 },
  })
  const reasoning = await jsonOf<Described>(await get('/v1/models/command-a-reasoning-08-2025'))
  expect(reasoning).toMatchObject({
    context_length: 288_768,
    features: [...common, 'reasoning'],
    default_endpoints: [],
  })
})

test('pages put together are the list', async () => {
  const all = await listed('?page_size=1000')
  expect(all).not.toHaveProperty('next_page_token')
  const pages: Described[] = []
  for (let token: string | undefined = '0'; token !== undefined;) {
    const page: Listed = await listed(`?page_size=7&page_token=${token}`)
    expect(page.models.length).toBeLessThanOrEqual(7)
    pages.push(...page.models)
    token = page.next_page_token
  }
  expect(pages).toEqual(all.models)
  expect((await listed()).models).toHaveLength(Math.min(20, all.models.length))
})

test('the list can be of one endpoint, and of its default', async () => {
  for (const endpoint of ['chat', 'embed', 'rerank']) {
    const { models } = await listed(`?endpoint=${endpoint}`)
    expect(models.length).toBeGreaterThan(3)
    for (const { endpoints } of models) expect(endpoints).toEqual([endpoint])
  }
  expect((await listed('?endpoint=chat&default_only=true')).models.map(({ name }) => name)).toEqual([
    'command-a-03-2025',
  ])
  expect((await listed('?endpoint=embed&default_only=true')).models).toEqual([])
})

test('every model that is listed answers at its endpoint', async () => {
  const bodies: Record<string, object> = {
    chat: { messages: [{ role: 'user', content: 'hello' }] },
    embed: { texts: ['x'], input_type: 'classification' },
    rerank: { query: 'x', documents: ['x'] },
  }
  for (const { name, endpoints } of (await listed()).models) {
    const [endpoint = ''] = endpoints
    const response = await post(fetch, { model: name, ...bodies[endpoint] }, { path: `/v2/${endpoint}` })
    expect([name, response.status]).toEqual([name, 200])
  }
})

test('unknown models, pages and keys are refused', async () => {
  const unknown =
    "model 'a b' not found, make sure the correct model ID was used and that you have access to the model."
  expect(await refused(get('/v1/models/a%20b'))).toEqual([404, unknown])
  expect((await refused(get('/v1/models?page_size=0')))[0]).toBe(400)
  expect((await refused(get('/v1/models?page_token=x')))[0]).toBe(400)
  expect((await refused(get('/v1/models/%zz')))[1]).toContain("model '%zz' not found")
  expect(await refused(get('/v1/models/a/b'))).toEqual([404, '404 page not found'])
  expect(await refused(fetch('https://api.cohere.com/v1/models'))).toEqual([401, 'no api key supplied'])
})

test('a key can be checked', async () => {
  const checked = await jsonOf<{ valid: boolean }>(await post(fetch, {}, { path: '/v1/check-api-key' }))
  expect(checked).toEqual({ valid: true, organization_id: expect.any(String), owner_id: expect.any(String) })
  const headers = { authorization: 'Bearer invalid' }
  expect(await refused(post(fetch, {}, { path: '/v1/check-api-key', headers }))).toEqual([401, 'invalid api token'])
})
