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
  [{ prompt: { id: 'pmpt_1', variables: { a: 'b' } } }, { prompt: { id: 'pmpt_1', variables: { a: 'b' } } }],
  [{ truncation: 'auto' }, { truncation: 'auto' }],
  [
    { contextManagement: [{ type: 'compaction', compact_threshold: 9 }] },
    { context_management: [{ type: 'compaction', compact_threshold: 9 }] },
  ],
  [{ metadata: { a: 'b' } }, { metadata: { a: 'b' } }],
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
      body = JSON.parse(String(init?.body)) as Record<string, unknown>
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
    expect(await streamed({ includeObfuscation: false })).toMatchObject({
      stream_options: { include_obfuscation: false },
    })
    expect(await streamed({ background: true })).toMatchObject({ background: true })
  })

  test('a call waits for its answer, and says so', async () => {
    const { body, warnings } = await sentFor(ask, 'openai', { background: true, includeObfuscation: false })
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

  test('strict, where their schemas allow it', async () => {
    const { body, warnings } = await sentFor(ask, 'openai', { tools: [tool], strictTools: true })
    expect(body).toMatchObject({ tools: [{ name: 'weather', strict: true }] })
    expect(warnings).toEqual([])
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

  test('a custom tool takes the place of the function that runs it', async () => {
    const code = {
      type: 'custom',
      name: 'code',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: /x/' },
    } as const
    const runner: ToolDefinition = { name: 'code', parameters: { type: 'object' } }
    const body = await bodyFor({ tools: [runner], builtInTools: [code], toolChoice: { name: 'code' } })
    expect(body['tools']).toEqual([code])
    expect(body['tool_choice']).toEqual({ type: 'custom', name: 'code' })
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

  test('JSON without a schema', async () => {
    expect((await bodyFor({ responseFormat: { type: 'json_object' } }))['text']).toEqual({
      format: { type: 'json_object' },
    })
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

test('what is no message is refused, with the place', async () => {
  const wrong = [{ role: 'user', content: 7 }] as never
  await expect(sentFor(wrong)).rejects.toMatchObject({ code: 'invalid_request', field: 'messages[0].content' })
})
