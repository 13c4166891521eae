import { expect, test } from 'vitest'
import { createSimulator } from '../src/index.ts'
import { ask, jsonOf, post } from './client.ts'

const { fetch } = createSimulator()
const see = 'For proper usage, please refer to https://docs.cohere.com/reference/chat'
const tool = (name: string): object => ({ type: 'function', function: { name, parameters: { type: 'object' } } })
const person = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
const messages = (...turns: object[]): Record<string, unknown> => ask('', { messages: turns })
const user = { role: 'user', content: 'hello' }
const call = (id: string): object => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })
const calls = (...ids: string[]): object => ({ role: 'assistant', tool_calls: ids.map(call) })

async function refusal(body: unknown, init: RequestInit = {}): Promise<[number, string]> {
  const response = await post(fetch, body, init)
  const { id, message } = await jsonOf<{ id: string; message: string }>(response)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  return [response.status, message]
}

// Recorded, or documented at https://docs.cohere.com/v2/reference/errors.
test.each<[string, unknown, number, string]>([
  ['no model', { messages: [user] }, 400, 'a model parameter is required for this endpoint.'],
  ['an empty model', ask('x', { model: '' }), 400, 'a model parameter is required for this endpoint.'],
  [
    'no messages',
    { model: 'command-a-03-2025' },
    400,
    'invalid request: message must be at least 1 token long or tool results must be specified.',
  ],
  [
    'empty messages',
    messages(),
    400,
    'invalid request: message must be at least 1 token long or tool results must be specified.',
  ],
  ['an empty turn', messages({ role: 'user', content: '' }), 400, 'message must not be empty in a turn'],
  [
    'a late system turn',
    messages(user, { role: 'system', content: 'x' }),
    400,
    'system turn must be the first in the list',
  ],
  [
    'a tool result without an id',
    messages(user, calls('a'), { role: 'tool', content: 'x' }),
    400,
    'tool call id must be provided with tool message',
  ],
  [
    'a tool result for nothing',
    messages(user, calls('a'), { role: 'tool', tool_call_id: 'b', content: 'x' }),
    400,
    'tool call id not found in previous tool calls',
  ],
  ['a tool id twice', messages(user, calls('a', 'a')), 400, 'cannot have duplicate tool ids'],
  [
    'another type of tool call',
    messages(user, { role: 'assistant', tool_calls: [{ id: 'a', type: 'x' }] }),
    400,
    'tool call must be of type function',
  ],
  [
    'temperature 2',
    ask('x', { temperature: 2 }),
    400,
    'invalid request: temperature must be between 0 and 1.0 inclusive.',
  ],
  [
    'a negative temperature',
    ask('x', { temperature: -0.1 }),
    400,
    'invalid request: temperature must be between 0 and 1.0 inclusive.',
  ],
  [
    'presence_penalty 1.5',
    ask('x', { presence_penalty: 1.5 }),
    400,
    'invalid request: presence_penalty must be between 0 and 1 inclusive.',
  ],
  [
    'frequency_penalty -1',
    ask('x', { frequency_penalty: -1 }),
    400,
    'invalid request: frequency_penalty must be between 0 and 1 inclusive.',
  ],
  [
    'both penalties',
    ask('x', { model: 'command-r-08-2024', presence_penalty: 0.1, frequency_penalty: 0.1 }),
    400,
    'invalid request: cannot specify both frequency_penalty and presence_penalty.',
  ],
  ['max_tokens -1', ask('x', { max_tokens: -1 }), 400, 'invalid request: max_tokens cannot be less than 0.'],
  [
    'max_tokens above 4096',
    ask('x', { model: 'command-r-08-2024', max_tokens: 8192 }),
    400,
    'too many tokens: max tokens must be less than or equal to 4096, the maximum output for this model - received 8192.',
  ],
  [
    'six stop sequences',
    ask('x', { stop_sequences: ['a', 'b', 'c', 'd', 'e', 'f'] }),
    400,
    'invalid request: too many stop sequences provided, maximum is 5, received 6.',
  ],
  ['another safety mode', ask('x', { safety_mode: 'NOPE' }), 400, `unrecognized safety mode 'NOPE'. ${see}`],
  [
    'a tool name with a dash',
    ask('x', { tools: [tool('a-b')] }),
    400,
    "invalid request: tool names can only contain certain characters (A-Za-z0-9_) and can't begin with a digit (provided name: 'a-b').",
  ],
  [
    'a tool name with a digit',
    ask('x', { tools: [tool('1a')] }),
    400,
    "invalid request: tool names can only contain certain characters (A-Za-z0-9_) and can't begin with a digit (provided name: '1a').",
  ],
  [
    'a tool without a name',
    ask('x', { tools: [{ type: 'function' }] }),
    400,
    'invalid request: all elements in tools must have a name.',
  ],
  [
    'a document without data',
    ask('x', { documents: [{ text: 'The sky is green.' }] }),
    400,
    'invalid request: document at index 0 cannot be empty',
  ],
  [
    'a document id twice',
    ask('x', {
      documents: [
        { id: 'a', data: { t: 'x' } },
        { id: 'a', data: { t: 'y' } },
      ],
    }),
    400,
    'invalid request: duplicate document ID a at index 1 and 0',
  ],
  [
    'JSON with documents',
    ask('x', { documents: ['x'], response_format: { type: 'json_object' } }),
    400,
    'invalid request: response_format is not supported with RAG.',
  ],
  [
    'JSON with tools',
    ask('x', { tools: [tool('a')], response_format: { type: 'json_object' } }),
    400,
    'invalid request: response_format is not supported with RAG.',
  ],
  [
    'a text as temperature',
    ask('x', { temperature: 'hot' }),
    400,
    `invalid type: parameter 'temperature' is of type string but should be of type float. ${see}`,
  ],
  [
    'a number in a message',
    messages({ role: 'user', content: 5 }),
    400,
    `invalid type: parameter 'messages.content' is of type number but should be of type array. ${see}`,
  ],
  [
    'an unknown model',
    ask('x', { model: 'gpt-5-mini' }),
    404,
    "model 'gpt-5-mini' not found, make sure the correct model ID was used and that you have access to the model.",
  ],
  [
    'a removed model',
    ask('x', { model: 'command-r-plus' }),
    404,
    "model 'command-r-plus' was removed on September 15, 2025. See https://docs.cohere.com/docs/models#command for a list of models you can use instead.",
  ],
  ['an unknown field', ask('x', { top_p: 0.5 }), 422, `unknown field: parameter top_p is not a valid field. ${see}`],
  [
    'a tool as it was in v1',
    ask('x', { tools: [{ name: 'f', parameter_definitions: {} }] }),
    422,
    `unknown field: parameter name is not a valid field. ${see}`,
  ],
  [
    'an inherited name',
    ask('x', { constructor: 1 }),
    422,
    `unknown field: parameter constructor is not a valid field. ${see}`,
  ],
])('%s is refused', async (_, body, status, message) => {
  expect(await refusal(body)).toEqual([status, message])
})

