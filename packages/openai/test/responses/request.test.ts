import type { JsonSchema, ToolDefinition } from '@interlingua/core'
import type { OpenAIResponsesParams } from '@interlingua/openai'
import { describe, expect, test } from 'vitest'
import { fetchJson, modelOver } from './model.ts'
import { sentFor } from './sent.ts'

const ask = [{ role: 'user', content: 'Hi' }] as const
const bodyFor = async (options: Parameters<typeof sentFor>[2]) => (await sentFor(ask, 'openai', options)).body
const tool: ToolDefinition = {
  name: 'weather',
  description: 'The weather.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
}
const loose: ToolDefinition = {
  name: 'look at',
  parameters: { type: 'object', properties: { at: { type: 'string' } } },
}

test('nothing is sent that was not asked for', async () => {
  expect(await bodyFor({})).toEqual({ model: 'gpt-5.6', input: [{ role: 'user', content: 'Hi' }], stream: false })
})

/** Every parameter that goes into a field of its own, and how it is sent. */
const params: readonly (readonly [OpenAIResponsesParams, Record<string, unknown>])[] = [
  [{ temperature: 0.5 }, { temperature: 0.5 }],
  [{ maxTokens: 9 }, { max_output_tokens: 9 }],
  [{ topP: 0.5 }, { top_p: 0.5 }],
  [{ reasoning: { effort: 'high', summary: 'auto' } }, { reasoning: { effort: 'high', summary: 'auto' } }],
  [{ reasoningEffort: 'low' }, { reasoning: { effort: 'low' } }],
  [{ reasoningEffort: 'low', reasoning: { summary: 'auto' } }, { reasoning: { effort: 'low', summary: 'auto' } }],
  [{ verbosity: 'low' }, { text: { verbosity: 'low' } }],
  [{ responseFormat: { type: 'text' }, verbosity: 'high' }, { text: { format: { type: 'text' }, verbosity: 'high' } }],
  [{ parallelToolCalls: false }, { parallel_tool_calls: false }],
  [{ maxToolCalls: 3 }, { max_tool_calls: 3 }],
  [{ logprobs: true }, { include: ['message.output_text.logprobs'] }],
  [{ topLogprobs: 2 }, { top_logprobs: 2, include: ['message.output_text.logprobs'] }],
  [{ instructions: 'Be brief.' }, { instructions: 'Be brief.' }],
  [{ previousResponseId: 'resp_1' }, { previous_response_id: 'resp_1' }],
  [{ conversation: { id: 'conv_1' } }, { conversation: { id: 'conv_1' } }],
  [{ store: false }, { store: false }],
  [
    { store: false, reasoning: {} },
    { store: false, reasoning: {}, include: ['reasoning.encrypted_content'] },
  ],
  [
    { store: false, reasoning: {}, include: [] },
    { store: false, reasoning: {}, include: [] },
  ],
  [{ include: ['code_interpreter_call.outputs'] }, { include: ['code_interpreter_call.outputs'] }],
  [{ storedPrompt: { id: 'pmpt_1', variables: { a: 'b' } } }, { prompt: { id: 'pmpt_1', variables: { a: 'b' } } }],
  [{ truncation: 'auto' }, { truncation: 'auto' }],
  [
    { contextManagement: [{ type: 'compaction', compact_threshold: 9 }] },
    { context_management: [{ type: 'compaction', compact_threshold: 9 }] },
  ],
  [{ requestMetadata: { a: 'b' } }, { metadata: { a: 'b' } }],
  [{ moderation: { model: 'omni' } }, { moderation: { model: 'omni' } }],
  [{ promptCacheKey: 'k' }, { prompt_cache_key: 'k' }],
  [{ promptCacheOptions: { mode: 'explicit' } }, { prompt_cache_options: { mode: 'explicit' } }],
  [{ promptCacheRetention: '24h' }, { prompt_cache_retention: '24h' }],
  [{ safetyIdentifier: 'u' }, { safety_identifier: 'u' }],
  [{ user: 'u' }, { user: 'u' }],
  [{ serviceTier: 'flex' }, { service_tier: 'flex' }],
  [{ accessPrograms: { cyber: 'standard' } }, { access_programs: { cyber: 'standard' } }],
  [{ image: { context_compression: 'auto' } }, { image: { context_compression: 'auto' } }],
  [{ extraBody: { dream: true, model: 'other' } }, { dream: true, model: 'other' }],
]

