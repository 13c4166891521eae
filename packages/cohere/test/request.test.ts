import { type CohereParams } from '@interlingua/cohere'
import { defineCall, type Message } from '@interlingua/core'
import { createSimulator } from '@interlingua/simulator'
import { describe, expect, test } from 'vitest'
import { transports } from './transport.ts'

describe.each(transports)('over the $transport transport', ({ createCohere }) => {
  function start() {
    const simulator = createSimulator()
    const cohere = createCohere({ apiKey: 'key', fetch: simulator.fetch, headers: { 'x-team': 'books' } })
    return { simulator, cohere, model: cohere('command-a-03-2025') }
  }

  test('a text becomes one user message, and nothing is sent that was not asked for', async () => {
    const { simulator, model } = start()
    await model.call('Recommend a book')
    expect(simulator.requests[0]).toMatchObject({ method: 'POST', path: '/v2/chat', status: 200 })
    expect(simulator.requests[0]?.body).toEqual({
      model: 'command-a-03-2025',
      messages: [{ role: 'user', content: 'Recommend a book' }],
      stream: false,
    })
    expect(simulator.requests[0]?.headers).toMatchObject({
      accept: 'application/json',
      'content-type': 'application/json',
      'x-client-name': 'interlingua',
      'x-team': 'books',
    })
  })

  test('every parameter has its field: https://docs.cohere.com/reference/chat', async () => {
    const { simulator, cohere } = start()
    // The others shape the whole request, and have tests of their own.
    const params: Required<Omit<CohereParams, 'documents' | 'responseFormat' | 'strictTools' | 'extraBody'>> = {
      temperature: 0.5,
      maxTokens: 2_000,
      topP: 0.9,
      topK: 40,
      frequencyPenalty: 0.1,
      presencePenalty: 0,
      seed: 7,
      stop: ['THE END'],
      thinking: { type: 'enabled', tokenBudget: 500 },
      safetyMode: 'STRICT',
      logprobs: true,
      priority: 3,
      citationOptions: { mode: 'FAST' },
    }
    const response = await cohere('command-a-reasoning-08-2025').stream('Hi', params).response()
    const body = {
      model: 'command-a-reasoning-08-2025',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      temperature: 0.5,
      max_tokens: 2_000,
      p: 0.9,
      k: 40,
      frequency_penalty: 0.1,
      presence_penalty: 0,
      seed: 7,
      stop_sequences: ['THE END'],
      thinking: { type: 'enabled', token_budget: 500 },
      safety_mode: 'STRICT',
      logprobs: true,
      priority: 3,
      citation_options: { mode: 'FAST' },
    }
    expect(simulator.requests[0]?.body).toEqual(body)
    expect(simulator.requests[0]?.headers['accept']).toBe('text/event-stream')
    expect(response.request).toEqual({ url: 'https://api.cohere.com/v2/chat', body })
  })

  test('an answer goes back into the next request as it came', async () => {
    const { simulator, cohere } = start()
    const model = cohere('command-a-reasoning-08-2025')
    const question: Message = { role: 'user', content: 'Recommend a fantasy book' }
    const first = await model.call([{ role: 'system', content: 'Be brief.' }, question])
    const second = await model.call([...first.messages, first.message, { role: 'user', content: 'Another one' }])
    expect(simulator.requests[1]?.body).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        question,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: first.thinking },
            { type: 'text', text: first.content },
          ],
        },
        { role: 'user', content: 'Another one' },
      ],
    })
    expect(second.content).not.toBe(first.content)
  })

  test('a message with a plan, tool calls and citations goes back field by field', async () => {
    const wire = {
      role: 'assistant',
      content: [{ type: 'text', text: 'It rains.' }],
      tool_plan: 'I will look.',
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{ "city" : "Paris" }' } }],
      citations: [
        {
          start: 3,
          end: 8,
          text: 'rains',
          sources: [
            { type: 'tool', id: 'a:0', tool_output: { rain: 'yes' } },
            { type: 'document', id: 'doc:0', document: { id: 'doc:0', text: 'Rain.' } },
          ],
          type: 'TEXT_CONTENT',
          content_index: 0,
        },
      ],
    }
    const answer = { id: 'x', finish_reason: 'TOOL_CALL', message: wire, usage: {} }
    const sent: unknown[] = []
    const fetch: typeof globalThis.fetch = async (_, init) => {
      sent.push(typeof init?.body === 'string' && JSON.parse(init.body))
      return Response.json(answer)
    }
    const model = createCohere({ apiKey: 'key', fetch })('command-a-03-2025')
    const { message } = await model.call('Hi')
    await model.call([message])
    expect(sent[1]).toHaveProperty('messages', [wire])
  })

  test('baseURL, and headers of a single call, which come last', async () => {
    const seen: { url: string; headers: Headers }[] = []
    const { fetch } = createSimulator()
    const spy: typeof fetch = (input, init) => {
      seen.push({ url: input instanceof Request ? input.url : String(input), headers: new Headers(init?.headers) })
      return fetch(input, init)
    }
    const cohere = createCohere({
      apiKey: 'key',
      baseURL: 'https://cohere.example.com/',
      fetch: spy,
      headers: { 'x-team': 'books' },
    })
    await cohere('command-a-03-2025').call('Hi', { headers: { 'X-Team': 'films', 'x-extra': '1' } })
    expect(seen[0]?.url).toBe('https://cohere.example.com/v2/chat')
    expect(seen[0]?.headers.get('x-team')).toBe('films')
    expect(seen[0]?.headers.get('x-extra')).toBe('1')
  })

  test('a call can be given other options, or another model, and stays as it is', async () => {
    const { simulator, cohere, model } = start()
    const recommend = defineCall({ model, temperature: 0.2, prompt: (genre: string) => `Recommend a ${genre} book` })
    await recommend.with({ temperature: 0.9, maxTokens: 50 })('fantasy')
    await recommend
      .with({ model: cohere('command-r7b-12-2024') })
      .stream('fantasy')
      .response()
    await recommend('fantasy')
    expect(simulator.requests.map(({ body }) => body)).toMatchObject([
      { model: 'command-a-03-2025', temperature: 0.9, max_tokens: 50 },
      { model: 'command-r7b-12-2024', temperature: 0.2 },
      { model: 'command-a-03-2025', temperature: 0.2 },
    ])
  })

  test('a deprecation notice becomes a warning', async () => {
    const notice = "model 'command-r' is deprecated and will be removed September 15 2025"
    const simulator = createSimulator({ scripts: [{ headers: { 'x-api-warning': notice } }] })
    const model = createCohere({ apiKey: 'key', fetch: simulator.fetch })('command-a-03-2025')
    const warnings = [{ code: 'provider', message: notice }]
    expect((await model.call('Hi')).warnings).toEqual(warnings)
    expect((await model.stream('Hi').response()).warnings).toEqual(warnings)
  })

  test('prices: the built-in ones, those of the caller, and none where none is known', async () => {
    const { fetch } = createSimulator()
    const price = { usdPerMillion: { inputTokens: 1, outputTokens: 2 }, source: 'a contract', date: '2026-01-01' }
    const cohere = createCohere({ apiKey: 'key', fetch, prices: { 'command-a-03-2025': price } })
    const mine = await cohere('command-a-03-2025').call('Recommend a fantasy book')
    const { inputTokens = Number.NaN, outputTokens = Number.NaN } = mine.usage.billed ?? {}
    expect(mine.cost).toEqual({
      nanoUsd: inputTokens * 1_000 + outputTokens * 2_000,
      items: [
        { unit: 'inputTokens', count: inputTokens, usdPerMillion: 1, nanoUsd: inputTokens * 1_000 },
        { unit: 'outputTokens', count: outputTokens, usdPerMillion: 2, nanoUsd: outputTokens * 2_000 },
      ],
      price,
    })
    expect((await cohere('north-mini-code-1.0').call('Hi')).cost).toBeUndefined()
  })
})
