import type { ProviderUnderTest } from '@interlingua/conformance'
import { recordings as cohere } from '../../../packages/cohere/test/recording.ts'
import { recordings as chat } from '../../../packages/openai/test/recording.ts'
import { recordings as responses } from '../../../packages/openai/test/responses/recording.ts'

const encoder = new TextEncoder()

/** The recorded streams of what a target speaks; empty where there are no recordings. */
export function recordedStreams({ name, framing }: ProviderUnderTest): readonly Uint8Array[] {
  if (name.startsWith('OpenAI Responses')) return responses('sse').map(([, { text }]) => encoder.encode(text))
  // Those of other servers too: they are read by the same code.
  if (name.startsWith('OpenAI chat')) return chat('sse').map(({ body }) => body)
  return framing === 'lines' ? bodies('api.cohere.com/v1/chat', 'ndjson') : bodies('api.cohere.com/v2/chat', 'sse')
}

function bodies(url: string, kind: 'ndjson' | 'sse'): readonly Uint8Array[] {
  return cohere(url, kind).map(({ body }) => body)
}
