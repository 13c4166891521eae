import type { Exceptions, ProviderUnderTest } from '@interlingua/conformance'
import { differences, differsIn, type Transport, transports } from '../transport.ts'
import { cohereV1 } from './v1.ts'
import { cohereV2 } from './v2.ts'

const model = 'command-a-03-2025'

const echoes = [
  'no-leak: a server that echoes the key',
  'no-leak: a stream that echoes the key',
  'no-leak: a page that echoes the key',
  'no-leak: a fetch that quotes the key',
] as const

/** Both of Cohere's chats, over every way to Cohere. */
export const providers: readonly ProviderUnderTest[] = transports.flatMap(
  ({ transport, createCohere, createCohereV1 }) => [
    cohereV2(
      `Cohere v2 over the ${transport} transport`,
      (settings) => createCohere(settings)(model),
      exceptionsOf(transport),
    ),
    cohereV1(
      `Cohere v1 over the ${transport} transport`,
      (settings) => createCohereV1(settings)(model),
      exceptionsOf(transport),
    ),
  ],
)

function exceptionsOf(transport: Transport['transport']): Exceptions {
  return {
    'no-hang': 'there are no deadlines yet',
    retries: 'the transport does not retry yet',
    ...(differsIn('echo', transport) && Object.fromEntries(echoes.map((law) => [law, differences.echo]))),
  }
}