test.each(params)('%j', async (given, expected) => {
  const { body, warnings } = await sentFor(ask, 'openai', given)
  expect(body).toEqual({ model: 'gpt-5.6', input: [{ role: 'user', content: 'Hi' }], stream: false, ...expected })
  expect(warnings).toEqual([])
})

test.each(['topK', 'seed', 'frequencyPenalty', 'presencePenalty', 'stop', 'safetyMode'])(
  '%s is no parameter here, which is told',
  async (field) => {
    const { body, warnings } = await sentFor(ask, 'openai', { [field]: field === 'stop' ? ['x'] : 1 })
    expect(Object.keys(body)).toEqual(['model', 'input', 'stream'])
    expect(warnings).toMatchObject([{ code: 'unsupported', field }])
  },
)

describe('streams', () => {
  async function streamed(options: OpenAIResponsesParams): Promise<Record<string, unknown>> {
    let body: Record<string, unknown> = {}
    const fetch: typeof globalThis.fetch = async (_, init) => {
      body = JSON.parse(init?.body as string) as Record<string, unknown>
      return new Response('', { headers: { 'content-type': 'text/event-stream' } })
    }
    await modelOver(fetch)
      .stream('Hi', options)
      .response()
      .catch(() => {})
    return body
  }

  test('are asked for, with their own options', async () => {
    expect(await streamed({})).toMatchObject({ stream: true })
    expect(await streamed({ obfuscation: false })).toMatchObject({
      stream_options: { include_obfuscation: false },
    })
    expect(await streamed({ background: true })).toMatchObject({ background: true })
  })

  test('a call waits for its answer, and says so', async () => {
    const { body, warnings } = await sentFor(ask, 'openai', { background: true, obfuscation: false })
    expect(Object.keys(body)).toEqual(['model', 'input', 'stream'])
    expect(warnings).toMatchObject([{ field: 'background' }])
  })
})

describe('tools', () => {
  test('are sent with names that OpenAI takes, and without a strictness that was not asked for', async () => {
    expect(await bodyFor({ tools: [tool, loose] })).toMatchObject({
      tools: [
        { type: 'function', ...tool, strict: false },
        { type: 'function', name: 'look_at', parameters: loose.parameters, strict: false },
      ],
    })
  })

  test('strict, reshaped where that is needed', async () => {
    const { body, warnings } = await sentFor(ask, 'openai', { tools: [tool], strictTools: true })
    expect(body).toMatchObject({ tools: [{ type: 'function', ...tool, strict: true }] })
    expect(warnings).toEqual([])
    const { tools } = await bodyFor({ tools: [loose], strictTools: true })
    expect(tools).toMatchObject([{ strict: true, parameters: { required: ['at'], additionalProperties: false } }])
  })

  test('of OpenAI stand beside them, as they are', async () => {
    const builtInTools: OpenAIResponsesParams['builtInTools'] = [
      { type: 'web_search', filters: { allowed_domains: ['example.com'] } },
      { type: 'mcp', server_label: 'deepwiki', server_url: 'https://mcp.example.com', require_approval: 'never' },
    ]
    expect((await bodyFor({ tools: [tool], builtInTools }))['tools']).toEqual([
      { type: 'function', ...tool, strict: false },
      ...builtInTools,
    ])
    expect(await bodyFor({ builtInTools, builtInToolChoice: { type: 'mcp', server_label: 'deepwiki' } })).toMatchObject(
      {
        tools: builtInTools,
        tool_choice: { type: 'mcp', server_label: 'deepwiki' },
      },
    )
  })

  test('custom ones take a text', async () => {
    const grammar = { syntax: 'lark', definition: 'start: /x/' } as const
    const body = await bodyFor({ customTools: [{ name: 'my code', grammar }], toolChoice: { name: 'my code' } })
    expect(body['tools']).toEqual([{ type: 'custom', name: 'my_code', format: { type: 'grammar', ...grammar } }])
    expect(body['tool_choice']).toEqual({ type: 'custom', name: 'my_code' })
  })

  test('a search on the web, by the name that it has in chat completions', async () => {
    const webSearch = { searchContextSize: 'low', userLocation: { city: 'Köln' } } as const
    expect((await bodyFor({ webSearch }))['tools']).toEqual([
      { type: 'web_search', search_context_size: 'low', user_location: { type: 'approximate', city: 'Köln' } },
    ])
  })

  test.each([
    ['auto', 'auto'],
    ['required', 'required'],
    ['none', 'none'],
    [{ name: 'look at' }, { type: 'function', name: 'look_at' }],
  ] as const)('the choice %j', async (toolChoice, expected) => {
    expect(await bodyFor({ tools: [tool, loose], toolChoice })).toMatchObject({ tool_choice: expected })
  })

  test('a choice that cannot be is told', async () => {
    const { body, warnings } = await sentFor(ask, 'openai', { tools: [tool], toolChoice: { name: 'nobody' } })
    expect(body['tool_choice']).toBeUndefined()
    expect(warnings).toMatchObject([{ field: 'toolChoice' }])
    expect((await sentFor(ask, 'openai', { toolChoice: 'required' })).warnings).toMatchObject([{ field: 'toolChoice' }])
  })

  test('are called by the names that the caller gave them', async () => {
    const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'look_at', arguments: '{}' }
    const body = { id: 'resp_1', status: 'completed', output: [call] }
    const response = await modelOver(fetchJson(body)).call('Hi', { tools: [loose] })
    expect(response.toolCalls).toEqual([{ id: 'call_1', name: 'look at', args: {}, raw: '{}' }])
    const { input } = await sentFor([...ask, response.message], 'openai', { tools: [loose] })
    expect(input[1]).toEqual(call)
  })
})

