import { streamOver } from '../ask.ts'
import { expectMatch, expectTrue } from '../expectation.ts'
import { notApplicable, type Law } from '../law.ts'
import { type Essence, read, type Reading } from '../reading.ts'
import type { ExpectedReading } from '../scenario.ts'
import { bytesOf } from '../scripted-stream.ts'
import { perScenario } from '../per-scenario.ts'

export const reading: Law = perScenario('reading', 'A stream means what its script says that it means.', {
  check: async (provider, scenario) => {
    expectReading(await read(streamOver(provider, [bytesOf(provider, scenario)], scenario)), scenario.expected)
    return undefined
  },
})

export const countedOnce: Law = perScenario(
  'counted-once',
  'Tokens and billed units are those of the script, and are not added up.',
  {
    check: async (provider, scenario) => {
      const { usage } = scenario.expected
      if (!usage) return notApplicable('the script does not say what was used')
      const { essence } = await read(streamOver(provider, [bytesOf(provider, scenario)], scenario))
      expectMatch(essence.usage, usage, 'usage')
      return undefined
    },
  },
)

function expectReading({ essence, error }: Reading, { error: failure, ...expected }: ExpectedReading): void {
  if (failure) {
    expectTrue(error !== undefined, `it ended well, and not with an error of code ${failure.code}`)
    expectMatch(error, failure, 'error')
  } else if (error) throw error
  const { finishReason, toolCalls, usage: _, ...rest } = expected
  expectMatch(essence, rest, 'response')
  if (finishReason !== undefined) expectMatch(essence.finishReason, { unified: finishReason }, 'finish reason')
  if (toolCalls) expectToolCalls(essence, toolCalls)
}

function expectToolCalls({ toolCalls: actual }: Essence, expected: NonNullable<ExpectedReading['toolCalls']>): void {
  const asExpected = expected.map((call) => ({ ...call, error: call.error }))
  expectMatch(actual, asExpected, 'tool calls')
  for (const [index, call] of expected.entries()) {
    if ('args' in call) expectMatch({ args: call.args }, { args: argsOf(actual[index]) }, 'the arguments')
  }
}

function argsOf(call: unknown): unknown {
  return typeof call === 'object' && call !== null && 'args' in call ? call.args : undefined
}
