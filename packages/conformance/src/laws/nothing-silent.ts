import { isDeepStrictEqual } from 'node:util'
import { type CallOptions, isInterlinguaError, type ProviderTypes, type ToolDefinition } from '@interlingua/core'
import { modelFor, streamResponse } from '../ask.ts'
import { expectTrue } from '../expectation.ts'
import type { Law } from '../law.ts'
import type { ProviderUnderTest } from '../provider-under-test.ts'
import { scriptedFetch } from '../scripted-fetch.ts'
import { encodeEvents } from '../scripted-stream.ts'

const tools: ToolDefinition[] = [
  {
    name: 'weather',
    description: 'Tells the weather.',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
  },
  { name: 'news', parameters: { type: 'object', properties: {} } },
]

/** Everything neutral that a call may be given, with values that no provider has as its default. */
const probes: Readonly<Record<string, CallOptions<ProviderTypes>>> = {
  temperature: { temperature: 0.123 },
  maxTokens: { maxTokens: 77 },
  topP: { topP: 0.456 },
  topK: { topK: 33 },
  frequencyPenalty: { frequencyPenalty: 0.21 },
  presencePenalty: { presencePenalty: 0.22 },
  seed: { seed: 4242 },
  stop: { stop: ['<end>'] },
  tools: { tools },
}
const choices: Readonly<Record<string, CallOptions<ProviderTypes>>> = {
  'toolChoice: required': { tools, toolChoice: 'required' },
  'toolChoice: none': { tools, toolChoice: 'none' },
  'toolChoice: one tool': { tools, toolChoice: { name: 'news' } },
}

export const nothingSilent: Law = {
  name: 'nothing-silent',
  says: 'What a call is given is sent, or listed in `warnings`, or refused with an error.',
  perScenario: false,
  cases: (provider) => [
    ...Object.entries(probes).map(([name, options]) => ({ name, check: () => expectEffect(provider, options, {}) })),
    ...Object.entries(choices).map(([name, options]) => ({
      name,
      check: () => expectEffect(provider, options, { tools }),
    })),
    { name: 'system message', check: () => expectSystemMessage(provider) },
  ],
}

async function expectEffect(
  provider: ProviderUnderTest,
  options: CallOptions<ProviderTypes>,
  baseline: CallOptions<ProviderTypes>,
): Promise<undefined> {
  const [without, given] = [await sent(provider, 'Hi', baseline), await sent(provider, 'Hi', options)]
  expectTrue(
    given.told || !isDeepStrictEqual(given.body, without.body),
    `${JSON.stringify(options)} changes nothing in the request, and nothing tells so`,
  )
  return undefined
}

async function expectSystemMessage(provider: ProviderUnderTest): Promise<undefined> {
  const words = 'Speak like a pirate of the seventeenth century'
  const { body, told } = await sent(
    provider,
    [
      { role: 'system', content: words },
      { role: 'user', content: 'Hi' },
    ],
    {},
  )
  expectTrue(told || JSON.stringify(body).includes(words), 'the system message is not sent, and nothing tells so')
  return undefined
}

/** What was sent, and whether the caller was told that something could not be. */
async function sent(
  provider: ProviderUnderTest,
  prompt: Parameters<ReturnType<ProviderUnderTest['createModel']>['stream']>[0],
  options: CallOptions<ProviderTypes>,
): Promise<{ readonly body: unknown; readonly told: boolean }> {
  const reads = (): Uint8Array[] => [encodeEvents(provider, provider.streamText(['Hi']))]
  const { fetch, requests } = scriptedFetch(() => streamResponse(provider, reads()))
  try {
    const { warnings } = await modelFor(provider, { fetch }).stream(prompt, options).response()
    return { body: requests[0]?.body, told: warnings.length > 0 }
  } catch (error) {
    if (!isInterlinguaError(error)) throw error
    return { body: undefined, told: true }
  }
}
