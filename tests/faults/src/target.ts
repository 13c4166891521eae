import type { ProviderUnderTest } from '@interlingua/conformance'
import { v1Providers, v2Providers } from '../../../packages/cohere/test/conformance/providers.ts'
import { chatProviders, responsesProviders } from '../../../packages/openai/test/conformance/providers.ts'

/** Everyone who is put through the faults: every adapter, over every transport that it has. */
export const targets: readonly ProviderUnderTest[] = [
  ...v2Providers,
  ...v1Providers,
  // The dialects differ in how they write, which is for the laws; a fault is the same for all of them.
  ...chatProviders.filter(({ name }) => name.startsWith('OpenAI ')),
  ...responsesProviders,
]
