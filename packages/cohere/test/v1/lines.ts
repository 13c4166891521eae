import { fetchOf } from '../wire-bytes.ts'

/** Events in the framing that every recorded v1 stream has. */
export function linesOf(events: readonly object[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

/** A `fetch` whose response is a v1 stream in these reads. */
export function fetchLines(reads: readonly Uint8Array[] | string): typeof globalThis.fetch {
  return fetchOf(reads, { headers: { 'content-type': 'application/stream+json' } })
}

/** A `fetch` whose response is a whole answer. */
export function fetchAnswer(answer: object): typeof globalThis.fetch {
  return fetchOf(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
}
