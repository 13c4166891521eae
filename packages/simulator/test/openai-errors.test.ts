import { expect, test } from 'vitest'
import { refusedBy } from './openai-refused.ts'

// The texts are those of OpenAI's service: recorded, or told in its documents and by its users' reports.

const responses: [object, string, string | null, string | null][] = [
  [{ foo: 1 }, "Unknown parameter: 'foo'.", 'foo', 'unknown_parameter'],
  [{ input: undefined }, "Missing required parameter: 'input'.", 'input', 'missing_required_parameter'],
  [{ model: 'gpt-none' }, "The requested model 'gpt-none' does not exist.", 'model', 'model_not_found'],
  [
    { previous_response_id: 'resp_1' },
    "Previous response with id 'resp_1' not found.",
    'previous_response_id',
    'previous_response_not_found',
  ],
  [
    { max_output_tokens: 5 },
    "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 5 instead.",
    'max_output_tokens',
    'integer_below_min_value',
  ],
  [
    { include: ['reasoning.encrypted_content'] },
    'Encrypted content is not supported with this model.',
    'include',
    null,
  ],
  [
    { reasoning: { effort: 'low' } },
    "Unsupported parameter: 'reasoning.effort' is not supported with this model.",
    'reasoning.effort',
    'unsupported_parameter',
  ],
  [
    { model: 'gpt-5', temperature: 0 },
    "Unsupported parameter: 'temperature' is not supported with this model.",
    'temperature',
    null,
  ],
  [
    { text: { format: { type: 'json_object' } } },
    "Response input messages must contain the word 'json' in some form to use 'text.format' of type 'json_object'.",
    'input',
    null,
  ],
  [
    { text: { format: { type: 'json_schema', name: 'x', schema: { type: 'object', properties: {} } } } },
    "Invalid schema for response_format 'x': In context=(), 'additionalProperties' is required to be supplied and to be false.",
    'text.format.schema',
    'invalid_json_schema',
  ],
  [{ input: [{ type: 'poem' }] }, "Invalid value: 'poem'.", 'input[0].type', 'invalid_value'],
]

test.each(responses)('response %#: %j', async (more, message, param, code) => {
  const [status, error] = await refusedBy('/responses', { model: 'gpt-4o', input: 'Hi', ...more })
  expect(error.message.slice(0, message.length)).toBe(message)
  expect([status, error.type, error.param, error.code]).toEqual([400, 'invalid_request_error', param, code])
})

test('what is no JSON, no path, no method, no key', async () => {
  const [status, broken] = await refusedBy('/chat/completions', '{')
  expect([status, broken.message.slice(0, 51)]).toEqual([400, 'We could not parse the JSON body of your request. ('])
  expect(await refusedBy('/responses/x/nothing', {})).toMatchObject([
    404,
    { message: 'Invalid URL (POST /v1/responses/x/nothing)' },
  ])
  expect(await refusedBy('/models', {})).toMatchObject([405, { code: 'method_not_supported' }])
  expect(await refusedBy('/responses', {}, { authorization: '' })).toMatchObject([401, { code: null }])
  expect(await refusedBy('/chat/completions', {}, { authorization: 'Bearer sk-invalid-and-a-long-key' })).toMatchObject(
    [401, { message: expect.stringContaining('provided: sk-inval***'), code: 'invalid_api_key' }],
  )
})

test('an item that is referred to has to be there', async () => {
  const input = [{ type: 'item_reference', id: 'rs_1' }]
  expect(await refusedBy('/responses', { model: 'gpt-5', input })).toMatchObject([
    404,
    { message: expect.stringContaining("Item with id 'rs_1' not found.") },
  ])
})
