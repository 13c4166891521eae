/** How the events of a stream are written, within what the specification of server-sent events allows. */
export interface ScriptedFraming {
  /** What ends a line; default `\n`. */
  readonly lineEnd?: '\n' | '\r\n' | '\r'
  /** Begins with a byte order mark. */
  readonly byteOrderMark?: boolean
  /** Puts comments before every event. */
  readonly comments?: boolean
  /** Writes JSON in several lines of data. */
  readonly severalDataLines?: boolean
  /** Adds `id`, `retry` and unknown fields to every event. */
  readonly otherFields?: boolean
  /** Leaves the space after a field's colon out. */
  readonly noSpaces?: boolean
  /** Ends right after the last character that is no line end. */
  readonly noLastLineEnd?: boolean
}

/**
 * What goes wrong on the way to the client. What is about sockets makes the in-process `fetch` reject, or its body fail, as
 * the platform's own does.
 */
export interface FaultScript {
  /** Breaks the connection in place of an answer: `close` ends it politely, `reset` does not. */
  readonly breakBeforeHeaders?: 'close' | 'reset'
  /** Sends these bytes in place of an HTTP response, and closes the connection. */
  readonly rawResponse?: string | Uint8Array
  /** Milliseconds before the headers are sent. */
  readonly headersAfterMs?: number
  /** Closes the connection after so many bytes of the body, without the end that HTTP asks for. */
  readonly closeAfterBytes?: number
  /** After so many bytes of the body, sends a comment every 10 milliseconds and nothing else, until the client gives up. */
  readonly commentsAfterBytes?: number
  /** Sends the whole body and then neither ends it nor closes the connection, until the client gives up. */
  readonly holdOpen?: boolean
  /** How the events of a stream are written. */
  readonly framing?: ScriptedFraming
}
