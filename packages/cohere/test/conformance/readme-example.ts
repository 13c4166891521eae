import { createCohere } from '@interlingua/cohere'
import {
  checkProvider,
  conformanceMatrix,
  type ConformanceReport,
  type ProviderUnderTest,
  type ScriptedEvent,
} from '@interlingua/conformance'

const usage = { billed_units: { input_tokens: 3, output_tokens: 2 } }

// A whole stream on the wire, for any pieces of text. The pieces may be endless: a generator makes them as they are read.
function* streamText(pieces: Iterable<string>): Generator<ScriptedEvent> {
  yield { data: { type: 'message-start', id: 'a-1', delta: { message: { role: 'assistant' } } } }
  yield { data: { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } } }
  for (const text of pieces)
    yield { data: { type: 'content-delta', index: 0, delta: { message: { content: { text } } } } }
  yield { data: { type: 'content-end', index: 0 } }
  yield { data: { type: 'message-end', delta: { finish_reason: 'COMPLETE', usage } } }
  yield { data: '[DONE]' }
}

const provider: ProviderUnderTest = {
  name: 'Cohere',
  createModel: (settings) => createCohere(settings)('command-a-03-2025'),
  streamText,
  scenarios: [
    {
      name: 'text',
      stream: [...streamText(['Grüße, ', '日本'])],
      // The same answer without streaming.
      answer: {
        id: 'a-1',
        finish_reason: 'COMPLETE',
        message: { role: 'assistant', content: [{ type: 'text', text: 'Grüße, 日本' }] },
        usage,
      },
      expected: {
        content: 'Grüße, 日本',
        finishReason: 'stop',
        usage: { billed: { inputTokens: 3, outputTokens: 2 } },
      },
    },
  ],
  failures: [
    {
      name: 'a wrong key',
      status: 401,
      body: { message: 'invalid api token' },
      expected: { code: 'authentication', retryable: false },
    },
  ],
}

const report: ConformanceReport = await checkProvider(provider)
console.log(conformanceMatrix(report))

export { provider, report }
