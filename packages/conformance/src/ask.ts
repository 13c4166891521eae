import type { CallOptions, Model, ProviderTypes, StreamOf } from '@interlingua/core'
import type { ConnectionSettings, ProviderUnderTest } from './provider-under-test.ts'
import type { Scenario } from './scenario.ts'
import { ScriptedBody, scriptedFetch } from './scripted-fetch.ts'
import { contentTypeOf } from './scripted-stream.ts'

/** The key that every model is given, which must be seen nowhere. */
export const apiKey = 'a-key-that-nobody-must-see'

/** A model whose requests go nowhere unless the settings say so. It asks once: the laws count its requests. */
export function modelFor(provider: ProviderUnderTest, settings: Partial<ConnectionSettings>): Model {
  return provider.createModel({ apiKey, baseURL: 'http://127.0.0.1:9', retry: false, ...settings })
}

/** A response that streams these reads. */
export function streamResponse(provider: ProviderUnderTest, reads: Iterable<Uint8Array>): Response {
  return new Response(new ScriptedBody(reads).stream, { headers: { 'content-type': contentTypeOf(provider) } })
}

/** The stream that a scenario's question gets when the body has these reads. */
export function streamOver(
  provider: ProviderUnderTest,
  reads: Iterable<Uint8Array>,
  scenario: Pick<Scenario, 'prompt' | 'options'> = {},
  options: CallOptions<ProviderTypes> = {},
): StreamOf<ProviderTypes> {
  const { fetch } = scriptedFetch(() => streamResponse(provider, reads))
  const { prompt = 'Hi' } = scenario
  return modelFor(provider, { fetch }).stream(prompt, { ...scenario.options, ...options })
}

/** Both ways to ask, each to be begun when its turn comes. */
export function bothWays(
  model: Model,
  options?: CallOptions<ProviderTypes>,
): readonly (readonly [what: string, ask: () => Promise<unknown>])[] {
  return [
    ['the stream', () => model.stream('Hi', options).response()],
    ['the call', () => model.call('Hi', options)],
  ]
}

/** A promise that is looked at later: should it reject before that, it is no accident. */
export function begun<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {})
  return promise
}
