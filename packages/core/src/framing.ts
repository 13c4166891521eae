import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { InterlinguaError } from './error.ts'

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
const longestEvent = 16 * 2 ** 20

function tooLong(): InterlinguaError {
  const message = `the server sent an event of more than ${longestEvent} characters, and it was not read on.`
  return new InterlinguaError({ code: 'protocol', message })
}

export function createFramer(framing: Framing, onEvent: (event: WireEvent) => void): Framer {
  return framing === 'lines' ? createLineFramer(onEvent) : createEventFramer(onEvent)
}

function createEventFramer(onEvent: (event: WireEvent) => void): Framer {
  const parser = createParser({
    onEvent,
    maxBufferSize: longestEvent,
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw tooLong()
    },
  })
  return {
    feed: (text) => parser.feed(text),
    // A server may close without the blank line that ends the last event. Two line ends complete it.
    end: () => parser.feed('\n\n'),
  }
}

function createLineFramer(onEvent: (event: WireEvent) => void): Framer {
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
      if (length > longestEvent) throw tooLong()
    },
    end: () => {
      complete(pieces.join(''))
      pieces = []
    },
  }
}
