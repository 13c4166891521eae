import type { Scenario, ScriptedEvent } from '@interlingua/conformance'
import type { ToolDefinition, Usage } from '@interlingua/core'
import { type ChatServer, pieceEvent, streamCalls, streamOf } from './chat-server.ts'

const text = 'Grüße 👩‍👩‍👧,\n\nread “Dune” [1] [DONE] data: \u2028 日本'
const city = { type: 'object', properties: { city: { type: 'string' } } }
const tools: ToolDefinition[] = [
  { name: 'weather', parameters: city },
  { name: 'news', parameters: city },
]
// Nine letters and digits, as Mistral's have to be.
const calls = [
  { id: 'weather01', name: 'weather', pieces: ['{"ci', 'ty":"Zür', 'ich"}'] },
  { id: 'news00001', name: 'news', pieces: ['{"city', '":"Oslo"}'] },
] as const

/** What a server of chat completions says, and what that means. */
export function scenariosOf(server: ChatServer): Scenario[] {
  const { dialect } = server
  const answer = (message: object, reason: string): object => ({
    ...server.base,
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: reason }],
    usage: server.usage,
  })
  const usage = usageOf(dialect)
  const citations =
    dialect === 'perplexity'
      ? [{ text: '[1]', sources: [{ type: 'url', id: '1', url: 'https://example.com/dune', title: 'Dune' }] }]
      : []
  const called = calls.map(({ id, name, pieces: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args.join('') },
  }))
  return [
    {
      name: 'text',
      stream: [...streamOf(server, textIn(text, 7), 'stop')],
      answer: answer(server.message({ text }), 'stop'),
      expected: { id: 'chatcmpl-1', content: text, finishReason: 'stop', citations, usage },
      history: { role: 'assistant', content: text },
    },
    {
      name: 'a limit',
      stream: [...streamOf(server, [{ content: 'Read' }], 'length')],
      answer: answer(server.message({ text: 'Read' }), 'length'),
      expected: { content: 'Read', finishReason: 'length', usage },
    },
    {
      name: 'nothing said',
      stream: [...streamOf(server, [], 'stop')],
      answer: answer(server.message({ text: '' }), 'stop'),
      expected: { content: '', finishReason: 'stop', usage },
    },
    {
      name: 'a filter',
      stream: [...streamOf(server, [{ content: 'Re' }], 'content_filter')],
      answer: answer({ content: 'Re' }, 'content_filter'),
      expected: { content: 'Re', finishReason: 'content_filter', usage },
    },
    {
      name: 'a failure inside the answer',
      stream: [
        { data: pieceEvent(server, { role: 'assistant', content: 'Read' }) },
        // As https://openrouter.ai/docs/api-reference/errors has it; others leave out the choices.
        {
          data: {
            ...server.base,
            error: { code: 502, message: 'Provider disconnected' },
            choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
          },
        },
        { data: '[DONE]' },
      ],
      expected: { content: 'Read', error: { code: 'server', retryable: true } },
    },
    ...thinkingScenarios(server, answer),
    ...(server.calls
      ? [
          {
            name: 'two tools',
            stream: [...streamCalls(server, calls)],
            answer: answer({ content: '', tool_calls: called }, 'tool_calls'),
            options: { tools },
            expected: {
              finishReason: 'tool_calls',
              toolCalls: [
                { id: 'weather01', name: 'weather', args: { city: 'Zürich' } },
                { id: 'news00001', name: 'news', args: { city: 'Oslo' } },
              ],
              usage,
            },
            history: { role: 'assistant', tool_calls: called },
          } as const,
        ]
      : []),
    ...(dialect === 'openai' ? openaiScenarios(server, answer) : []),
    ...(dialect === 'openrouter' ? openrouterScenarios(server) : []),
    ...(dialect === 'perplexity' ? perplexityScenarios(server) : []),
  ]
}

function thinkingScenarios(server: ChatServer, answer: (message: object, reason: string) => object): Scenario[] {
  const { thinking } = server
  if (!thinking) return []
  const thoughts = inPieces('Hm, 日本?', 3).map((piece) => thinking(piece))
  return [
    {
      name: 'thinking',
      stream: [...streamOf(server, [...thoughts, { content: 'Read' }], 'stop')],
      answer: answer(server.message({ thinking: 'Hm, 日本?', text: 'Read' }), 'stop'),
      expected: { content: 'Read', thinking: 'Hm, 日本?', finishReason: 'stop' },
    },
  ]
}

