import type { OpenAIResponsesStreamEvent, WireOutputItem } from '@interlingua/openai'
import { describe, expect, test } from 'vitest'
import { fetchEvents, fetchJson, modelOver } from './model.ts'
import { sentFor } from './sent.ts'

const at = { item_id: 'item_1', output_index: 0, sequence_number: 1 }
const part = { ...at, content_index: 0 }
const summary = { ...at, summary_index: 0 }
const whole = { output_index: 0, sequence_number: 1 }
const status = 'completed' as const
const text = { type: 'output_text' as const, text: '', annotations: [], logprobs: [] }

/** An item of every kind that the SDK knows, as its documents show it. */
const items: { readonly [Type in WireOutputItem['type']]: Partial<Extract<WireOutputItem, { type: Type }>> } = {
  message: { id: 'msg_1', role: 'assistant', status, content: [{ ...text, text: 'Dune' }], phase: 'final_answer' },
  reasoning: { id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAA' },
  function_call: { id: 'fc_1', call_id: 'call_1', name: 'weather', arguments: '{"city":"Köln"}', status },
  function_call_output: { id: 'fco_1', call_id: 'call_9', output: 'sunny', status },
  custom_tool_call: { id: 'ctc_1', call_id: 'call_2', name: 'code', input: 'print("hi")' },
  custom_tool_call_output: { id: 'cto_1', call_id: 'call_8', output: 'hi', status },
  web_search_call: { id: 'ws_1', status, action: { type: 'search', query: 'Dune', sources: [] } },
  file_search_call: { id: 'fs_1', status, queries: ['Dune'], results: [{ file_id: 'file_1', score: 0.5 }] },
  code_interpreter_call: {
    id: 'ci_1',
    status,
    code: '1+1',
    container_id: 'cntr_1',
    outputs: [{ type: 'logs', logs: '2' }],
  },
  image_generation_call: { id: 'ig_1', status, result: 'iVBORw0KGgo=', size: '1024x1024' },
  mcp_call: { id: 'mcp_1', name: 'ask', server_label: 'deepwiki', arguments: '{}', output: 'yes', error: null },
  mcp_list_tools: { id: 'mcpl_1', server_label: 'deepwiki', tools: [{ name: 'ask', input_schema: {} }] },
  mcp_approval_request: { id: 'mcpr_1', name: 'ask', server_label: 'deepwiki', arguments: '{}' },
  mcp_approval_response: { id: 'mcpa_1', approval_request_id: 'mcpr_0', approve: true },
  computer_call: { id: 'cu_1', call_id: 'call_3', status, pending_safety_checks: [], action: { type: 'screenshot' } },
  computer_call_output: { id: 'cuo_1', call_id: 'call_3', output: { type: 'computer_screenshot' }, status },
  shell_call: { id: 'sh_1', call_id: 'call_4', status, environment: { type: 'local' } },
  shell_call_output: { id: 'sho_1', call_id: 'call_4', status, output: [], max_output_length: 9 },
  local_shell_call: { id: 'lsh_1', call_id: 'call_5', status, action: { type: 'exec', command: ['ls'], env: {} } },
  local_shell_call_output: { id: 'lsho_1', output: '{}' },
  apply_patch_call: { id: 'apc_1', call_id: 'call_6', status, operation: { type: 'delete_file', path: 'a.ts' } },
  apply_patch_call_output: { id: 'apo_1', call_id: 'call_6', status },
  compaction: { id: 'cmp_1', encrypted_content: 'gBBB' },
  tool_search_call: { id: 'tsc_1', call_id: null, arguments: {}, execution: 'server', status },
  tool_search_output: { id: 'tso_1', call_id: null, execution: 'server', status, tools: [] },
  additional_tools: { id: 'at_1', role: 'developer', tools: [] },
  program: { id: 'prg_1', call_id: 'call_7', code: 'f()', fingerprint: 'x' },
  program_output: { id: 'pro_1', call_id: 'call_7', result: '2', status },
}
const output = Object.entries(items).map(([type, item]) => Object.assign({ type }, item))
const response = { id: 'resp_1', object: 'response', model: 'gpt-5.6', status, output: [] }

type Samples = { readonly [Type in OpenAIResponsesStreamEvent['type']]: object }

/** An event of every kind that the SDK knows; what ends a stream comes apart. */
const samples: Omit<Samples, 'response.completed' | 'response.failed' | 'response.incomplete' | 'error'> = {
  'response.created': { response: { ...response, status: 'in_progress' }, sequence_number: 0 },
  'response.queued': { response: { ...response, status: 'queued' }, sequence_number: 1 },
  'response.in_progress': { response: { ...response, status: 'in_progress' }, sequence_number: 1 },
  'response.output_item.added': { ...whole, item: output[0] },
  'response.content_part.added': { ...part, part: text },
  'response.output_text.delta': { ...part, delta: 'Dune', logprobs: [], obfuscation: 'x7f' },
  'response.output_text.done': { ...part, text: 'Dune', logprobs: [] },
  'response.output_text.annotation.added': {
    ...part,
    annotation_index: 0,
    annotation: { type: 'url_citation', start_index: 0, end_index: 4, title: 'Dune', url: 'https://example.com' },
  },
  'response.content_part.done': { ...part, part: { ...text, text: 'Dune' } },
  'response.output_item.done': { ...whole, item: output[0] },
  'response.refusal.delta': { ...part, content_index: 1, delta: 'No.' },
  'response.refusal.done': { ...part, content_index: 1, refusal: 'No.' },
  'response.reasoning_text.delta': { ...part, output_index: 1, delta: 'Hm' },
  'response.reasoning_text.done': { ...part, output_index: 1, text: 'Hm' },
  'response.reasoning_summary_part.added': { ...summary, output_index: 1, part: { type: 'summary_text', text: '' } },
  'response.reasoning_summary_part.done': { ...summary, output_index: 1, part: { type: 'summary_text', text: 'Hm.' } },
  'response.reasoning_summary_text.delta': { ...summary, output_index: 1, delta: 'Hm.' },
  'response.reasoning_summary_text.done': { ...summary, output_index: 1, text: 'Hm.' },
  'response.function_call_arguments.delta': { ...at, delta: '{}' },
  'response.function_call_arguments.done': { ...at, arguments: '{}' },
  'response.custom_tool_call_input.delta': { ...at, delta: 'x' },
  'response.custom_tool_call_input.done': { ...at, input: 'x' },
  'response.mcp_call_arguments.delta': { ...at, delta: '{}' },
  'response.mcp_call_arguments.done': { ...at, arguments: '{}' },
  'response.mcp_call.in_progress': at,
  'response.mcp_call.completed': at,
  'response.mcp_call.failed': at,
  'response.mcp_list_tools.in_progress': at,
  'response.mcp_list_tools.completed': at,
  'response.mcp_list_tools.failed': at,
  'response.web_search_call.in_progress': at,
  'response.web_search_call.searching': at,
  'response.web_search_call.completed': at,
  'response.file_search_call.in_progress': at,
  'response.file_search_call.searching': at,
  'response.file_search_call.completed': at,
  'response.code_interpreter_call.in_progress': at,
  'response.code_interpreter_call.interpreting': at,
  'response.code_interpreter_call.completed': at,
  'response.code_interpreter_call_code.delta': { ...at, delta: '1+1' },
  'response.code_interpreter_call_code.done': { ...at, code: '1+1' },
  'response.image_generation_call.in_progress': at,
  'response.image_generation_call.generating': at,
  'response.image_generation_call.partial_image': { ...at, partial_image_b64: 'iVBO', partial_image_index: 0 },
  'response.image_generation_call.completed': at,
  'response.shell_call_command.added': { ...whole, command: 'ls', command_index: 0 },
  'response.shell_call_command.delta': { ...whole, delta: 'ls', command_index: 0 },
  'response.shell_call_command.done': { ...whole, command: 'ls', command_index: 0 },
  'response.shell_call_output_content.delta': { ...at, command_index: 0, delta: { stdout: 'a' } },
  'response.shell_call_output_content.done': { ...at, command_index: 0, output: [] },
  'response.compaction.compacting': at,
  'response.audio.delta': { delta: 'AAAA', sequence_number: 1 },
  'response.audio.done': { sequence_number: 1 },
  'response.audio.transcript.delta': { delta: 'Hi', sequence_number: 1 },
  'response.audio.transcript.done': { sequence_number: 1 },
}
const events = [
  ...Object.entries(samples).map(([type, event]) => Object.assign({ type }, event)),
  { type: 'response.dreamt', dream: { of: ['sheep'] } },
  { type: 'response.completed', response: { ...response, output } },
]

describe('every kind of event', () => {
  test('is reachable as it came, one that is new included', async () => {
    const seen: unknown[] = []
    const stream = modelOver(fetchEvents(events)).stream('Hi')
    for await (const [chunk] of stream) if (seen.at(-1) !== chunk.event) seen.push(chunk.event)
    expect(seen).toEqual(events)
    expect(events.length).toBe(59 - 3 + 1)
  })

  test('says what it says in neutral words', async () => {
    const chunks = new Map<string, unknown>()
    const stream = modelOver(fetchEvents(events)).stream('Hi')
    for await (const [chunk] of stream) {
      if (!chunks.has(chunk.event.type))
        chunks.set(chunk.event.type, [chunk.content, chunk.thinking, chunk.refusal, chunk.citations.length])
    }
    expect(Object.fromEntries([...chunks].filter(([, said]) => JSON.stringify(said) !== '["","","",0]'))).toEqual({
      'response.output_text.delta': ['Dune', '', '', 0],
      'response.output_text.annotation.added': ['', '', '', 1],
      'response.refusal.delta': ['', '', 'No.', 0],
      'response.reasoning_text.delta': ['', 'Hm', '', 0],
      'response.reasoning_summary_text.delta': ['', 'Hm.', '', 0],
    })
  })
})

describe('every kind of item', () => {
  test('is in `items` as it came, and goes back as it came', async () => {
    const odd = { type: 'dream_call', id: 'drm_1', dream: { of: ['sheep'] } }
    const {
      items: kept,
      message,
      warnings,
    } = await modelOver(fetchJson({ ...response, output: [...output, odd] })).call('Hi')
    expect(kept).toEqual([...output, odd])
    expect(warnings).toEqual([])
    const { input } = await sentFor([message])
    expect(input).toEqual([...output, odd])
  })

  test('has its neutral words', async () => {
    const answer = await modelOver(fetchJson({ ...response, output })).call('Hi')
    expect(answer.content).toBe('Dune')
    expect(answer.thinking).toBe('Hm.')
    expect(answer.toolCalls).toEqual([
      { id: 'call_1', name: 'weather', args: { city: 'Köln' }, raw: '{"city":"Köln"}' },
      { id: 'call_2', name: 'code', args: 'print("hi")', raw: 'print("hi")', format: 'text' },
    ])
    expect(answer.finishReason.unified).toBe('tool_calls')
  })

  test.each([
    ['computer_call', 'tool_calls'],
    ['apply_patch_call', 'tool_calls'],
    ['shell_call', 'tool_calls'],
    ['local_shell_call', 'tool_calls'],
    ['web_search_call', 'stop'],
    ['mcp_call', 'stop'],
  ] as const)('%s alone ends the answer as %s', async (type, unified) => {
    const answer = await modelOver(fetchJson({ ...response, output: [{ type, ...items[type] }] })).call('Hi')
    expect(answer.finishReason.unified).toBe(unified)
  })

  test('what OpenAI ran itself asks for nothing', async () => {
    const both = output.filter(({ type }) => type.startsWith('shell_call'))
    const answer = await modelOver(fetchJson({ ...response, output: both })).call('Hi')
    expect(answer.finishReason.unified).toBe('stop')
  })
})

describe('annotations are citations', () => {
  const said = 'Read Dune, see notes.txt.'
  const annotations = [
    { type: 'url_citation', start_index: 5, end_index: 9, title: 'Dune', url: 'https://example.com/dune' },
    {
      type: 'container_file_citation',
      container_id: 'c1',
      file_id: 'f1',
      filename: 'notes.txt',
      start_index: 15,
      end_index: 24,
    },
    { type: 'file_citation', file_id: 'f2', filename: 'books.pdf', index: 9 },
    { type: 'file_path', file_id: 'f3', index: 24 },
    { type: 'dream_citation', dream: 1 },
  ]
  const message = { ...items.message, type: 'message', content: [{ ...text, text: said, annotations }] }
  const expected = [
    { start: 5, end: 9, text: 'Dune', sources: [{ type: 'url', url: 'https://example.com/dune', title: 'Dune' }] },
    {
      start: 15,
      end: 24,
      text: 'notes.txt',
      sources: [{ type: 'file', id: 'f1', title: 'notes.txt', data: { container_id: 'c1' } }],
    },
    { start: 9, end: 9, sources: [{ type: 'file', id: 'f2', title: 'books.pdf' }] },
    { start: 24, end: 24, sources: [{ type: 'file', id: 'f3' }] },
    { start: 0, end: 0, sources: [{ type: 'dream_citation', data: annotations[4] }] },
  ]

  test('unstreamed', async () => {
    const { citations } = await modelOver(fetchJson({ ...response, output: [message] })).call('Hi')
    expect(citations).toMatchObject(expected)
    expect(citations.map(({ providerFields }) => providerFields?.['openai']?.['annotation'])).toEqual(annotations)
  })

  test('streamed, each once, also where they come again', async () => {
    const started = { ...message, content: [] }
    const place = { output_index: 0, content_index: 0 }
    const stream = modelOver(
      fetchEvents([
        { type: 'response.created', response },
        { type: 'response.output_item.added', output_index: 0, item: started },
        { type: 'response.output_text.delta', ...place, delta: said },
        ...annotations.map((annotation) =>
          Object.assign({ type: 'response.output_text.annotation.added', annotation }, place),
        ),
        { type: 'response.output_item.done', output_index: 0, item: message },
        { type: 'response.completed', response: { ...response, output: [message] } },
      ]),
    ).stream('Hi')
    expect((await stream.response()).citations).toMatchObject(expected)
  })
})

test('tokens have their log-probabilities, and what might have come instead', async () => {
  const logprobs = [
    { token: 'Du', logprob: -0.5, bytes: [68, 117], top_logprobs: [{ token: 'Fo', logprob: -2, bytes: [70] }] },
  ]
  const message = { ...items.message, type: 'message', content: [{ ...text, text: 'Du', logprobs }] }
  const answer = await modelOver(fetchJson({ ...response, output: [message] })).call('Hi', { logprobs: true })
  expect(answer.logprobs).toEqual([{ text: 'Du', logprobs: [-0.5], alternatives: [{ text: 'Fo', logprob: -2 }] }])
})

test('content without a neutral word is told once, and kept', async () => {
  const message = { ...items.message, type: 'message', content: [{ type: 'output_hologram', data: 'x' }] }
  const answer = await modelOver(
    fetchEvents([
      { type: 'response.created', response },
      { type: 'response.output_item.done', output_index: 0, item: message },
      { type: 'response.completed', response: { ...response, output: [message] } },
    ]),
  )
    .stream('Hi')
    .response()
  expect(answer.warnings).toMatchObject([{ code: 'malformed', message: expect.stringContaining('output_hologram') }])
  expect(answer.items).toEqual([message])
})

test('items that the end numbers or names in another way are told once', async () => {
  const said = { ...items.message, type: 'message' }
  const call = { ...items.function_call, type: 'function_call' }
  const streamed = async (final: readonly object[]) =>
    modelOver(
      fetchEvents([
        { type: 'response.created', response },
        { type: 'response.output_item.done', output_index: 0, item: said },
        { type: 'response.output_item.done', output_index: 2, item: call },
        { type: 'response.completed', response: { ...response, output: final } },
      ]),
    )
      .stream('Hi')
      .response()
  const numbered = await streamed([said, call])
  expect([numbered.content, numbered.toolCalls.length]).toEqual(['Dune', 1])
  const reversed = await streamed([call, said])
  expect([reversed.content, reversed.toolCalls.length]).toEqual(['Dune', 1])
  const renamed = await streamed([{ ...said, id: 'other' }, call])
  expect([renamed.content, renamed.toolCalls.length]).toEqual(['Dune', 1])
  const more = await streamed([said, call, { ...call, id: 'fc_2', call_id: 'call_9' }])
  expect(more.toolCalls.map(({ id }) => id)).toEqual(['call_1', 'call_9'])
})
