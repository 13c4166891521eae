import type { ErrorCode } from '@interlingua/core'
import type { Fault, Wire } from './fault.ts'
import { answerText } from './wire.ts'

const category = 'cuts and stalls'
const lost: readonly ErrorCode[] = ['connection', 'truncated']
const hurried = { timeout: { firstByteMs: 150, idleMs: 150 } }

/** Where a stream may break, each with how much of the text has arrived by then. */
const places: Readonly<Record<string, { readonly at: (wire: Wire) => number; readonly arrived: string }>> = {
  'before the first byte': { at: () => 0, arrived: '' },
  'after the first byte': { at: () => 1, arrived: '' },
  'inside of a character': { at: ({ middle }) => middle, arrived: 'Grüße, ' },
  'before the event that ends it': { at: ({ end }) => end, arrived: answerText },
}

const ways: Readonly<Record<string, (at: number) => object>> = {
  'ended cleanly': (at) => ({ truncateAfterBytes: at }),
  closed: (at) => ({ closeAfterBytes: at }),
  reset: (at) => ({ destroyAfterBytes: at }),
}

/** The answer breaks off, or stops coming. */
export const cutFaults: readonly Fault[] = [
  ...Object.entries(ways).flatMap(([way, script]) =>
    Object.entries(places).map(([place, { at, arrived }]): Fault => ({
      category,
      name: `${way} ${place}`,
      scripts: (wire) => ({ ...wire.stream(wire.good), ...script(at(wire)) }),
      codes: lost,
      // A reset may overtake what was on its way.
      error: ({ partial }) =>
        (way === 'reset' ? arrived.startsWith(partial?.content ?? '') : partial?.content === arrived)
          ? undefined
          : `${JSON.stringify(partial?.content)} in place of ${JSON.stringify(arrived)} in \`partial\``,
    })),
  ),
  ...Object.entries(places).map(([place, { at, arrived }]): Fault => ({
    category,
    name: `stalled ${place}`,
    scripts: (wire) => ({ ...wire.stream(wire.good), stallAfterBytes: at(wire) }),
    settings: hurried,
    codes: ['timeout'],
    error: ({ partial }) => ((partial?.content ?? '') === arrived ? undefined : 'what had arrived is not in `partial`'),
  })),
  {
    category,
    name: 'nothing but comments from the beginning',
    eventsOnly: true,
    scripts: (wire) => ({ ...wire.stream(wire.good), commentsAfterBytes: 0 }),
    settings: hurried,
    codes: ['timeout'],
  },
  {
    category,
    name: 'nothing but comments from the middle',
    eventsOnly: true,
    scripts: (wire) => ({ ...wire.stream(wire.good), commentsAfterBytes: wire.end }),
    settings: hurried,
    codes: ['timeout'],
  },
  {
    category,
    name: 'held open after the last event',
    scripts: (wire) => ({ ...wire.stream(wire.good), holdOpen: true }),
    text: answerText,
  },
  {
    category,
    name: 'a slow first byte',
    scripts: (wire) => ({ ...wire.stream(wire.good), headersAfterMs: 100 }),
    text: answerText,
  },
  {
    category,
    name: 'a first byte that is too slow',
    scripts: (wire) => ({ ...wire.stream(wire.good), headersAfterMs: 5_000 }),
    settings: hurried,
    codes: ['timeout'],
  },
  {
    category,
    name: 'one byte in every write',
    scripts: (wire) => ({ ...wire.stream(wire.good), chunking: 1 }),
    text: answerText,
  },
  {
    category,
    name: 'three bytes in every write',
    scripts: (wire) => ({ ...wire.stream(wire.good), chunking: 3 }),
    text: answerText,
  },
]
