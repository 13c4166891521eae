import type { Framing } from '@interlingua/core'
import { dataOf, type ScriptedEvent } from './scripted-event.ts'

/** One of the ways in which the same events can be written. */
export interface FramingVariant {
  readonly name: string
  readonly write: (events: readonly ScriptedEvent[]) => string
}

/** Events as a server usually writes them. */
export function writeEvents(framing: Framing, events: Iterable<ScriptedEvent>): string {
  let text = ''
  for (const event of events) text += writeEvent(framing, event)
  return text
}

function writeEvent(framing: Framing, event: ScriptedEvent): string {
  if (framing === 'lines') return `${dataOf(event)}\n`
  return `${event.event === undefined ? '' : `event: ${event.event}\n`}data: ${dataOf(event)}\n\n`
}

/** Every way that the specification of a framing allows; the first is the usual one. */
export function framingVariants(framing: Framing): readonly FramingVariant[] {
  return framing === 'lines' ? lineVariants : eventVariants
}

/**
 * JSON holds no raw line end, so that every one of them belongs to the framing.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
const eventVariants: readonly FramingVariant[] = [
  { name: 'LF', write: usual },
  { name: 'CRLF', write: (events) => usual(events).replaceAll('\n', '\r\n') },
  { name: 'CR', write: (events) => usual(events).replaceAll('\n', '\r') },
  { name: 'byte order mark', write: (events) => `\uFEFF${usual(events)}` },
  {
    name: 'comments',
    write: (events) => `: hello\n\n:\n${events.map((event) => `: keep-alive\n${usual([event])}:\n\n`).join('')}`,
  },
  { name: 'no space after the colon', write: (events) => usual(events).replaceAll(/^(data|event): /gm, '$1:') },
  { name: 'data in several lines', write: (events) => events.map(inSeveralLines).join('') },
  { name: 'the name after the data', write: (events) => events.map(nameLast).join('') },
  {
    name: 'ids, retry times and unknown fields',
    write: (events) =>
      events.map((event, index) => `id: ${index}\nretry: 10\nunknown: field\nalone\n${usual([event])}`).join(''),
  },
  { name: 'blank lines between events', write: (events) => `\n\n${usual(events).replaceAll('\n\n', '\n\n\n\n')}` },
  { name: 'no line end after the last event', write: (events) => usual(events).trimEnd() },
  {
    name: 'CR, and no line end after the last event',
    write: (events) => usual(events).trimEnd().replaceAll('\n', '\r'),
  },
]

/** @see https://github.com/ndjson/ndjson-spec */
const lineVariants: readonly FramingVariant[] = [
  { name: 'LF', write: lines },
  { name: 'CRLF', write: (events) => lines(events).replaceAll('\n', '\r\n') },
  { name: 'byte order mark', write: (events) => `\uFEFF${lines(events)}` },
  { name: 'blank lines', write: (events) => `\n${lines(events).replaceAll('\n', '\n\n')}` },
  { name: 'blanks around the JSON', write: (events) => events.map((event) => ` \t${dataOf(event)} \n`).join('') },
  { name: 'no line end after the last event', write: (events) => lines(events).trimEnd() },
]

function usual(events: readonly ScriptedEvent[]): string {
  return writeEvents('server-sent-events', events)
}

function lines(events: readonly ScriptedEvent[]): string {
  return writeEvents('lines', events)
}

function inSeveralLines({ event, data }: ScriptedEvent): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data, undefined, 1)
  const rows = text.split('\n').map((row) => `data: ${row}\n`)
  return `${event === undefined ? '' : `event: ${event}\n`}${rows.join('')}\n`
}

function nameLast(event: ScriptedEvent): string {
  return `data: ${dataOf(event)}\n${event.event === undefined ? '' : `event: ${event.event}\n`}\n`
}