function openaiScenarios(server: ChatServer, answer: (message: object, reason: string) => object): Scenario[] {
  const [one, other] = calls.map(({ pieces: args }, index) =>
    args.map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  )
  const begun = calls.map(({ id, name }, index) => ({
    tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
  }))
  const at = text.indexOf('“Dune”')
  const annotations = [
    {
      type: 'url_citation',
      url_citation: { start_index: at, end_index: at + 6, url: 'https://example.com/dune', title: 'Dune' },
    },
  ]
  return [
    {
      name: 'citations',
      stream: [...streamOf(server, [...textIn(text, 5), { annotations }], 'stop')],
      answer: answer({ content: text, annotations }, 'stop'),
      expected: {
        content: text,
        citations: [
          { start: at, text: '“Dune”', sources: [{ type: 'url', url: 'https://example.com/dune', title: 'Dune' }] },
        ],
      },
    },
    {
      name: 'interleaved tools',
      stream: [
        ...streamOf(
          server,
          [...begun, ...(one ?? []).flatMap((piece, index) => [piece, other?.[index] ?? {}])],
          'tool_calls',
        ),
      ],
      options: { tools },
      expected: { toolCalls: [{ args: { city: 'Zürich' } }, { args: { city: 'Oslo' } }] },
    },
    {
      name: 'a refusal',
      stream: [...streamOf(server, [{ refusal: 'I can’t' }, { refusal: ' assist.' }], 'stop')],
      answer: answer({ content: null, refusal: 'I can’t assist.' }, 'stop'),
      expected: { content: '', refusal: 'I can’t assist.', finishReason: 'stop' },
      history: { role: 'assistant', refusal: 'I can’t assist.' },
    },
  ]
}

/** Comments come before the first event while a model is looked for. */
function openrouterScenarios(server: ChatServer): Scenario[] {
  const events = [...streamOf(server, textIn(text, 11), 'stop')].map(lines).join('')
  return [
    {
      name: 'comments before the text',
      stream: new TextEncoder().encode(`${': OPENROUTER PROCESSING\n\n'.repeat(3)}${events}`),
      expected: { content: text, finishReason: 'stop', usage: usageOf('openrouter') },
    },
  ]
}

/** As recorded: each event has the whole message so far beside its piece, and the usage so far. */
function perplexityScenarios(server: ChatServer): Scenario[] {
  let so = ''
  const events = [...streamOf(server, textIn(text, 9), 'stop')].map(({ data }): ScriptedEvent => {
    const { choices, usage = { prompt_tokens: 9, completion_tokens: 2, total_tokens: 11 } } = data as {
      readonly choices: readonly { readonly delta: { readonly content: string } }[]
      readonly usage?: object
    }
    return {
      data: {
        ...(data as object),
        usage,
        choices: choices.map((choice) => {
          so += choice.delta.content
          return Object.assign({ message: { role: 'assistant', content: so } }, choice)
        }),
      },
    }
  })
  return [
    {
      name: 'the whole message beside each piece',
      stream: events,
      expected: { content: text, finishReason: 'stop', usage: usageOf('perplexity') },
    },
  ]
}

/** Nine and seven tokens, of which four came from a cache and three were thoughts, as far as the server says so. */
function usageOf(dialect: ChatServer['dialect']): Usage {
  if (dialect === 'perplexity') return { inputTokens: 9, outputTokens: 7, billedNanoUsd: 5_000_000 }
  const counted = { inputTokens: 5, cacheReadTokens: 4 }
  if (dialect === 'mistral') return { ...counted, outputTokens: 7 }
  const thought = { ...counted, outputTokens: 4, reasoningTokens: 3 }
  return dialect === 'openrouter' ? { ...thought, billedNanoUsd: 120_000 } : thought
}

function textIn(whole: string, length: number): { readonly content: string }[] {
  return inPieces(whole, length).map((content) => ({ content }))
}

function inPieces(whole: string, length: number): string[] {
  return whole.match(new RegExp(`[^]{1,${length}}`, 'gu')) ?? []
}

function lines({ data }: ScriptedEvent): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}
