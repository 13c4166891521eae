import { createCohere } from '@interlingua/cohere'
import { describe, expect, test } from 'vitest'
import { encodedUnchecked } from './encoded.ts'

const hi = { role: 'user', content: 'Hi' }
const image = (fields: object) => [{ role: 'user', content: [{ type: 'image', ...fields }] }]
const parameters = { type: 'object', properties: {} }

const refused = (field: string, message = field) => ({
  name: 'InterlinguaError',
  code: 'invalid_request',
  provider: 'cohere',
  model: 'command-a-03-2025',
  field,
  message: expect.stringContaining(message),
})

describe('what Cohere refuses, and nothing else could be sent for', () => {
  test.each([
    ['documents[0]', { documents: [''] }],
    ['documents[1]', { documents: ['A fact.', { id: 'a', data: {} }] }],
    ['documents[0]', { documents: [{ data: '' }] }],
    ['documents[2].id', { documents: [{ id: 'a', data: 'A' }, 'B', { id: 'a', data: 'C' }] }],
    ['documents', { documents: 'A fact.' }],
    ['tools[0].name', { tools: [{ name: '', parameters }] }],
    ['tools[0].name', { tools: [{ parameters }] }],
    ['tools[0].parameters', { tools: [{ name: 'clock' }] }],
    [
      'tools[1].name',
      {
        tools: [
          { name: 'clock', parameters },
          { name: 'clock', parameters },
        ],
      },
    ],
    ['toolChoice', { tools: [{ name: 'clock', parameters }], toolChoice: 'any' }],
    ['toolChoice', { toolChoice: null }],
    ['stop', { stop: 'END' }],
  ])('%s', async (field, options) => {
    await expect(encodedUnchecked([hi], options)).rejects.toMatchObject(refused(field))
    // What cannot be sent cannot be ignored either.
    await expect(encodedUnchecked([hi], { ...options, onUnsupported: 'ignore' })).rejects.toMatchObject(refused(field))
  })
})

test.each([
  ['messages[0]', 'a string', ['hi']],
  ['messages[1]', 'null', [hi, null]],
  ['messages[0].role', '"bogus"', [{ role: 'bogus', content: 'Hi' }]],
  ['messages[1].role', '"developer"', [hi, { role: 'developer', content: 'Hi' }]],
  ['messages[0].role', 'undefined', [{ content: 'Hi' }]],
  ['messages[0].content', 'undefined', [{ role: 'user' }]],
  ['messages[0].content', 'undefined', [{ role: 'assistant' }]],
  ['messages[0].content[0]', '"video"', [{ role: 'user', content: [{ type: 'video' }] }]],
  ['messages[0].content[0]', 'a string', [{ role: 'system', content: ['Hi'] }]],
  ['messages[0].content[0].text', 'undefined', [{ role: 'user', content: [{ type: 'text' }] }]],
  ['messages[0].content[0].data', 'a string', image({ data: 'iVBORw0=', mediaType: 'image/png' })],
  ['messages[0].content[0].data', 'undefined', image({})],
  ['messages[0].content[0].mediaType', 'undefined', image({ data: new Uint8Array(1) })],
  ['messages[0].content[0].url', 'an object', image({ url: new URL('https://example.com') })],
  ['messages[0].toolCalls', 'an object', [{ role: 'assistant', content: '', toolCalls: {} }]],
  ['messages[0].toolCalls[0].name', 'undefined', [{ role: 'assistant', content: '', toolCalls: [{ id: 'a' }] }]],
  ['messages[0].citations[0].sources', 'undefined', [{ role: 'assistant', content: '', citations: [{}] }]],
  ['messages[0].toolCallId', 'undefined', [{ role: 'tool', content: 'Rain' }]],
  [
    'messages[0].content[0].data',
    'null',
    [{ role: 'tool', toolCallId: 'a', content: [{ type: 'document', data: null }] }],
  ],
])('%s is %s', async (field, found, prompt) => {
  await expect(encodedUnchecked(prompt)).rejects.toMatchObject(refused(field, found))
})

test('a stream is refused when it is read', async () => {
  const model = createCohere({ apiKey: 'key', fetch: () => Promise.reject(new Error('sent')) })('command-a-03-2025')
  const stream = model.stream('Hi', { documents: [''] })
  await expect(stream.response()).rejects.toMatchObject(refused('documents[0]'))
})

test('a tool call that was written by hand may lack the text of its arguments', async () => {
  const calls = [
    { id: 'a', name: 'weather', args: { city: 'Paris' } },
    { id: 'b', name: 'clock' },
  ]
  expect(await encodedUnchecked([hi, { role: 'assistant', content: '', toolCalls: calls }])).toMatchObject({
    messages: [
      hi,
      { tool_calls: [{ function: { arguments: '{"city":"Paris"}' } }, { function: { arguments: '{}' } }] },
    ],
  })
})
