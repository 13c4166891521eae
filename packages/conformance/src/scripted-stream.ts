import type { Framing } from '@interlingua/core'
import { writeEvents } from './framing-variant.ts'
import type { ProviderUnderTest } from './provider-under-test.ts'
import type { Scenario } from './scenario.ts'
import type { ScriptedEvent } from './scripted-event.ts'

const encoder = new TextEncoder()

export function framingOf({ framing = 'server-sent-events' }: ProviderUnderTest): Framing {
  return framing
}

export function contentTypeOf(provider: ProviderUnderTest): string {
  const usual = framingOf(provider) === 'lines' ? 'application/x-ndjson' : 'text/event-stream'
  return provider.contentType ?? usual
}

/** The bytes of a scenario's stream: a recorded one as it is. */
export function bytesOf(provider: ProviderUnderTest, { stream }: Scenario): Uint8Array {
  return stream instanceof Uint8Array ? stream : encodeEvents(provider, stream)
}

export function encodeEvents(provider: ProviderUnderTest, events: Iterable<ScriptedEvent>): Uint8Array {
  return encoder.encode(writeEvents(framingOf(provider), events))
}

/** The events of a scenario's stream. Those of a recorded one are found by the plainest means. */
export function eventsOf(provider: ProviderUnderTest, { stream }: Scenario): readonly ScriptedEvent[] {
  if (!(stream instanceof Uint8Array)) return stream
  const text = new TextDecoder().decode(stream).replaceAll(/\r\n?/g, '\n')
  const blocks = text.split(framingOf(provider) === 'lines' ? '\n' : '\n\n').filter((block) => block.trim() !== '')
  return blocks.flatMap((block) => (framingOf(provider) === 'lines' ? [{ data: parsed(block) }] : eventIn(block)))
}

function eventIn(block: string): ScriptedEvent[] {
  const fields = block.split('\n').map((line) => /^([^:]*)(?:: ?(.*))?$/s.exec(line))
  const valuesOf = (name: string): string[] =>
    fields.filter((field) => field?.[1] === name).map((field) => field?.[2] ?? '')
  const data = valuesOf('data')
  if (data.length === 0) return []
  const event = valuesOf('event').at(-1)
  return [{ ...(event !== undefined && { event }), data: parsed(data.join('\n')) }]
}

function parsed(text: string): object | string {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : text
  } catch {
    return text
  }
}
