import { expect, test } from 'vitest'
import { refusedBy } from './openai-refused.ts'

// The texts are those of OpenAI's service: recorded, or told in its documents and by its users' reports.

const user = { role: 'user', content: 'Hi' }
const call = { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }
const asked = { role: 'assistant', tool_calls: [call] }
const answered = { role: 'tool', tool_call_id: 'call_1', content: '1' }
const f = { name: 'f', parameters: { type: 'object', properties: {} } }

function strict(parameters: object): object {
  return { tools: [{ type: 'function', function: { name: 'f', strict: true, parameters } }] }
}

function image(url: string): object {
  return { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] }
}

const chats: [object, string, string | null, string | null][] = [
  [{ messages: undefined }, "Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter'],
  [
    { messages: [] },
    "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
    'messages',
    'empty_array',
  ],
  [{ foo: 1 }, 'Unrecognized request argument supplied: foo', null, null],
  [
    { messages: [{ ...user, foo: 1 }] },
    "Unknown parameter: 'messages[0].foo'.",
    'messages[0].foo',
    'unknown_parameter',
  ],
  [
    { messages: [{ role: 'robot', content: 'x' }] },
    "Invalid value: 'robot'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.",
    'messages[0].role',
    'invalid_value',
  ],
  [
    { messages: [{ role: 'user', content: 3 }] },
    "Invalid type for 'messages[0].content': expected one of a string or array of objects, but got an integer instead.",
    'messages[0].content',
    'invalid_type',
  ],
  [
    { temperature: 99 },
    "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 99.0 instead.",
    'temperature',
    'decimal_above_max_value',
  ],
  [
    { temperature: -0.5 },
    "Invalid 'temperature': decimal below minimum value. Expected a value >= 0, but got -0.5 instead.",
    'temperature',
    'decimal_below_min_value',
  ],
  [
    { temperature: 'hot' },
    "Invalid type for 'temperature': expected a decimal, but got a string instead.",
    'temperature',
    'invalid_type',
  ],
  [
    { max_completion_tokens: 0 },
    "Invalid 'max_completion_tokens': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    'max_completion_tokens',
    'integer_below_min_value',
  ],
  [
    { max_tokens: 99_999 },
    'max_tokens is too large: 99999. This model supports at most 16384 completion tokens, whereas you provided 99999.',
    'max_tokens',
    'invalid_value',
  ],
  [
    { stop: ['a', 'b', 'c', 'd', 'e'] },
    "Invalid 'stop': array too long. Expected an array with maximum length 4, but got an array with length 5 instead.",
    'stop',
    'array_above_max_length',
  ],
  [
    { messages: [user, answered] },
    "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    'messages.[1].role',
    null,
  ],
  [
    { messages: [user, asked] },
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_1",
    'messages.[2].role',
    null,
  ],
  [
    { messages: [user, asked, user] },
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: call_1",
    'messages.[2].role',
    null,
  ],
  [
    { tools: [{ type: 'function', function: { ...f, name: 'a b' } }] },
    "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
    'tools[0].function.name',
    'invalid_value',
  ],
  [
    { tools: [{ type: 'function', function: { ...f, name: 'a'.repeat(65) } }] },
    "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.",
    'tools[0].function.name',
    'string_above_max_length',
  ],
  [
    { tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'array' } } }] },
    `Invalid schema for function 'f': schema must be a JSON Schema of 'type: "object"', got 'type: "array"'.`,
    'tools[0].function.parameters',
    'invalid_function_parameters',
  ],
  [
    strict({ type: 'object', properties: {} }),
    "Invalid schema for function 'f': In context=(), 'additionalProperties' is required to be supplied and to be false.",
    'tools[0].function.parameters',
    'invalid_function_parameters',
  ],
  [
    strict({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'string' } },
      required: ['a'],
      additionalProperties: false,
    }),
    "Invalid schema for function 'f': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'b'.",
    'tools[0].function.parameters',
    'invalid_function_parameters',
  ],
  [
    strict({
      type: 'object',
      properties: { a: { type: 'object', properties: {} } },
      required: ['a'],
      additionalProperties: false,
    }),
    "Invalid schema for function 'f': In context=('properties', 'a'), 'additionalProperties' is required to be supplied and to be false.",
    'tools[0].function.parameters',
    'invalid_function_parameters',
  ],
  [
    { tool_choice: 'required' },
    "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
    'tool_choice',
    null,
  ],
  [
    { parallel_tool_calls: true },
    "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.",
    'parallel_tool_calls',
    null,
  ],
  [
    { stream_options: { include_usage: true } },
    "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
    'stream_options',
    null,
  ],
  [
    { response_format: { type: 'json_object' } },
    "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    'messages',
    null,
  ],
  [
    {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'x', strict: true, schema: { type: 'object', properties: {} } },
      },
    },
    "Invalid schema for response_format 'x': In context=(), 'additionalProperties' is required to be supplied and to be false.",
    'response_format',
    null,
  ],
  [
    image('nowhere'),
    "Invalid 'messages[0].content[0].image_url.url'. Expected a valid URL, but got a value with an invalid format.",
    'messages[0].content[0].image_url.url',
    'invalid_value',
  ],
  [
    image('data:image/tiff;base64,aGk='),
    "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
    'messages[0].content[0].image_url.url',
    'invalid_image_format',
  ],
  [
    { ...image('https://example.com/x.png'), model: 'gpt-3.5-turbo' },
    'Invalid content type. image_url is only supported by certain models.',
    'messages.[0].content.[0].type',
    null,
  ],
  [
    { model: 'gpt-5', max_tokens: 5 },
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    'max_tokens',
    'unsupported_parameter',
  ],
  [
    { model: 'gpt-5', temperature: 0.2 },
    "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
    'temperature',
    'unsupported_value',
  ],
  [
    { model: 'gpt-3.5-turbo', messages: [{ role: 'user', content: 'a '.repeat(17_000) }] },
    "This model's maximum context length is 16385 tokens. However, your messages resulted in",
    'messages',
    'context_length_exceeded',
  ],
]

test.each(chats)('chat %#: %j', async (more, message, param, code) => {
  const [status, error] = await refusedBy('/chat/completions', { model: 'gpt-4o', messages: [user], ...more })
  expect(error.message.slice(0, message.length)).toBe(message)
  expect([status, error.type, error.param, error.code]).toEqual([400, 'invalid_request_error', param, code])
})