describe('the form of an answer', () => {
  const jsonSchema: JsonSchema = tool.parameters

  test('a schema that is strict', async () => {
    const body = await bodyFor({
      responseFormat: { type: 'json_schema', jsonSchema, name: 'city', description: 'Where.' },
    })
    expect(body['text']).toEqual({
      format: { type: 'json_schema', name: 'city', description: 'Where.', schema: jsonSchema, strict: true },
    })
  })

  test('a schema that is not strict is reshaped', async () => {
    const { text } = await bodyFor({ responseFormat: { type: 'json_schema', jsonSchema: loose.parameters } })
    const schema = expect.objectContaining({ required: ['at'], additionalProperties: false }) as unknown
    expect(text).toEqual({ format: { type: 'json_schema', name: 'answer', schema, strict: true } })
  })

  test('JSON without a schema has to be asked for', async () => {
    const options = { responseFormat: { type: 'json_object' } } as const
    const silent = await sentFor(ask, 'openai', options)
    expect(silent.body['text']).toEqual({ format: { type: 'json_object' } })
    expect(silent.input).toEqual([{ role: 'system', content: expect.stringContaining('JSON') }, ...ask])
    expect(silent.warnings).toMatchObject([{ field: 'responseFormat' }])
    const told = await sentFor(ask, 'openai', { ...options, instructions: 'Answer in JSON.' })
    expect(told.input).toEqual(ask)
    expect(told.warnings).toEqual([])
  })

  test('what came is read and checked', async () => {
    const message = (text: string) => ({
      id: 'resp_1',
      status: 'completed',
      output: [
        { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] },
      ],
    })
    const responseFormat = { type: 'json_schema', jsonSchema } as const
    const good = await modelOver(fetchJson(message('{"city":"Köln"}'))).call('Hi', { responseFormat })
    expect(good).toMatchObject({ json: { city: 'Köln' }, warnings: [] })
    const bad = await modelOver(fetchJson(message('{"city":7}'))).call('Hi', { responseFormat })
    expect(bad.warnings).toHaveLength(1)
  })
})

test('system messages may be sent with the other role', async () => {
  const { input } = await sentFor([{ role: 'system', content: 'Be brief.' }, ...ask], 'openai', {
    systemRole: 'developer',
  })
  expect(input[0]).toEqual({ role: 'developer', content: 'Be brief.' })
})

test('what is no message is refused, with the place', async () => {
  const wrong = [{ role: 'user', content: 7 }] as never
  await expect(sentFor(wrong)).rejects.toMatchObject({ code: 'invalid_request', field: 'messages[0].content' })
})
