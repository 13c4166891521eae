import OpenAI, { APIError } from 'openai'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Listening } from '../src/index.ts'
import { reasonOf } from './client.ts'

const simulator = createSimulator()
let server: Listening

beforeAll(async () => {
  server = await simulator.listen()
})
afterAll(() => server.close())

function client(apiKey = 'test', prefix = '/openai'): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${server.url}${prefix}/v1`, maxRetries: 0 })
}

function isReplayed(
  item: OpenAI.Responses.ResponseOutputItem,
): item is OpenAI.Responses.ResponseReasoningItem | OpenAI.Responses.ResponseFunctionToolCall {
  return item.type === 'reasoning' || item.type === 'function_call'
}

const weather = {
  name: 'get_weather',
  description: 'The weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
}

const answer = {
  name: 'book',
  strict: true,
  schema: {
    type: 'object',
    properties: { title: { type: 'string' }, author: { type: 'string' }, year: { type: 'integer' } },
    required: ['title', 'author', 'year'],
    additionalProperties: false,
  },
}

test.each(['gpt-4o-mini', 'gpt-5.2'])('streamed and whole answers of %s agree', async (model) => {
  const body = {
    model,
    input: 'Who wrote Dune?',
    ...(model === 'gpt-5.2' && { reasoning: { effort: 'low' as const, summary: 'auto' as const } }),
  }
  const whole = await client().responses.create(body)
  const stream = client().responses.stream(body)
  const numbers: number[] = []
  stream.on('event', (event) => numbers.push(event.sequence_number))
  const final = await stream.finalResponse()
  expect(final.output_text).toBe(whole.output_text)
  expect(final.output_text).toContain('Frank Herbert')
  expect(numbers).toEqual(numbers.map((_, at) => at))
  expect(final.output.map(({ type }) => type)).toEqual(model === 'gpt-5.2' ? ['reasoning', 'message'] : ['message'])
  expect(final.usage).toEqual(whole.usage)
})

test('calls, their outputs, and the response before them', async () => {
  const tools = [{ type: 'function' as const, ...weather, strict: true }]
  const first = await client().responses.create({
    model: 'gpt-5.2',
    input: 'Weather in Paris?',
    tools,
    reasoning: { effort: 'low' },
  })
  const call = first.output.find((item) => item.type === 'function_call')
  expect(call?.arguments).toBe('{"city":"Paris"}')
  const output = { type: 'function_call_output' as const, call_id: call?.call_id ?? '', output: '21 degrees' }
  const stored = await client().responses.create({
    model: 'gpt-5.2',
    previous_response_id: first.id,
    input: [output],
    tools,
  })
  expect(stored.output_text).toBe('According to get_weather: 21 degrees.')
  const input = [{ role: 'user' as const, content: 'Weather in Paris?' }, ...first.output.filter(isReplayed), output]
  const sent = await client().responses.create({ model: 'gpt-5.2', input, tools, store: false })
  expect(sent.output_text).toBe(stored.output_text)
  await expect(client().responses.retrieve(sent.id)).rejects.toMatchObject({ status: 404 })
  expect((await client().responses.retrieve(first.id)).output).toEqual(first.output)
  const items = await client().responses.inputItems.list(stored.id)
  expect(items.data).toMatchObject([output])
  await client().responses.delete(first.id)
  await expect(client().responses.retrieve(first.id)).rejects.toMatchObject({ status: 404 })
})

test('reasoning and what follows it belong together', async () => {
  const tools = [{ type: 'function' as const, ...weather, strict: true }]
  const first = await client().responses.create({
    model: 'gpt-5.2',
    input: 'Weather in Paris?',
    tools,
    reasoning: { effort: 'low' },
  })
  const [reasoning, call] = first.output
  if (reasoning?.type !== 'reasoning' || call?.type !== 'function_call') throw new Error('another answer')
  const output = { type: 'function_call_output' as const, call_id: call.call_id, output: '21 degrees' }
  const user = { role: 'user' as const, content: 'Weather in Paris?' }
  const refusal = async (...input: OpenAI.Responses.ResponseInputItem[]): Promise<unknown> => {
    const error = await reasonOf(client().responses.create({ model: 'gpt-5.2', input, tools }))
    return error instanceof APIError ? [error.status, error.message, error.param] : error
  }
  expect(await refusal(user, reasoning)).toEqual([
    400,
    `400 Item '${reasoning.id}' of type 'reasoning' was provided without its required following item.`,
    'input',
  ])
  expect(await refusal(user, call, output)).toEqual([
    400,
    `400 Item '${call.id}' of type 'function_call' was provided without its required 'reasoning' item: '${reasoning.id}'.`,
    'input',
  ])
  expect(await refusal(user, reasoning, call)).toEqual([
    400,
    `400 No tool output found for function call ${call.call_id}.`,
    'input',
  ])
  expect(await refusal(user, output)).toEqual([
    400,
    `400 No tool call found for function call output with call_id ${call.call_id}.`,
    'input',
  ])
  expect(await refusal(user, reasoning, call, call, output)).toMatchObject([
    400,
    expect.stringContaining('Duplicate item found'),
    'input',
  ])
})

test('structured output, background, cancelling and counting', async () => {
  const parsed = await client().responses.parse({
    model: 'gpt-4o',
    input: 'Who wrote Dune?',
    text: { format: { type: 'json_schema', ...answer } },
  })
  expect(JSON.parse(parsed.output_text)).toMatchObject({ title: 'Dune' })
  const queued = await client().responses.create({ model: 'gpt-4o', input: 'Who wrote Dune?', background: true })
  expect(queued.status).toBe('queued')
  const states: unknown[] = []
  for (let poll = 0; poll < 3; poll++) states.push((await client().responses.retrieve(queued.id)).status)
  expect(states).toEqual(['queued', 'in_progress', 'completed'])
  const other = await client().responses.create({ model: 'gpt-4o', input: 'Who wrote It?', background: true })
  expect((await client().responses.cancel(other.id)).status).toBe('cancelled')
  expect((await client().responses.retrieve(other.id)).status).toBe('cancelled')
  expect((await client().responses.inputTokens.count({ model: 'gpt-4o', input: 'Who wrote Dune?' })).input_tokens).toBe(
    10,
  )
})

test('every kind of item has its events', async () => {
  const { fetch } = createSimulator({
    scripts: [
      {
        text: 'Found.',
        citations: [{ start: 0, end: 5, url: 'https://example.com/', title: 'Example' }],
        openai: {
          items: [
            { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } },
            { type: 'file_search_call', status: 'completed', queries: ['x'], results: null },
            {
              type: 'code_interpreter_call',
              status: 'completed',
              code: 'print(1)',
              container_id: 'c',
              outputs: null,
            },
            { type: 'image_generation_call', status: 'completed', result: 'aGk=' },
            {
              type: 'mcp_call',
              status: 'completed',
              name: 'f',
              server_label: 's',
              arguments: '{"a":1}',
              output: '1',
            },
            { type: 'mcp_list_tools', server_label: 's', tools: [] },
            { type: 'shell_call', call_id: 'call_2', status: 'completed', action: { commands: ['ls -l'] } },
            { type: 'custom_tool_call', call_id: 'call_1', name: 'sh', input: 'ls -l' },
          ],
        },
      },
    ],
  })
  const own = new OpenAI({ apiKey: 'test', fetch, maxRetries: 0 })
  const stream = await own.responses.create({ model: 'gpt-4o', input: 'x', stream: true })
  const types = new Set<string>()
  let text = ''
  for await (const event of stream) {
    types.add(event.type)
    if (event.type === 'response.custom_tool_call_input.delta') text += event.delta
  }
  expect(text).toBe('ls -l')
  for (const type of [
    'response.web_search_call.searching',
    'response.file_search_call.completed',
    'response.code_interpreter_call.interpreting',
    'response.code_interpreter_call_code.done',
    'response.image_generation_call.generating',
    'response.mcp_call_arguments.delta',
    'response.mcp_call.completed',
    'response.mcp_list_tools.completed',
    'response.shell_call_command.done',
    'response.custom_tool_call_input.done',
    'response.output_text.annotation.added',
    'response.completed',
  ]) {
    expect([...types]).toContain(type)
  }
})

test('what goes wrong inside of a stream', async () => {
  const { fetch } = createSimulator({
    scripts: [
      {
        times: 1,
        text: 'Once upon a time',
        openai: { afterTokens: 2, error: { message: 'Overloaded', code: 'server_error' } },
      },
      { times: 1, text: 'Once upon a time', openai: { afterTokens: 2, finishReason: 'content_filter' } },
    ],
  })
  const own = new OpenAI({ apiKey: 'test', fetch, maxRetries: 0 })
  const read = async (): Promise<string[]> => {
    const types: string[] = []
    for await (const event of await own.responses.create({ model: 'gpt-4o', input: 'x', stream: true }))
      types.push(event.type)
    return types
  }
  const failure = await reasonOf(read())
  expect(failure instanceof APIError ? failure.message : failure).toMatch(/Overloaded/)
  expect((await read()).at(-1)).toBe('response.incomplete')
})
