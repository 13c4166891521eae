/**
 * How a request ended: `completed` when everything that was to be sent was sent (a scripted cut or reset counts, since
 * it was meant), `cancelled` when the client went away or the server was closed before that.
 */
export type Ending = 'completed' | 'cancelled'

/** One request as the simulator saw it, updated while it is answered. */
export interface RequestRecord {
  /** 0 for the simulator's first request. */
  readonly index: number
  readonly method: string
  /** The path with the query, such as `/v2/chat`. */
  readonly path: string
  /** Header names in lower case; the values of credentials are replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>
  /** The parsed JSON; the text itself when it is not JSON; `undefined` when there is none. */
  readonly body: unknown
  /** The status of the answer; `undefined` until there is one. */
  readonly status: number | undefined
  /** Milliseconds since 1970. */
  readonly startedAt: number
  /** `undefined` while the request is running. */
  readonly ended: Ending | undefined
  /** Whole events of a stream that were handed to the client, `[DONE]` included; 0 for other bodies. */
  readonly eventsSent: number
  /** Bytes of the body that were handed to the client. */
  readonly bytesSent: number
  /** Resolves when the request has ended; never rejects. */
  readonly finished: Promise<Ending>
}

/** The writing side of a record; only the simulator holds it. */
export interface RecordWriter {
  readonly record: RequestRecord
  setStatus(status: number): void
  count(events: number, bytes: number): void
  /** The first call decides; later ones do nothing. */
  finish(ending: Ending): void
}

const credentials = /^(authorization|proxy-authorization|cookie|.*api-?key)$/

function redact(headers: Headers): Record<string, string> {
  const entries = [...headers].map(([name, value]): [string, string] => {
    if (!credentials.test(name)) return [name, value]
    return [name, /^bearer /i.test(value) ? 'Bearer [redacted]' : '[redacted]']
  })
  return Object.fromEntries(entries)
}

/** Opens the record of a request that just came in. */
export function openRecord(request: {
  index: number
  method: string
  path: string
  headers: Headers
  body: unknown
}): RecordWriter {
  // Promise.withResolvers is not in Node 20, which this package supports.
  let settle: ((ending: Ending) => void) | undefined
  const finished = new Promise<Ending>((resolve) => {
    settle = resolve
  })
  const record = {
    index: request.index,
    method: request.method,
    path: request.path,
    headers: redact(request.headers),
    body: request.body,
    status: undefined as number | undefined,
    startedAt: Date.now(),
    ended: undefined as Ending | undefined,
    eventsSent: 0,
    bytesSent: 0,
    finished,
  }
  return {
    record,
    setStatus: (status) => {
      record.status = status
    },
    count: (events, bytes) => {
      record.eventsSent += events
      record.bytesSent += bytes
    },
    finish: (ending) => {
      if (record.ended) return
      record.ended = ending
      settle?.(ending)
    },
  }
}
