import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { eventsOf, type SentEvent } from './sse.ts'
import { start } from './start.ts'

const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'Tells the weather of a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
]
const weather = [{ role: 'user', content: 'What is the weather in Paris?' }]
const document = { id: 'panda', data: { text: 'Giant pandas eat bamboo.' } }
const pandas = [{ role: 'user', content: 'What do pandas eat?' }]
const dune = [{ role: 'user', content: 'Who wrote Dune?' }]

const requests: [path: string, provider: string, body: { model: string; [field: string]: unknown }][] = [
  ['/v2/chat', 'cohere', { model: 'command-a-03-2025', messages: weather, tools }],
  ['/v2/chat', 'cohere', { model: 'command-a-03-2025', messages: pandas, documents: [document] }],
  ['/v2/chat', 'cohere', { model: 'command-a-reasoning-08-2025', messages: dune, logprobs: true }],
  ['/v1/chat/completions', 'openai', { model: 'gpt-4o-mini', messages: weather, tools, logprobs: true }],
  [
    '/v1/chat/completions',
    'openai',
    { model: 'gpt-4o-mini', messages: dune, n: 2, stream_options: { include_usage: true } },
  ],
  ['/v1/responses', 'openai', { model: 'gpt-5-mini', input: 'Who wrote Dune?', reasoning: { summary: 'auto' } }],
]

describe('the same protocol on both sides', () => {
  test.each(requests)('%s of %s gives the same events as without the gateway: %j', async (path, provider, body) => {
    // Ids follow from the request, of which the gateway sends more where it asks for the usage.
    const without = createSimulator()
    await using started = await start()
    const asked = path.endsWith('completions') ? { stream_options: { include_usage: true } } : {}
    const direct = await without.fetch(`https://api.example.com${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, stream: true, ...asked }),
    })
    const through = await started.post(path, { ...body, model: `${provider}/${body.model}`, stream: true, ...asked })
    expect(through.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(stable(await eventsOf(through))).toEqual(stable(await eventsOf(direct)))
  })

  test.each(requests)('%s of %s gives the same whole answer: %j', async (path, provider, body) => {
    const without = createSimulator()
    await using started = await start()
    const { stream_options: _, ...whole } = body
    const direct = await without.fetch(`https://api.example.com${path}`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify(whole),
    })
    const through = await started.post(path, { ...whole, model: `${provider}/${body.model}` })
    const read = async (response: Response): Promise<unknown> => withoutIds(await response.json())
    expect(await read(through)).toEqual(await read(direct))
  })

  test('a usage that was not asked for is not shown', async () => {
    await using started = await start()
    const response = await started.post('/v1/chat/completions', {
      model: 'openai/gpt-4o-mini',
      messages: dune,
      stream: true,
    })
    const events = await eventsOf(response)
    expect(events.at(-1)).toEqual({ data: '[DONE]' })
    expect(events.filter(({ data }) => data.includes('"usage"'))).toEqual([])
    expect(events.filter(({ data }) => data.includes('"choices":[]'))).toEqual([])
    // It was counted all the same.
    expect(started.lines.some((line) => line.includes('"outputTokens":'))).toBe(true)
  })

  test('an error of the provider’s is its own, word for word', async () => {
    await using started = await start()
    const body = { model: 'openai/gpt-4o-mini', messages: dune, temperature: 9 }
    const response = await started.post('/v1/chat/completions', body)
    expect(response.status).toBe(400)
    const direct = await createSimulator().fetch('https://api.example.com/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, model: 'gpt-4o-mini' }),
    })
    expect(await response.json()).toEqual(await direct.json())
  })

  test('a field that is new goes through', async () => {
    await using started = await start()
    await started.post('/v2/chat', { model: 'cohere/command-a-03-2025', messages: dune, novelty: 1 })
    expect(started.simulator.requests.at(-1)?.body).toEqual({
      model: 'command-a-03-2025',
      stream: false,
      messages: dune,
      novelty: 1,
    })
  })
})

/** What differs between two runs: ids and moments. */
function stable(events: readonly SentEvent[]): unknown[] {
  return events.map(({ event, data }) => [event, data.startsWith('{') ? withoutIds(JSON.parse(data)) : data])
}

function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (varying.has(key) ? 'varies' : inner)))
}

const varying = new Set([
  'id',
  'item_id',
  'call_id',
  'created',
  'created_at',
  'completed_at',
  'encrypted_content',
  'obfuscation',
  'prompt_cache_key',
])
