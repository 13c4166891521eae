import type { ProviderUnderTest } from '@interlingua/conformance'
import { dialects } from '@interlingua/openai/dialects'
import { transports } from '../transport.ts'
import { chatProvider } from './chat.ts'
import { chatServers } from './chat-servers.ts'
import { responsesProvider } from './responses.ts'

/** Chat completions of OpenAI over every way to it, and of servers that write them otherwise over one: a way knows no server. */
export const chatProviders: readonly ProviderUnderTest[] = transports.flatMap(({ transport, createOpenAI }, index) =>
  chatServers
    .filter(({ dialect }) => dialect === 'openai' || index === 0)
    .map((server) =>
      chatProvider(
        `${dialects[server.dialect].displayName} chat completions over the ${transport} transport`,
        server,
        (settings) => createOpenAI({ ...settings, dialect: server.dialect })(server.model),
      ),
    )
    .map((provider) => (index === 0 ? provider : overAnotherWay(provider))),
)

/** The Responses API over every way to it. */
export const responsesProviders: readonly ProviderUnderTest[] = transports
  .map(({ transport, createResponses }) =>
    responsesProvider(`OpenAI Responses over the ${transport} transport`, (settings) =>
      createResponses(settings)('gpt-5.6'),
    ),
  )
  .map((provider, index) => (index === 0 ? provider : overAnotherWay(provider)))

/** A way carries bytes: what they mean is decided above it, so that one scenario of each kind of ending is enough. */
function overAnotherWay(provider: ProviderUnderTest): ProviderUnderTest {
  const kinds = new Set(['text', 'text with citations', 'two tools', 'a failure inside the answer'])
  return { ...provider, scenarios: provider.scenarios.filter(({ name }) => kinds.has(name)) }
}
