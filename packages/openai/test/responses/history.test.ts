import type { AssistantMessage, Message } from '@interlingua/core'
import type { DialectName } from '@interlingua/openai'
import { describe, expect, test } from 'vitest'
import { fetchJson, modelOver } from './model.ts'
import type { Item } from './recording.ts'
import { sentFor } from './sent.ts'

const reasoning = {
  type: 'reasoning',
  id: 'rs_1',
  summary: [{ type: 'summary_text', text: 'Hm.' }],
  encrypted_content: 'gAAA',
}
const silent = { type: 'reasoning', id: 'rs_2', summary: [], encrypted_content: 'gBBB' }
const annotation = { type: 'url_citation', start_index: 0, end_index: 4, title: 'Dune', url: 'https://example.com' }
const said = {
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'Dune it is.', annotations: [annotation], logprobs: [] }],
}
const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'Dune' } }
const call = {
  type: 'function_call',
  id: 'fc_1',
  call_id: 'call_1',
  name: 'weather',
  arguments: '{"city":"Köln"}',
  status: 'completed',
}
const custom = { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_2', name: 'code', input: 'print(1)' }
const ask: Message = { role: 'user', content: 'Hi' }
const on: Message = { role: 'user', content: 'Go on' }

/** The message of an answer that has these items. */
async function messageOf(
  output: readonly Item[],
  more: object = {},
  provider: DialectName = 'openai',
): Promise<AssistantMessage> {
  const body = { id: 'resp_7', object: 'response', model: 'gpt-5.6', status: 'completed', output, ...more }
  return (await modelOver(fetchJson(body), provider).call('Hi')).message
}

const sentWith = async (...messages: readonly Message[]) => (await sentFor(messages)).input

describe('an answer that is not changed', () => {
  test('goes back item for item, with what only OpenAI knows', async () => {
    const output = [reasoning, search, said, silent, call, custom]
    const { input, warnings } = await sentFor([
      ask,
      await messageOf(output),
      { role: 'tool', toolCallId: 'call_1', content: 'sunny' },
      { role: 'tool', toolCallId: 'call_2', content: [{ type: 'text', text: '1' }] },
    ])
    expect(input).toEqual([
      { role: 'user', content: 'Hi' },
      ...output,
      { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
      { type: 'custom_tool_call_output', call_id: 'call_2', output: [{ type: 'input_text', text: '1' }] },
    ])
    expect(warnings).toEqual([])
  })

  test('does not go to another server, which gets what it says', async () => {
    const { input, warnings } = await sentFor([ask, await messageOf([reasoning, said, call]), on], 'xai')
    expect(input).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Dune it is.' },
      { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Köln"}' },
      { type: 'function_call_output', call_id: 'call_1', output: expect.any(String) },
      { role: 'user', content: 'Go on' },
    ])
    // The thought, the citation, and the missing result.
    expect(warnings).toHaveLength(3)
  })
})

describe('an answer that the caller has changed', () => {
  test('another text: the message counts, and what led to the old one goes', async () => {
    const message = await messageOf([reasoning, said])
    const parts = [
      { type: 'thinking', text: 'Hm.' },
      { type: 'text', text: 'Emma it is.' },
    ] as const
    const changed = { ...message, content: parts, citations: [] }
    const { input, warnings } = await sentFor([ask, changed])
    expect(input.slice(1)).toEqual([{ role: 'assistant', content: 'Emma it is.' }])
    expect(warnings.map((warning) => warning.message).join()).toContain('has been changed')
  })

  test('a text between items is put where the old one was', async () => {
    const message = await messageOf([said, call])
    const changed = { ...message, content: [{ type: 'text' as const, text: 'Emma' }], citations: [] }
    expect(await sentWith(ask, changed)).toMatchObject([{}, { role: 'assistant', content: 'Emma' }, call])
  })

  test('other arguments: the call is made anew, and goes by the same id', async () => {
    const message = await messageOf([silent, call])
    const args = { city: 'Bonn' }
    const calls = (message.toolCalls ?? []).map((each) => Object.assign({}, each, { args, raw: JSON.stringify(args) }))
    const { input, warnings } = await sentFor([ask, { ...message, toolCalls: calls }])
    expect(input.slice(1)).toEqual([
      { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Bonn"}' },
    ])
    expect(warnings).toHaveLength(1)
  })

  test('a call that is taken out takes its reasoning with it, and leaves the rest as it came', async () => {
    const { toolCalls: _, ...rest } = await messageOf([reasoning, said, silent, call])
    expect(await sentWith(ask, rest)).toEqual([{ role: 'user', content: 'Hi' }, reasoning, said])
  })

  test('thoughts that are taken out: what came of them loses the id that would ask for them', async () => {
    const message = await messageOf([reasoning, said])
    const parts = typeof message.content === 'string' ? [] : message.content.filter(({ type }) => type !== 'thinking')
    const { id: _, ...anonymous } = said
    expect((await sentWith(ask, { ...message, content: parts })).slice(1)).toEqual([anonymous])
  })

  test('what has to have an id goes with the reasoning that it came of', async () => {
    const message = await messageOf([reasoning, search, said])
    const parts = typeof message.content === 'string' ? [] : message.content.filter(({ type }) => type !== 'thinking')
    const { id: _, ...anonymous } = said
    const { input, warnings } = await sentFor([ask, { ...message, content: parts }])
    expect(input.slice(1)).toEqual([anonymous])
    expect(warnings).toMatchObject([{ message: expect.stringContaining('web_search_call') }])
  })

  test('a citation that is taken out', async () => {
    const { citations: _, ...rest } = await messageOf([reasoning, said])
    const content = [{ type: 'output_text', text: 'Dune it is.', annotations: [], logprobs: [] }]
    expect((await sentWith(ask, rest)).slice(1)).toEqual([reasoning, { ...said, content }])
  })

  test('a text and a call that are put in', async () => {
    const message = await messageOf([reasoning, said])
    const parts = typeof message.content === 'string' ? [] : message.content
    const more = { id: 'call_9', name: 'weather', args: {}, raw: '{}' }
    const changed = { ...message, content: [...parts, { type: 'text' as const, text: 'Or Emma.' }], toolCalls: [more] }
    expect((await sentWith(ask, changed)).slice(1)).toEqual([
      reasoning,
      said,
      { role: 'assistant', content: 'Or Emma.' },
      { type: 'function_call', call_id: 'call_9', name: 'weather', arguments: '{}' },
    ])
  })
})

describe('reasoning is not left alone', () => {
  test('where the answer was cut before what it led to', async () => {
    const cut = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
    const { input, warnings } = await sentFor([ask, await messageOf([said, silent], cut), on])
    expect(input.slice(1, -1)).toEqual([said])
    expect(warnings).toMatchObject([{ field: 'messages[1]', message: expect.stringContaining('led to nothing') }])
  })

  test('where OpenAI has not kept it, and it did not come encrypted', async () => {
    const bare = { ...silent, encrypted_content: null }
    const { id: _, ...anonymous } = said
    const { input, warnings } = await sentFor([ask, await messageOf([bare, said], { store: false }), on])
    expect(input.slice(1, -1)).toEqual([anonymous])
    expect(warnings).toMatchObject([{ message: expect.stringContaining('reasoning.encrypted_content') }])
    // What OpenAI has kept, it knows by its id.
    expect((await sentWith(ask, await messageOf([bare, said], { store: true }), on)).slice(1, -1)).toEqual([bare, said])
  })

  test('but stays where a server sends it after what it led to, as OpenRouter does', async () => {
    const message = await messageOf([said, silent], { store: false }, 'openrouter')
    const { input, warnings } = await sentFor([ask, message, on], 'openrouter')
    expect(input.slice(1, -1)).toEqual([said, silent])
    expect(warnings).toEqual([])
  })
})

describe('state that OpenAI keeps', () => {
  test('of a conversation, what comes after the response is sent', async () => {
    const conversation = [
      ask,
      await messageOf([reasoning, call]),
      { role: 'tool', toolCallId: 'call_1', content: 'sunny' },
    ] as const
    const { body, input, warnings } = await sentFor(conversation, 'openai', { previousResponseId: 'resp_7' })
    expect(body['previous_response_id']).toBe('resp_7')
    expect(input).toEqual([{ type: 'function_call_output', call_id: 'call_1', output: 'sunny' }])
    expect(warnings).toEqual([])
  })

  test.each([{ previousResponseId: 'resp_9' }, { conversation: 'conv_1' }])(
    'all is sent where the response is not in it: %j',
    async (options) => {
      const { input, warnings } = await sentFor(
        [{ role: 'tool', toolCallId: 'call_1', content: 'sunny' }, on],
        'openai',
        options,
      )
      expect(input).toEqual([
        { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
        { role: 'user', content: 'Go on' },
      ])
      expect(warnings).toEqual([])
    },
  )
})

test('what is told names the place in the whole conversation', async () => {
  const said2: Message = { role: 'assistant', content: 'Yes.', plan: 'I will.' }
  const conversation = [ask, await messageOf([said]), on, said2, on]
  const { input, warnings } = await sentFor(conversation, 'openai', { previousResponseId: 'resp_7' })
  expect(input).toHaveLength(3)
  expect(warnings).toMatchObject([{ field: 'messages[3].plan' }])
})

describe('what others said', () => {
  test('is sent as far as there is a place for it, and the rest is told', async () => {
    const { input, warnings } = await sentFor([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look:' },
          { type: 'image', url: 'https://example.com/a.png', detail: 'low' },
        ],
      },
      {
        role: 'assistant',
        provider: 'cohere',
        content: [
          { type: 'thinking', text: 'Hm.' },
          { type: 'text', text: 'A cat.' },
          { type: 'refusal', text: 'No.' },
        ],
        plan: 'I will look.',
        citations: [{ start: 0, end: 1, text: 'A', sources: [] }],
        toolCalls: [{ id: `x${'y'.repeat(64)}`, name: 'look at', args: { at: 1 }, raw: '{"at":1}' }],
      },
      { role: 'tool', toolCallId: `x${'y'.repeat(64)}`, content: [{ type: 'document', id: 'd1', data: { a: 1 } }] },
      { role: 'tool', toolCallId: 'nobody', content: 'lost' },
    ])
    const [, , , made] = input
    const id = made?.['call_id']
    expect(String(id).length).toBeLessThan(65)
    expect(input).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'Look:' },
          { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'low' },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'output_text', text: 'I will look.' },
          { type: 'output_text', text: 'A cat.' },
          { type: 'refusal', refusal: 'No.' },
        ],
      },
      { type: 'function_call', call_id: id, name: 'look_at', arguments: '{"at":1}' },
      {
        type: 'function_call_output',
        call_id: id,
        output: [{ type: 'input_text', text: '{"id":"d1","data":{"a":1}}' }],
      },
      { role: 'user', content: expect.stringContaining('lost') },
    ])
    const told = warnings.map(({ message }) => message).join('\n')
    for (const what of ['thinking', 'plan', 'citation', 'nobody']) expect(told).toContain(what)
  })

  test('files, by their bytes, their address, and their id', async () => {
    const data = new Uint8Array([37, 80, 68, 70])
    const [sent] = await sentWith({
      role: 'user',
      content: [
        { type: 'file', data, mediaType: 'application/pdf', name: 'a.pdf' },
        { type: 'file', data, mediaType: 'application/pdf' },
        { type: 'file', url: 'https://example.com/b.pdf' },
        { type: 'file', id: 'file_1' },
        { type: 'file', id: 'file_2', mediaType: 'image/png' },
        { type: 'audio', data, mediaType: 'audio/wav', transcript: 'Hello' },
      ],
    })
    const url = 'data:application/pdf;base64,JVBERg=='
    expect(sent?.['content']).toEqual([
      { type: 'input_file', file_data: url, filename: 'a.pdf' },
      { type: 'input_file', file_data: url, filename: 'file.pdf' },
      { type: 'input_file', file_url: 'https://example.com/b.pdf' },
      { type: 'input_file', file_id: 'file_1' },
      { type: 'input_image', file_id: 'file_2', detail: 'auto' },
      { type: 'input_text', text: 'Hello' },
    ])
  })

  test('items that no neutral message has are sent as they stand', async () => {
    const screenshot = {
      type: 'computer_call_output',
      call_id: 'call_3',
      output: { type: 'computer_screenshot', image_url: 'data:,' },
    }
    const answer: Message = { role: 'user', content: '', providerFields: { openai: { items: [screenshot] } } }
    expect(await sentWith(ask, answer)).toEqual([{ role: 'user', content: 'Hi' }, screenshot])
    // They are OpenAI's, and nobody else's.
    expect((await sentFor([ask, answer], 'xai')).input).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'user', content: '' },
    ])
  })
})
