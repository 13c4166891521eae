import { isInterlinguaError } from '@interlingua/core'
import { describe, expect, test } from 'vitest'
import { type AnyEvent, fetchEvents, fetchJson, modelOver } from './model.ts'

const base = { id: 'resp_1', object: 'response', model: 'gpt-5.6', output: [] }
const created = { type: 'response.created', response: { ...base, status: 'in_progress' } }
const item = { type: 'message', id: 'msg_1', role: 'assistant', content: [] }
const said = [
  created,
  { type: 'response.output_item.added', output_index: 0, item },
  { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta: 'Dune' },
]
const usage = {
  input_tokens: 9,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 5,
  output_tokens_details: { reasoning_tokens: 3 },
}
const buckets = { inputTokens: 5, cacheReadTokens: 4, outputTokens: 2, reasoningTokens: 3 }

/** How a stream of these events fails. */
async function failureOf(...events: readonly AnyEvent[]) {
  const error: unknown = await modelOver(fetchEvents([...said, ...events]))
    .stream('Hi')
    .response()
    .catch((thrown: unknown) => thrown)
  if (!isInterlinguaError(error)) throw new Error('expected a failure', { cause: error })
  return error
}

function failed(error: unknown) {
  return { type: 'response.failed', response: { ...base, status: 'failed', error, usage } }
}

describe('an error inside a stream', () => {
  const quota = {
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message: 'You exceeded your quota.',
    param: null,
  }

  test('nested, as OpenAI sends it', async () => {
    const error = await failureOf({ type: 'error', error: quota }, failed(quota))
    expect(error).toMatchObject({ code: 'quota', retryable: false, provider: 'openai', partial: { content: 'Dune' } })
    expect(error.message).toContain('You exceeded your quota.')
  })

  test('flat, as it is documented', async () => {
    const flat = { type: 'error', code: 'rate_limit_exceeded', message: 'Slow down.', param: null, sequence_number: 3 }
    expect(await failureOf(flat)).toMatchObject({ code: 'rate_limit', retryable: true })
  })

  test('with the field that it is about', async () => {
    const error = await failureOf({
      type: 'error',
      error: {
        type: 'invalid_request_error',
        code: 'unsupported_value',
        message: 'Not supported.',
        param: 'reasoning',
      },
    })
    expect(error).toMatchObject({ code: 'invalid_request', retryable: false })
    expect(error.message).toContain('reasoning')
  })

  test('that says nothing', async () => {
    expect(await failureOf({ type: 'error' })).toMatchObject({ code: 'server', retryable: true })
  })
})

describe('a response that failed', () => {
  test.each([
    ['server_error', 'server', true],
    ['rate_limit_exceeded', 'rate_limit', true],
    ['vector_store_timeout', 'timeout', true],
    ['invalid_image_format', 'invalid_request', false],
    ['image_content_policy_violation', 'content_filter', false],
    ['bio_policy', 'content_filter', false],
    ['context_length_exceeded', 'context_length', false],
    ['something_new', 'server', true],
  ])('%s is %s', async (code, neutral, retryable) => {
    const error = await failureOf(failed({ code, message: 'It broke.' }))
    expect(error).toMatchObject({
      code: neutral,
      retryable,
      partial: { content: 'Dune', usage: buckets, finishReason: { unified: 'error', raw: 'failed' } },
    })
  })

  test('a flagged prompt is told apart from a broken one', async () => {
    const flagged = { code: 'invalid_prompt', message: 'Your prompt was flagged as violating our usage policy.' }
    expect(await failureOf(failed(flagged))).toMatchObject({ code: 'content_filter' })
    expect(await failureOf(failed({ ...flagged, message: 'No such template.' }))).toMatchObject({
      code: 'invalid_request',
    })
  })

  test('unstreamed', async () => {
    const body = { ...base, status: 'failed', error: { code: 'server_error', message: 'It broke.' }, usage }
    await expect(modelOver(fetchJson(body)).call('Hi')).rejects.toMatchObject({
      code: 'server',
      retryable: true,
      partial: { usage: buckets },
    })
  })

  test('that was cancelled', async () => {
    const response = { ...base, status: 'cancelled' }
    expect(await failureOf({ type: 'response.cancelled', response })).toMatchObject({ code: 'aborted' })
    await expect(modelOver(fetchJson(response)).call('Hi')).rejects.toMatchObject({ code: 'aborted' })
  })
})

describe('a response that is incomplete', () => {
  test.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'content_filter'],
    ['max_messages', 'other'],
    ['something_new', 'other'],
  ])('%s is %s, and no error', async (reason, unified) => {
    const response = { ...base, status: 'incomplete', incomplete_details: { reason }, usage }
    const streamed = await modelOver(fetchEvents([...said, { type: 'response.incomplete', response }]))
      .stream('Hi')
      .response()
    expect(streamed.finishReason).toEqual({ unified, raw: reason })
    expect(streamed.content).toBe('Dune')
    const called = await modelOver(fetchJson(response)).call('Hi')
    expect(called.finishReason).toEqual({ unified, raw: reason })
  })

  test.each(['queued', 'in_progress'])(
    '%s, to a call that waits: the error says where the answer will be',
    async (status) => {
      const error: unknown = await modelOver(fetchJson({ ...base, status }))
        .call('Hi')
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining('resp_1') })
    },
  )
})

test('an event that ends a stream and says that the answer goes on ends nothing', async () => {
  const contradiction = { type: 'response.completed', response: { ...base, status: 'in_progress' } }
  expect(await failureOf(contradiction)).toMatchObject({ code: 'truncated', partial: { content: 'Dune' } })
})

test.each([
  ['nothing of a response', {}],
  ['no status', { ...base, status: undefined }],
  ['no output', { id: 'resp_1', status: null, output: null }],
])('a body that has %s is truncated, and no success', async (_, body) => {
  await expect(modelOver(fetchJson(body)).call('Hi')).rejects.toMatchObject({ code: 'truncated' })
})

test('events that lack what they should have change nothing', async () => {
  const types = [
    'created',
    'output_item.added',
    'output_item.done',
    'output_text.delta',
    'output_text.annotation.added',
  ]
  const broken = [
    ...types,
    'content_part.added',
    'function_call_arguments.delta',
    'completed',
    'reasoning_summary_text.delta',
  ]
  const events = broken.map((type) => ({
    type: `response.${type}`,
    delta: null,
    item: null,
    annotation: 7,
    output_index: null,
  }))
  const end = {
    type: 'response.completed',
    response: { ...base, status: 'completed', output: [null, 7, { type: 'message' }] },
  }
  const response = await modelOver(fetchEvents([created, ...events, end]))
    .stream('Hi')
    .response()
  expect(response).toMatchObject({ content: '', finishReason: { unified: 'stop' } })
})
