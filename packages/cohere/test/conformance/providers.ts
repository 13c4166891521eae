import type { ProviderUnderTest } from '@interlingua/conformance'
import { transports } from '../transport.ts'
import { cohereV1 } from './v1.ts'
import { cohereV2 } from './v2.ts'

const model = 'command-a-03-2025'

/** Both of Cohere's chats, over every way to Cohere. */
export const providers: readonly ProviderUnderTest[] = transports.flatMap(
  ({ transport, createCohere, createCohereV1 }) => [
    cohereV2(`Cohere v2 over the ${transport} transport`, (settings) => createCohere(settings)(model)),
    cohereV1(`Cohere v1 over the ${transport} transport`, (settings) => createCohereV1(settings)(model)),
  ],
)
