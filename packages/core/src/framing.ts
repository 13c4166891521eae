import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { tooLong } from './limits.ts'

/** One event of a stream: its name, where it has one, and its data. */
export type WireEvent = EventSourceMessage

/** Cuts a text that arrives in pieces into events. */
export interface Framer {
  feed(text: string): void
  /** The text has ended: what is left is an event too. */
  end(): void
}

/**
 * How a stream is cut into events: server-sent events, or one JSON text on each line.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 * @see https://github.com/ndjson/ndjson-spec
 */
export type Framing = 'server-sent-events' | 'lines'

/** Characters; no event of a model comes near it, and a server that never ends one must not fill the memory. */
const defaultLongest = 16 * 2 ** 20

/** Makes a framer. One event may be `longest` characters long. */
export function createFramer(
  framing: Framing,
  onEvent: (event: WireEvent) => void,
  longest: number = defaultLongest,
): Framer {
  return framing === 'lines' ? createLineFramer(onEvent, longest) : createEventFramer(onEvent, longest)
}

function eventTooLong(longest: number): Error {
  return tooLong('an event that the server sent', longest, 'eventCharacters')
}

function createEventFramer(onEvent: (event: WireEvent) => void, longest: number): Framer {
  const parser = createParser({
    onEvent,
    maxBufferSize: longest,
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw eventTooLong(longest)
    },
  })
  return {
    feed: (text) => parser.feed(text),
    // A server may close without the blank line that ends the last event. Two line ends complete it.
    end: () => parser.feed('\n\n'),
  }
}

function createLineFramer(onEvent: (event: WireEvent) => void, longest: number): Framer {
  // Pieces of a line that has not ended are joined once, so that a long line is not copied for each of them.
  let pieces: string[] = []
  let length = 0
  const complete = (data: string): void => {
    if (data.trim() !== '') onEvent({ data })
  }
  return {
    feed: (text) => {
      const lines = text.split('\n')
      const last = lines.pop() ?? ''
      for (const line of lines) {
        complete(pieces.length > 0 ? pieces.join('') + line : line)
        pieces = []
      }
      if (last !== '') pieces.push(last)
      length = pieces.length === 0 ? 0 : (lines.length > 0 ? 0 : length) + last.length
      if (length > longest) throw eventTooLong(longest)
    },
    end: () => {
      complete(pieces.join(''))
      pieces = []
    },
  }
}
