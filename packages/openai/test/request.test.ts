import { isInterlinguaError } from '@interlingua/core'
import { createOpenAI } from '@interlingua/openai'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sent } from './sent.ts'

afterEach(() => vi.unstubAllEnvs())

const weather = {
  name: 'get weather!',
  description: 'The weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string', minLength: 1 }, unit: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
} as const

describe('the request', () => {
  test('goes to the address with the key, and with the account', async () => {
    const { url, headers } = await sent('Hi', {}, { organization: 'org', project: 'proj', headers: { 'x-mine': '1' } })
    expect(url).toBe('https://api.openai.com/v1/chat/completions')
    expect(Object.fromEntries(headers)).toMatchObject({
      authorization: 'Bearer key',
      'openai-organization': 'org',
      'openai-project': 'proj',
      'x-mine': '1',
    })
  })

  test('takes the key and the account from the environment, and for OpenAI only', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'from-environment')
    vi.stubEnv('OPENAI_ORG_ID', 'org')
    vi.stubEnv('GROQ_API_KEY', 'groq')
    const own = await sent('Hi', {}, { apiKey: undefined })
    expect(own.headers.get('authorization')).toBe('Bearer from-environment')
    expect(own.headers.get('openai-organization')).toBe('org')
    const other = await sent('Hi', {}, { apiKey: undefined, dialect: 'groq' })
    expect(other.headers.get('authorization')).toBe('Bearer groq')
    expect(other.headers.get('openai-organization')).toBeNull()
  })

  test('a missing key names the variable and the option', async () => {
    vi.stubEnv('OPENAI_API_KEY', undefined)
    const error: unknown = await createOpenAI()('gpt-5-mini')
      .call('Hi')
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'authentication' })
    expect(String(error)).toMatch(/OPENAI_API_KEY.*createOpenAI\(\{ apiKey \}\)/)
  })

  test('has a field for every parameter', async () => {
    const { body, fields } = await sent('Hi', {
      temperature: 0.5,
      maxTokens: 9,
      topP: 0.9,
      frequencyPenalty: 1,
      presencePenalty: -1,
      seed: 7,
      stop: ['END'],
      n: 2,
      logprobs: true,
      topLogprobs: 3,
      logitBias: { 5: -100 },
      reasoningEffort: 'low',
      verbosity: 'high',
      parallelToolCalls: false,
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
      prediction: 'Yes',
      webSearch: { searchContextSize: 'low', userLocation: { country: 'DE' } },
      serviceTier: 'flex',
      store: true,
      requestMetadata: { a: 'b' },
      promptCacheKey: 'k',
      promptCacheRetention: '24h',
      promptCacheOptions: { mode: 'explicit' },
      safetyIdentifier: 's',
      user: 'u',
      moderation: { model: 'omni' },
      extraBody: { extra: 1 },
    })
    expect(fields).toEqual([])
    expect(body).toEqual({
      model: 'gpt-5-mini',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: false,
      temperature: 0.5,
      max_completion_tokens: 9,
      top_p: 0.9,
      frequency_penalty: 1,
      presence_penalty: -1,
      seed: 7,
      stop: ['END'],
      n: 2,
      logprobs: true,
      top_logprobs: 3,
      logit_bias: { 5: -100 },
      reasoning_effort: 'low',
      verbosity: 'high',
      parallel_tool_calls: false,
      modalities: ['text', 'audio'],
      audio: { voice: 'alloy', format: 'wav' },
      prediction: { type: 'content', content: 'Yes' },
      web_search_options: {
        search_context_size: 'low',
        user_location: { type: 'approximate', approximate: { country: 'DE' } },
      },
      service_tier: 'flex',
      store: true,
      metadata: { a: 'b' },
      prompt_cache_key: 'k',
      prompt_cache_retention: '24h',
      prompt_cache_options: { mode: 'explicit' },
      safety_identifier: 's',
      user: 'u',
      moderation: { model: 'omni' },
      extra: 1,
    })
  })

  test('tells what there is not, by the name that the caller used', async () => {
    const options = { topK: 5, documents: ['a'] }
    const { body, fields } = await sent('Hi', options)
    expect(fields).toEqual(['documents', 'topK'])
    expect(body).not.toHaveProperty('top_k')
    const error: unknown = await sent('Hi', { topK: 5, onUnsupported: 'error' }).catch((reason: unknown) => reason)
    expect(isInterlinguaError(error) && error.code).toBe('unsupported')
  })
})

