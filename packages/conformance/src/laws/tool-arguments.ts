import { modelFor, streamResponse } from '../ask.ts'
import { expectEqual, expectMatch } from '../expectation.ts'
import { type Law, notApplicable } from '../law.ts'
import { inSituations } from '../per-scenario.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import type { ProviderUnderTest, ScriptedToolCall } from '../provider-under-test.ts'
import { encodeEvents } from '../scripted-stream.ts'

export const toolArguments: Law = inSituations(
  'tool-arguments',
  'A tool call is handed out once, and one that is wrong is data.',
  {
    'no text at all': (provider) => expectCalls(provider, [[]], [{ args: {}, error: undefined }]),
    'an empty text': (provider) => expectCalls(provider, [['']], [{ args: {}, error: undefined }]),
    null: (provider) => expectCalls(provider, [['null']], [{ args: {}, error: undefined }]),
    'an empty object': (provider) => expectCalls(provider, [['{', '}']], [{ args: {}, error: undefined }]),
    'in many pieces': (provider) =>
      expectCalls(
        provider,
        [Array.from('{"city":"Zürich 🏔","days":[1,2]}')],
        [{ args: { city: 'Zürich 🏔', days: [1, 2] } }],
      ),
    'no JSON': (provider) =>
      expectCalls(
        provider,
        [['{"city":', '"Rome"']],
        [{ args: undefined, raw: '{"city":"Rome"', error: { code: 'invalid_json' } }],
      ),
    'two at once': (provider) =>
      expectCalls(
        provider,
        [['{"city":"Rome"}'], ['{"city":', '"Oslo"}']],
        [{ args: { city: 'Rome' } }, { args: { city: 'Oslo' } }],
      ),
    'a bad one beside a good one': (provider) =>
      expectCalls(
        provider,
        [['nonsense'], ['{"city":"Oslo"}']],
        [{ error: { code: 'invalid_json' } }, { args: { city: 'Oslo' } }],
      ),
  },
)

async function expectCalls(
  provider: ProviderUnderTest,
  pieces: readonly (readonly string[])[],
  expected: readonly object[],
): ReturnType<Parameters<typeof inSituations>[2][string]> {
  const { streamToolCalls } = provider
  if (!streamToolCalls) return notApplicable('there is no `streamToolCalls`')
  const calls = pieces.map((each, index): ScriptedToolCall => ({ id: `call_${index}`, name: 'weather', pieces: each }))
  const bytes = encodeEvents(provider, streamToolCalls(calls))
  const { fetch } = scriptedFetch(() => streamResponse(provider, [bytes]))
  const stream = modelFor(provider, { fetch }).stream('Hi')
  const handed: string[] = []
  for await (const [, tool] of stream) if (tool) handed.push(tool.id)
  const { toolCalls, finishReason } = await stream.response()
  expectMatch(toolCalls, expected, 'the tool calls')
  for (const [index, call] of expected.entries()) {
    if ('args' in call) expectEqual(toolCalls[index]?.args, call.args, 'the arguments')
  }
  expectEqual(
    toolCalls.map(({ name }) => name),
    calls.map(() => 'weather'),
    'their names',
  )
  expectEqual(
    handed,
    toolCalls.map(({ id }) => id),
    'the ids that the loop handed out',
  )
  expectEqual(new Set(handed).size, calls.length, 'the number of different ids')
  expectEqual(finishReason.unified, 'tool_calls', 'the finish reason')
  return undefined
}
