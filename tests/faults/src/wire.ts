import type { ProviderUnderTest, ScriptedEvent } from '@interlingua/conformance'
import type { Wire } from './fault.ts'

/** The text of the usual answer. */
export const answerText = 'Grüße, 日本: [DONE] data: 👩‍👩‍👧 and goodbye'
const pieces = ['Grüße, ', '日本', ': [DONE] data: ', '👩‍👩‍👧', ' and ', 'goodbye']

const encoder = new TextEncoder()

export function wireOf(provider: ProviderUnderTest): Wire {
  const isLines = provider.framing === 'lines'
  const write = ({ event, data }: ScriptedEvent): string => {
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    return isLines ? `${text}\n` : `${event === undefined ? '' : `event: ${event}\n`}data: ${text}\n\n`
  }
  const bytes = (events: Iterable<ScriptedEvent>): Uint8Array => encoder.encode([...events].map(write).join(''))
  const good = bytes(provider.streamText(pieces))
  const type = provider.contentType ?? (isLines ? 'application/x-ndjson' : 'text/event-stream')
  // The bytes of a character of three.
  const middle = indexOf(good, encoder.encode('本')) + 1
  // What stands behind the last piece: it differs in nothing but the text.
  const end = indexOf(good, encoder.encode('goodbye')) + 'goodbye'.length
  return {
    provider,
    good,
    type,
    middle,
    end: good.indexOf(10, end) + (isLines ? 1 : 2),
    stream: (body) => ({ status: 200, headers: { 'content-type': type }, body }),
    text: (texts) => bytes(provider.streamText(texts)),
    tools: (...args) =>
      bytes(
        provider.streamToolCalls?.(
          args.map((each, index) => ({ id: `call_${index}`, name: 'weather', pieces: each })),
        ) ?? [],
      ),
  }
}

function indexOf(whole: Uint8Array, part: Uint8Array): number {
  return Buffer.from(whole).indexOf(part)
}
