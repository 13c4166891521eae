import type { ProviderUnderTest } from '@interlingua/conformance'
import { transports } from '../transport.ts'
import { cohereV1 } from './v1.ts'
import { cohereV2 } from './v2.ts'

const model = 'command-a-03-2025'

/** Both of Cohere's chats, over every way to Cohere; all scenarios over one. */
export const providers: readonly ProviderUnderTest[] = transports.flatMap(
  ({ transport, createCohere, createCohereV1 }, index) => {
    const chats = [
      cohereV2(`Cohere v2 over the ${transport} transport`, (settings) => createCohere(settings)(model)),
      cohereV1(`Cohere v1 over the ${transport} transport`, (settings) => createCohereV1(settings)(model)),
    ]
    return index === 0 ? chats : chats.map(overAnotherWay)
  },
)

/** A way carries bytes: what they mean is decided above it, so that one scenario of each kind of ending is enough. */
function overAnotherWay(provider: ProviderUnderTest): ProviderUnderTest {
  const kinds = new Set(['text with citations', 'a plan and two tools', 'a failure inside the answer'])
  return { ...provider, scenarios: provider.scenarios.filter(({ name }) => kinds.has(name)) }
}