describe('tools', () => {
  test('by names that OpenAI takes', async () => {
    const { body } = await sent('Hi', { tools: [weather], toolChoice: { name: weather.name } })
    expect(body.tools).toEqual([
      {
        type: 'function',
        function: { name: 'get_weather_', description: weather.description, parameters: weather.parameters },
      },
    ])
    expect(body['tool_choice']).toEqual({ type: 'function', function: { name: 'get_weather_' } })
  })

  test('strict ones require everything, and what is lost is told', async () => {
    const { body, fields } = await sent('Hi', { tools: [weather], strictTools: true })
    expect(fields).toEqual(['tools.get weather!.parameters'])
    expect(body.tools).toMatchObject([
      {
        function: {
          strict: true,
          parameters: {
            properties: {
              city: { type: 'string', description: 'minimum 1 character' },
              unit: { anyOf: [{ type: 'string' }, { type: 'null' }] },
            },
            required: ['city', 'unit'],
            additionalProperties: false,
          },
        },
      },
    ])
  })

  test('a strict one that OpenAI could not hold a model to is offered as it is', async () => {
    const tool = { name: 'save', parameters: { type: 'object', additionalProperties: { type: 'string' } } }
    const { body, fields } = await sent('Hi', { tools: [tool], strictTools: true })
    expect(fields).toEqual(['tools.save.parameters'])
    expect(body.tools).toEqual([{ type: 'function', function: { name: 'save', parameters: tool.parameters } }])
  })

  test('custom ones take a text', async () => {
    const customTools = [{ name: 'run', grammar: { syntax: 'regex', definition: '.*' } }] as const
    const { body } = await sent('Hi', { customTools, toolChoice: { name: 'run' } })
    expect(body.tools).toEqual([
      {
        type: 'custom',
        custom: { name: 'run', format: { type: 'grammar', grammar: { syntax: 'regex', definition: '.*' } } },
      },
    ])
    expect(body['tool_choice']).toEqual({ type: 'custom', custom: { name: 'run' } })
  })
})

describe('the form of the answer', () => {
  const jsonSchema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] } as const

  test('is held to a schema', async () => {
    const { body, fields } = await sent('Hi', { responseFormat: { type: 'json_schema', jsonSchema, name: 'book' } })
    expect(fields).toEqual([])
    expect(body['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'book', strict: true, schema: { ...jsonSchema, additionalProperties: false } },
    })
  })

  test('is asked for in words where a server takes no schema, and where the conversation asks for no JSON', async () => {
    const without = await sent('Hi', { responseFormat: { type: 'json_object' } })
    expect(without.body.messages).toMatchObject([{ role: 'system', content: expect.stringContaining('JSON') }, {}])
    const deepseek = await sent('Hi', { responseFormat: { type: 'json_schema', jsonSchema } }, { dialect: 'deepseek' })
    expect(deepseek.body['response_format']).toEqual({ type: 'json_object' })
    expect(deepseek.fields).toEqual(['responseFormat.jsonSchema'])
  })
})

describe('messages', () => {
  test('show, play and hand over', async () => {
    const { body, fields } = await sent([
      { role: 'system', content: 'Be kind' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image', url: 'https://example.com/a.png', detail: 'low' },
          { type: 'image', data: new Uint8Array([1]), mediaType: 'image/png' },
          { type: 'audio', data: new Uint8Array([1]), mediaType: 'audio/mpeg' },
          { type: 'file', data: new Uint8Array([1]), mediaType: 'application/pdf', name: 'a.pdf' },
          { type: 'file', id: 'file-1' },
        ],
        providerFields: { openai: { name: 'Ada' }, other: { name: 'Bob' } },
      },
    ])
    expect(fields).toEqual([])
    expect(body.messages).toEqual([
      { role: 'system', content: 'Be kind' },
      {
        role: 'user',
        name: 'Ada',
        content: [
          { type: 'text', text: 'See' },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png', detail: 'low' } },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AQ==' } },
          { type: 'input_audio', input_audio: { data: 'AQ==', format: 'mp3' } },
          { type: 'file', file: { file_data: 'data:application/pdf;base64,AQ==', filename: 'a.pdf' } },
          { type: 'file', file: { file_id: 'file-1' } },
        ],
      },
    ])
  })

  test('of the system are sent with the role that is wanted', async () => {
    const { body } = await sent([{ role: 'system', content: 'Be kind' }], { systemRole: 'developer' })
    expect(body.messages).toEqual([{ role: 'developer', content: 'Be kind' }])
  })
})
