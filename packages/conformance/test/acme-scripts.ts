import type {
  ConnectionSettings,
  ProviderUnderTest,
  Scenario,
  ScriptedEvent,
  ScriptedToolCall,
} from '@interlingua/conformance'
import type { Model } from '@interlingua/core'
import type { AcmeAnswer, AcmeEvent } from './acme.ts'

const event = (data: AcmeEvent): ScriptedEvent => ({ data })
const spent = { in: 12, out: 7 }
const usage = { inputTokens: 12, outputTokens: 7 }
const text = 'Grüße 👩‍👩‍👧, read “Dune” [DONE] 日本'

const answer: AcmeAnswer = { id: 'a1', thought: 'Hm, 日本?', text, end: 'done', spent }
const calling: AcmeAnswer = {
  id: 'a2',
  calls: [
    { id: 'c1', name: 'weather', args: '{"city":"Rome"}' },
    { id: 'c2', name: 'weather', args: '{"city":"Oslo"}' },
  ],
  end: 'calls',
  spent,
}

const scenarios: Scenario[] = [
  {
    name: 'thinking and text',
    stream: [
      event({ id: 'a1' }),
      ...['Hm, ', '日本?'].map((thought) => event({ thought })),
      ...Array.from(text, (piece) => event({ text: piece })),
      // Running totals, of which the last one counts.
      event({ spent: { in: 12, out: 3 } }),
      event({ spent, end: 'done' }),
    ],
    answer,
    expected: { id: 'a1', content: text, thinking: 'Hm, 日本?', finishReason: 'stop', usage },
    history: {
      role: 'assistant',
      content: [
        { type: 'thinking', text: 'Hm, 日本?' },
        { type: 'text', text },
      ],
    },
  },
  {
    name: 'interleaved tools',
    stream: [
      event({ id: 'a2' }),
      event({ call: { index: 0, id: 'c1', name: 'weather' } }),
      event({ call: { index: 1, id: 'c2', name: 'weather' } }),
      event({ call: { index: 1, args: '{"city":' } }),
      event({ call: { index: 0, args: '{"city":"Rome"}' } }),
      event({ call: { index: 1, args: '"Oslo"}' } }),
      event({ call: { index: 0 } }),
      event({ call: { index: 1 } }),
      event({ spent, end: 'calls' }),
    ],
    answer: calling,
    expected: {
      toolCalls: [
        { id: 'c1', args: { city: 'Rome' } },
        { id: 'c2', args: { city: 'Oslo' } },
      ],
      finishReason: 'tool_calls',
      usage,
    },
  },
  {
    name: 'a failure inside the answer',
    stream: [event({ id: 'a3' }), event({ text: 'I was' }), event({ spent, end: 'failed' })],
    answer: { id: 'a3', text: 'I was', end: 'failed', spent },
    expected: { content: 'I was', usage, error: { code: 'server', retryable: true } },
  },
]

function* streamText(pieces: Iterable<string>): Generator<ScriptedEvent> {
  yield event({ id: 'x' })
  for (const piece of pieces) yield event({ text: piece })
  yield event({ spent, end: 'done' })
}

function* streamToolCalls(calls: readonly ScriptedToolCall[]): Generator<ScriptedEvent> {
  for (const [index, { id, name, pieces }] of calls.entries()) {
    yield event({ call: { index, id, name } })
    for (const args of pieces) yield event({ call: { index, args } })
    yield event({ call: { index } })
  }
  yield event({ spent, end: 'calls' })
}

/** What the author of an adapter for Acme brings. */
export function acme(createModel: (settings: ConnectionSettings) => Model): ProviderUnderTest {
  return {
    name: 'Acme',
    createModel,
    streamText,
    streamToolCalls,
    scenarios,
    failures: [
      {
        name: 'too fast',
        status: 429,
        body: { error: 'slow down' },
        expected: { code: 'rate_limit', retryable: true },
      },
    ],
  }
}