// The vendor documents the ranges and words, and not what it says about them.
test.each([
  ['k', { k: 501 }],
  ['p', { p: 1 }],
  ['p', { p: 0 }],
  ['priority', { priority: 1000 }],
  ['seed', { seed: -1 }],
  ['max_tokens', { max_tokens: 1.5 }],
  ['token_budget', { thinking: { type: 'enabled', token_budget: 0 } }],
  ['thinking', { thinking: { type: 'maybe' } }],
  ['response_format', { response_format: { type: 'yaml' } }],
  ['tool choice', { tools: [tool('a')], tool_choice: 'AUTO' }],
  ['tool_choice', { tool_choice: 'REQUIRED' }],
  ['citation mode', { citation_options: { mode: 'never' } }],
  ['role', { messages: [{ role: 'developer', content: 'x' }] }],
])('a %s out of range is refused: %j', async (word, more) => {
  const [status, message] = await refusal(ask('x', more))
  expect(status).toBe(400)
  expect(message).toContain(word)
})

test.each([
  ['tools that are not used', { tools: [tool('a_1')], tool_choice: 'NONE' }],
  ['documents', { documents: ['x', { id: 'a', data: 'y' }, { data: { t: 'z' } }], citation_options: { mode: 'fast' } }],
  ['JSON', { response_format: { type: 'json_object', json_schema: person } }],
  ['JSON by the older name', { response_format: { type: 'json_object', schema: person } }],
  [
    'every number',
    {
      max_tokens: 10,
      temperature: 1,
      seed: 7,
      frequency_penalty: 0,
      presence_penalty: 1,
      k: 500,
      p: 0.99,
      priority: 999,
    },
  ],
  ['every flag', { logprobs: true, safety_mode: 'STRICT', stop_sequences: [], thinking: { token_budget: 5 } }],
  [
    'nulls',
    { max_tokens: null, tools: null, documents: null, thinking: null, response_format: null, stop_sequences: null },
  ],
  ['a large max_tokens, which is lowered', { max_tokens: 1_000_000 }],
])('%s are accepted', async (_, more) => {
  expect((await post(fetch, ask('hello', more))).status).toBe(200)
})

test('a body that is not JSON is refused', async () => {
  const [status, message] = await refusal('{"model":')
  expect(status).toBe(400)
  expect(message).toMatch(/^invalid json syntax: /)
  expect((await refusal('[]'))[1]).toContain('is of type array but should be of type Object')
})

test('keys: none, a wrong one, any other', async () => {
  expect(await refusal(ask('x'), { headers: {} })).toEqual([401, 'no api key supplied'])
  expect(await refusal(ask('x'), { headers: { authorization: 'Bearer ' } })).toEqual([401, 'no api key supplied'])
  expect(await refusal(ask('x'), { headers: { authorization: 'Bearer invalid' } })).toEqual([401, 'invalid api token'])
  expect((await post(fetch, ask('x'), { headers: { authorization: 'bearer anything' } })).status).toBe(200)
  expect((await refusal({}, { headers: {} }))[0]).toBe(401)
})

test('other paths and methods are refused, and a query is not a path', async () => {
  const elsewhere = await fetch('https://api.cohere.com/v2/chats', { method: 'POST', body: '{}' })
  expect(elsewhere.status).toBe(404)
  expect((await jsonOf<{ message: string }>(elsewhere)).message).toBe('404 page not found')
  const get = await fetch('https://api.cohere.com/v2/chat')
  expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  const query = await fetch('https://api.cohere.com/v2/chat?x=1', {
    method: 'POST',
    headers: { authorization: 'Bearer x' },
    body: JSON.stringify(ask('hello')),
  })
  expect(query.status).toBe(200)
})
