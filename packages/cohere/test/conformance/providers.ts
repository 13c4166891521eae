import type { ProviderUnderTest } from '@interlingua/conformance'
import { transports } from '../transport.ts'
import { cohereV1 } from './v1.ts'
import { cohereV2 } from './v2.ts'

const model = 'command-a-03-2025'

/** Cohere's chat over every way to Cohere; all scenarios over one. */
export const v2Providers: readonly ProviderUnderTest[] = transports
  .map(({ transport, createCohere }) =>
    cohereV2(`Cohere v2 over the ${transport} transport`, (settings) => createCohere(settings)(model)),
  )
  .map(overWay)

/** The same for its first version. */
export const v1Providers: readonly ProviderUnderTest[] = transports
  .map(({ transport, createCohereV1 }) =>
    cohereV1(`Cohere v1 over the ${transport} transport`, (settings) => createCohereV1(settings)(model)),
  )
  .map(overWay)

/** A way carries bytes: what they mean is decided above it, so that one scenario of each kind of ending is enough. */
function overWay(provider: ProviderUnderTest, way: number): ProviderUnderTest {
  if (way === 0) return provider
  const kinds = new Set(['text with citations', 'a plan and two tools', 'a failure inside the answer'])
  return { ...provider, scenarios: provider.scenarios.filter(({ name }) => kinds.has(name)) }
}
