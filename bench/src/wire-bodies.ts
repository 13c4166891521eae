import { inputTokens, piecesOf, type Sent } from './sent.ts'

/** What the server sends: a stream as its events, and the same as one body. */
interface Bodies {
  readonly type: string
  readonly events: readonly string[]
  readonly whole: string
}

/** The answer of a path, as recorded streams look. */
export function bodiesOf(path: string, sent: Sent): Bodies {
  const texts = piecesOf(sent)
  if (path.endsWith('/v1/chat')) return cohereV1(texts)
  if (path.endsWith('/responses')) return openAIResponses(texts)
  const isTool = sent.how === 'tool'
  return path.endsWith('/chat/completions') ? openAIChat(texts, isTool) : cohere(texts, isTool)
}

function sse(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}

function cohere(texts: readonly string[], isTool: boolean): Bodies {
  const id = '3bc5c8a1-5b8e-4b5a-9a68-1f6a1ecf4d2b'
  const usage = {
    billed_units: { input_tokens: inputTokens, output_tokens: texts.length },
    tokens: { input_tokens: inputTokens, output_tokens: texts.length },
  }
  const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] }
  const begin = sse('message-start', { id, delta: { message } })
  const end = (finish_reason: string): readonly string[] => [
    sse('message-end', { delta: { finish_reason, usage } }),
    'data: [DONE]\n\n',
  ]
  const at = (type: string, part: object): string => sse(type, { index: 0, delta: { message: part } })
  const call = { id: 'save_1', type: 'function', function: { name: 'save', arguments: '' } }
  return {
    type: 'text/event-stream',
    events: isTool
      ? [
          begin,
          at('tool-call-start', { tool_calls: call }),
          ...texts.map((text) => at('tool-call-delta', { tool_calls: { function: { arguments: text } } })),
          sse('tool-call-end', { index: 0 }),
          ...end('TOOL_CALL'),
        ]
      : [
          begin,
          at('content-start', { content: { type: 'text', text: '' } }),
          ...texts.map((text) => at('content-delta', { content: { text } })),
          sse('content-end', { index: 0 }),
          ...end('COMPLETE'),
        ],
    whole: JSON.stringify({
      id,
      message: { role: 'assistant', content: [{ type: 'text', text: texts.join('') }] },
      finish_reason: 'COMPLETE',
      usage,
    }),
  }
}

function cohereV1(texts: readonly string[]): Bodies {
  const text = texts.join('')
  const tokens = { input_tokens: inputTokens, output_tokens: texts.length }
  const response = {
    response_id: 'a',
    generation_id: 'b',
    text,
    chat_history: [{ role: 'CHATBOT', message: text }],
    finish_reason: 'COMPLETE',
    meta: { api_version: { version: '1' }, billed_units: tokens, tokens },
  }
  const events = [
    { is_finished: false, event_type: 'stream-start', generation_id: 'b' },
    ...texts.map((piece) => ({ is_finished: false, event_type: 'text-generation', text: piece })),
    { is_finished: true, event_type: 'stream-end', finish_reason: 'COMPLETE', response },
  ]
  return {
    type: 'application/stream+json',
    events: events.map((event) => `${JSON.stringify(event)}\n`),
    whole: JSON.stringify(response),
  }
}

function openAIChat(texts: readonly string[], isTool: boolean): Bodies {
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: texts.length,
    total_tokens: inputTokens + texts.length,
  }
  const head = { id: 'chatcmpl-D1', object: 'chat.completion.chunk', created: 1_790_000_000, model: 'gpt-5' }
  const more = { service_tier: 'default', system_fingerprint: null }
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({ ...head, ...more, choices: [{ index: 0, delta, logprobs: null, finish_reason }], usage: null })}\n\n`
  const call = {
    tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'save', arguments: '' } }],
  }
  return {
    type: 'text/event-stream; charset=utf-8',
    events: [
      chunk({ role: 'assistant', content: isTool ? null : '', refusal: null, ...(isTool && call) }),
      ...texts.map((text) =>
        chunk(isTool ? { tool_calls: [{ index: 0, function: { arguments: text } }] } : { content: text }),
      ),
      chunk({}, isTool ? 'tool_calls' : 'stop'),
      `data: ${JSON.stringify({ ...head, ...more, choices: [], usage })}\n\n`,
      'data: [DONE]\n\n',
    ],
    whole: JSON.stringify({
      ...head,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: texts.join(''), refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage,
    }),
  }
}

function openAIResponses(texts: readonly string[]): Bodies {
  const text = texts.join('')
  const usage = {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: texts.length,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + texts.length,
  }
  const base = { id: 'resp_1', object: 'response', created_at: 1_790_000_000, model: 'gpt-5', tools: [], error: null }
  const part = { type: 'output_text', annotations: [], logprobs: [], text }
  const item = { id: 'msg_1', type: 'message', status: 'completed', content: [part], role: 'assistant' }
  const whole = { ...base, status: 'completed', output: [item], usage, incomplete_details: null }
  const place = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  let sequence_number = 0
  const event = (type: string, fields: object): string => sse(type, { sequence_number: sequence_number++, ...fields })
  return {
    type: 'text/event-stream; charset=utf-8',
    events: [
      event('response.created', { response: { ...base, status: 'in_progress', output: [], usage: null } }),
      event('response.output_item.added', { output_index: 0, item: { ...item, status: 'in_progress', content: [] } }),
      event('response.content_part.added', { ...place, part: { ...part, text: '' } }),
      ...texts.map((delta) => event('response.output_text.delta', { ...place, delta, logprobs: [] })),
      event('response.output_text.done', { ...place, text, logprobs: [] }),
      event('response.content_part.done', { ...place, part }),
      event('response.output_item.done', { output_index: 0, item }),
      event('response.completed', { response: whole }),
    ],
    whole: JSON.stringify(whole),
  }
}
