import type { Answer } from './answer.ts'

/** What the server sends: a stream as its events, and the same as one body. */
interface Bodies {
  readonly type: string
  readonly events: readonly string[]
  readonly whole: string
}

const words = ['The', ' harbour', ' was', ' quiet', ',', ' and', ' “nobody”', ' knew', ' why', '.\n']
const inputTokens = 34

/** The pieces of text of an answer with so many events. */
function piecesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => words[index % words.length] ?? '')
}

/** What every client has to read of a stream with so many pieces. */
export function expectedAnswer(count: number): Answer {
  return { text: piecesOf(count).join(''), inputTokens }
}

/** The answer of a path, as recorded streams look. */
export function bodiesOf(path: string, pieces: readonly string[] | number): Bodies {
  const texts = typeof pieces === 'number' ? piecesOf(pieces) : pieces
  if (path.endsWith('/v1/chat')) return cohereV1(texts)
  if (path.endsWith('/responses')) return openAIResponses(texts)
  return path.endsWith('/chat/completions') ? openAIChat(texts) : cohere(texts)
}

function sse(event: { type: string }, named = true): string {
  return `${named ? `event: ${event.type}\n` : ''}data: ${JSON.stringify(event)}\n\n`
}

function cohere(texts: readonly string[]): Bodies {
  const id = '3bc5c8a1-5b8e-4b5a-9a68-1f6a1ecf4d2b'
  const usage = {
    billed_units: { input_tokens: inputTokens, output_tokens: texts.length },
    tokens: { input_tokens: inputTokens, output_tokens: texts.length },
  }
  const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] }
  return {
    type: 'text/event-stream',
    events: [
      sse({ id, type: 'message-start', delta: { message } } as { type: string }),
      sse({ type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } } as {
        type: string
      }),
      ...texts.map((text) =>
        sse({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } } as { type: string }),
      ),
      sse({ type: 'content-end', index: 0 } as { type: string }),
      sse({ type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } } as { type: string }),
      'data: [DONE]\n\n',
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

function openAIChat(texts: readonly string[]): Bodies {
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: texts.length,
    total_tokens: inputTokens + texts.length,
  }
  const head = { id: 'chatcmpl-D1', object: 'chat.completion.chunk', created: 1_790_000_000, model: 'gpt-5' }
  const more = { service_tier: 'default', system_fingerprint: null }
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({ ...head, ...more, choices: [{ index: 0, delta, logprobs: null, finish_reason }], usage: null })}\n\n`
  return {
    type: 'text/event-stream; charset=utf-8',
    events: [
      chunk({ role: 'assistant', content: '', refusal: null }),
      ...texts.map((content) => chunk({ content })),
      chunk({}, 'stop'),
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
  const event = (type: string, fields: object): string =>
    sse({ type, sequence_number: sequence_number++, ...fields } as { type: string })
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
