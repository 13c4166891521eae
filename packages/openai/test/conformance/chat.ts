import type { ConnectionSettings, ProviderUnderTest, ScriptedToolCall } from '@interlingua/conformance'
import type { Model } from '@interlingua/core'
import { recordings } from '../recording.ts'
import { type ChatServer, streamCalls, streamOf } from './chat-server.ts'
import { chatFailures } from './failures.ts'
import { scenariosOf } from './scenarios.ts'

/** A server of chat completions, reached in one way or another, with a stream that was recorded of it. */
export function chatProvider(
  name: string,
  server: ChatServer,
  createModel: (settings: ConnectionSettings) => Model,
): ProviderUnderTest {
  const recorded = recordings('sse')
    .filter((each) => each.server === server.dialect && each.status === 200 && each.body.length < 2_500)
    .slice(0, 1)
  return {
    name,
    createModel,
    scenarios: [
      ...scenariosOf(server),
      ...recorded.map((each) => ({ name: `recorded: ${each.name}`, stream: each.body, expected: {} })),
    ],
    failures: chatFailures,
    ...(server.exceptions && { exceptions: server.exceptions }),
    streamText: (pieces) => streamOf(server, contentOf(pieces), 'stop'),
    ...(server.calls && { streamToolCalls: (calls: readonly ScriptedToolCall[]) => streamCalls(server, calls) }),
  }
}

function* contentOf(pieces: Iterable<string>): Generator<object> {
  for (const content of pieces) yield { content }
}
