import type { ScriptedToolCall } from '@interlingua/conformance'
import { type ChatServer, pieceEvent } from './chat-server.ts'

const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0 }
const counts = { prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 }

/** Tool calls with their arguments in pieces, after a first one that has their names. */
function inPieces(calls: readonly ScriptedToolCall[]): object[] {
  return calls.flatMap(({ id, name, pieces }, index) => [
    { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
    ...pieces.map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ])
}

/** A tool call in one piece. */
function whole({ id, name, pieces }: ScriptedToolCall, index: number): object {
  return { index, id, type: 'function', function: { name, arguments: pieces.join('') } }
}

/** OpenAI: the usage comes after the finish reason, in an event without choices. */
const openai: ChatServer = {
  dialect: 'openai',
  model: 'gpt-5-mini',
  base: { ...base, model: 'gpt-5-mini-2025-08-07', service_tier: 'default', usage: null },
  usage: {
    ...counts,
    prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 3, audio_tokens: 0 },
  },
  opening: { role: 'assistant', content: '', refusal: null },
  calls: inPieces,
  end: (reason, last) => [pieceEvent(openai, last, reason), { ...openai.base, choices: [], usage: openai.usage }],
  sendsDone: true,
  message: ({ text }) => ({ content: text }),
}

/** Mistral: thoughts are parts of the content, tool calls come whole, and all at once with the end. */
const mistral: ChatServer = {
  dialect: 'mistral',
  model: 'magistral-medium-latest',
  base: { ...base, model: 'magistral-medium-latest', p: 'abc' },
  usage: { ...counts, prompt_tokens_details: { cached_tokens: 4 } },
  opening: { role: 'assistant', content: '' },
  thinking: (piece) => ({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: piece }] }] }),
  calls: (calls) => [{ tool_calls: calls.map(whole) }],
  end: (reason, last) => [{ ...pieceEvent(mistral, { content: '', ...last }, reason), usage: mistral.usage }],
  sendsDone: true,
  message: ({ thinking, text }) => ({
    content: thinking
      ? [
          { type: 'thinking', thinking: [{ type: 'text', text: thinking }] },
          { type: 'text', text },
        ]
      : text,
  }),
}

/** OpenRouter: the finish reason comes twice, the second time with the usage and what was paid. */
const openrouter: ChatServer = {
  dialect: 'openrouter',
  model: 'openai/gpt-5-mini',
  base: { ...base, model: 'openai/gpt-5-mini', provider: 'OpenAI' },
  usage: {
    ...counts,
    cost: 0.00012,
    prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 3 },
  },
  opening: { role: 'assistant', content: '', reasoning: null },
  thinking: (piece) => ({ content: '', reasoning: piece }),
  calls: inPieces,
  end: (reason, last) => [
    pieceEvent(openrouter, { role: 'assistant', content: '', ...last }, reason),
    { ...pieceEvent(openrouter, { role: 'assistant', content: '' }, reason), usage: openrouter.usage },
  ],
  sendsDone: true,
  message: ({ thinking, text }) => ({ content: text, ...(thinking && { reasoning: thinking }) }),
}

/** Groq: each tool call comes whole, and the usage twice. */
const groq: ChatServer = {
  dialect: 'groq',
  model: 'openai/gpt-oss-20b',
  base: { ...base, model: 'openai/gpt-oss-20b', system_fingerprint: 'fp_1' },
  usage: {
    ...counts,
    queue_time: 0.01,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 3 },
  },
  opening: { role: 'assistant', content: '' },
  thinking: (piece) => ({ channel: 'analysis', reasoning: piece }),
  calls: (calls) => calls.map((call, index) => ({ tool_calls: [whole(call, index)] })),
  end: (reason, last) => [
    { ...pieceEvent(groq, last, reason), usage: groq.usage, x_groq: { id: 'req_1', usage: groq.usage } },
    { ...groq.base, choices: [], service_tier: 'on_demand', usage: groq.usage },
  ],
  sendsDone: true,
  message: ({ thinking, text }) => ({ content: text, ...(thinking && { reasoning: thinking }) }),
  exceptions: { 'same-history: thinking': 'Groq has no use for its own thoughts, and is not sent them' },
}

/** Perplexity: every event has the pages and the usage so far, no `[DONE]` ends the stream, and there are no tools. */
const perplexity: ChatServer = {
  dialect: 'perplexity',
  model: 'sonar',
  base: {
    ...base,
    model: 'sonar',
    search_results: [{ title: 'Dune', url: 'https://example.com/dune', date: null, snippet: 'A book.' }],
    citations: ['https://example.com/dune'],
  },
  usage: { ...counts, cost: { total_cost: 0.005 }, search_context_size: 'low' },
  end: (reason, last) => [
    {
      ...pieceEvent(perplexity, { role: 'assistant', content: '', ...last }, reason),
      object: 'chat.completion.done',
      usage: perplexity.usage,
    },
  ],
  sendsDone: false,
  message: ({ text }) => ({ content: text }),
}

/** OpenAI, and those that differ most from it in how they write. */
export const chatServers: readonly ChatServer[] = [openai, mistral, openrouter, groq, perplexity]
