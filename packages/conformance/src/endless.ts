import type { ProviderUnderTest } from './provider-under-test.ts'
import { encodeEvents } from './scripted-stream.ts'

/** A text without end, in large pieces: more than the buffers of any socket hold. */
export function* endlessReads(provider: ProviderUnderTest): Generator<Uint8Array> {
  for (const event of provider.streamText(endlessPieces())) yield encodeEvents(provider, [event])
}

function* endlessPieces(): Generator<string> {
  for (;;) yield ' word'.repeat(3_000)
}
