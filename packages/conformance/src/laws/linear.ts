import { modelFor, streamResponse } from '../ask.ts'
import { expectTrue } from '../expectation.ts'
import { type Law, notApplicable } from '../law.ts'
import { inSituations } from '../per-scenario.ts'
import type { ProviderUnderTest } from '../provider-under-test.ts'
import type { ScriptedEvent } from '../scripted-event.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { encodeEvents } from '../scripted-stream.ts'

const few = 50
const many = 1_000

export const linear: Law = inSituations(
  'linear',
  'Cost grows linearly with the length of a stream: nothing is parsed again from the start.',
  {
    text: (provider) => expectLinear(provider, (count) => provider.streamText(words(count))),
    'tool arguments': async (provider) => {
      const { streamToolCalls } = provider
      if (!streamToolCalls) return notApplicable('there is no `streamToolCalls`')
      await expectLinear(provider, (count) => {
        const pieces = ['{"long":"', ...words(count), '"}']
        return streamToolCalls([{ id: 'call_1', name: 'long', pieces }])
      })
      return undefined
    },
  },
)

async function expectLinear(
  provider: ProviderUnderTest,
  eventsFor: (count: number) => Iterable<ScriptedEvent>,
): Promise<void> {
  const cost = async (count: number): Promise<number> => {
    const bytes = encodeEvents(provider, eventsFor(count))
    const { fetch } = scriptedFetch(() => streamResponse(provider, [bytes]))
    return parsedWhile(async () => {
      for await (const [chunk, tool] of modelFor(provider, { fetch }).stream('Hi')) void [chunk.content, tool]
    })
  }
  const [short, long] = [await cost(few), await cost(many)]
  const growth = many / few
  expectTrue(
    long <= short * growth * 1.5,
    `${growth} times the pieces, and ${Math.round(long / short)} times as many characters were parsed as JSON`,
  )
}

function words(count: number): string[] {
  return Array<string>(count).fill('word ')
}

/** How many characters `JSON.parse` was given. */
async function parsedWhile(act: () => Promise<void>): Promise<number> {
  const { parse } = JSON
  let characters = 0
  JSON.parse = (text, reviver) => {
    characters += text.length
    return parse(text, reviver)
  }
  try {
    await act()
  } finally {
    JSON.parse = parse
  }
  return characters
}
