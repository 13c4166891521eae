import type { ScriptedFraming } from '@interlingua/simulator'
import type { Fault } from './fault.ts'
import { answerText } from './wire.ts'

const category = 'framing'

const framings: Readonly<Record<string, ScriptedFraming>> = {
  CRLF: { lineEnd: '\r\n' },
  CR: { lineEnd: '\r' },
  'byte order mark': { byteOrderMark: true },
  comments: { comments: true },
  'several data lines': { severalDataLines: true },
  'other fields': { otherFields: true },
  'no spaces after colons': { noSpaces: true },
  'no last line end': { noLastLineEnd: true },
  'all at once, with CRLF': {
    lineEnd: '\r\n',
    byteOrderMark: true,
    comments: true,
    severalDataLines: true,
    otherFields: true,
    noLastLineEnd: true,
  },
}

/** The same events, written in every way that the specification allows, and in some that it does not. */
export const framingFaults: readonly Fault[] = [
  ...Object.entries(framings).flatMap(([name, framing]) =>
    ([undefined, 1] as const).map((chunking): Fault => ({
      category,
      name: chunking === undefined ? name : `${name}, one byte at a time`,
      eventsOnly: true,
      scripts: ({ good, ...wire }) => ({
        ...wire.stream(new TextDecoder().decode(good)),
        framing,
        ...(chunking !== undefined && { chunking }),
      }),
      text: answerText,
    })),
  ),
  {
    category,
    name: 'an event that has a name and no data',
    eventsOnly: true,
    scripts: (wire) => wire.stream(Buffer.concat([Buffer.from('event: ping\n\nretry: 5\n\n'), wire.good])),
    text: answerText,
  },
  {
    category,
    name: 'a comment of a megabyte',
    eventsOnly: true,
    scripts: (wire) => wire.stream(Buffer.concat([Buffer.from(`: ${'x'.repeat(2 ** 20)}\n\n`), wire.good])),
    text: answerText,
  },
  {
    category,
    name: 'CRLF between lines of JSON',
    scripts: ({ good, ...wire }) => wire.stream(new TextDecoder().decode(good).replaceAll('\n', '\r\n')),
    text: answerText,
  },
  {
    category,
    name: 'an event of a megabyte',
    scripts: (wire) => wire.stream(wire.text(['x'.repeat(2 ** 20)])),
    text: 'x'.repeat(2 ** 20),
  },
  {
    category,
    name: 'an event without end',
    scripts: (wire) =>
      wire.stream(`${wire.provider.framing === 'lines' ? '{"text":"' : 'data: '}${'x'.repeat(40 * 2 ** 20)}`),
    codes: ['protocol'],
    error: ({ message }) => (message.length < 1_000 ? undefined : `a message of ${message.length} characters`),
  },
  {
    category,
    name: 'five thousand events in one go',
    scripts: (wire) => wire.stream(wire.text(Array<string>(5_000).fill('word '))),
    text: 'word '.repeat(5_000),
  },
  {
    category,
    name: 'bytes that are no UTF-8, between events',
    eventsOnly: true,
    scripts: (wire) =>
      wire.stream(Buffer.concat([Buffer.from(': '), Buffer.from([255, 254, 128]), Buffer.from('\n\n'), wire.good])),
    text: answerText,
  },
]
